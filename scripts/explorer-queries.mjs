// Example queries that the explorer opens on. A test runs each of them on the curated ecosystem.
export const EXAMPLE_QUERIES = [
  `# Chokepoint Atlas: which components, if taken away, stop most?
# Run it with Ctrl-Enter. The other tabs hold further examples; the book on the left documents every field.
query WhatOperationsNeed {
  operations(first: 10, orderBy: [SEVERITY_DESC, NAME_ASC]) {
    totalCount
    nodes {
      name
      operationType
      severity
      needs {
        nodes {
          stage
          need
          mode
          satisfiedBy {
            edges {
              node { type name }
              relationship { supplierRole switchDays }
            }
          }
        }
      }
    }
  }
}
`,
  `# What stands on one kind of component, and who says so.
query HostingAndItsCustomers {
  services(where: { category: { eq: BULLETPROOF_HOSTING } }, first: 20) {
    totalCount
    nodes {
      name
      lifecycle
      underJurisdiction { nodes { iso3166 name } }
      satisfies { nodes { need neededBy { nodes { type name } } } }
      corroboration
      evidence(first: 5) {
        nodes { says confidence report { name url published } }
      }
    }
  }
}
`,
  `# Filters nest: operations of a kind that need something which only few can supply.
query RansomwareAndItsMarket {
  operations(
    where: {
      operationType: { eq: RANSOMWARE }
      needs: { some: { satisfiedBy: { some: { type: { eq: SERVICE } } } } }
    }
  ) {
    totalCount
    nodes { name active attributedTo { nodes { name } } }
  }
}
`,
];
