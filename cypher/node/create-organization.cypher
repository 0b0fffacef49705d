// Creates nodes of type Organization that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Organization {type: 'Organization', changeId: $changeId, id: row[0], digest: row[1], organizationRoles: row[2], roles: row[3], identityClass: $texts[row[4]], sectors: row[5], complicity: $texts[row[6]], abuseResponsiveness: $texts[row[7]], pseudonymised: row[8], medianDaysToAct: row[9], name: $texts[row[10]], aliases: row[11], aliasUses: row[12], description: $texts[row[13]], validFrom: $texts[row[14]], validTo: $texts[row[15]], created: $texts[row[16]], modified: $texts[row[17]], revoked: row[18], deprecated: row[19], stub: row[20], inferred: row[21], stixType: $texts[row[22]], sourceIds: row[23], markings: row[24], sharedWith: row[25], standsFor: $texts[row[26]], restated: row[27], createdByRef: $texts[row[28]], labels: row[29], externalIds: row[30], externalReferences: row[31], customProperties: row[32]})
RETURN count(n) AS created
