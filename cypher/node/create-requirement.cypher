// Creates nodes of type Requirement that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Requirement {type: 'Requirement', changeId: $changeId, id: row[0], digest: row[1], stage: $texts[row[2]], need: $texts[row[3]], mode: $texts[row[4]], atLeast: row[5], criticality: row[6], graceDays: row[7], completeness: $texts[row[8]], name: $texts[row[9]], aliases: row[10], aliasUses: row[11], description: $texts[row[12]], validFrom: $texts[row[13]], validTo: $texts[row[14]], created: $texts[row[15]], modified: $texts[row[16]], revoked: row[17], deprecated: row[18], stub: row[19], inferred: row[20], stixType: $texts[row[21]], sourceIds: row[22], markings: row[23], sharedWith: row[24], standsFor: $texts[row[25]], restated: row[26], createdByRef: $texts[row[27]], labels: row[28], externalIds: row[29], externalReferences: row[30], customProperties: row[31]})
RETURN count(n) AS created
