// Creates nodes of type Thing that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Thing {type: 'Thing', changeId: $changeId, id: row[0], digest: row[1], name: $texts[row[2]], aliases: row[3], aliasUses: row[4], description: $texts[row[5]], validFrom: $texts[row[6]], validTo: $texts[row[7]], created: $texts[row[8]], modified: $texts[row[9]], revoked: row[10], deprecated: row[11], stub: row[12], inferred: row[13], stixType: $texts[row[14]], sourceIds: row[15], markings: row[16], sharedWith: row[17], standsFor: $texts[row[18]], restated: row[19], createdByRef: $texts[row[20]], labels: row[21], externalIds: row[22], externalReferences: row[23], customProperties: row[24]})
RETURN count(n) AS created
