// Creates nodes of type Software that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Software {type: 'Software', changeId: $changeId, id: row[0], digest: row[1], purl: $texts[row[2]], cpe: $texts[row[3]], version: $texts[row[4]], vendor: $texts[row[5]], name: $texts[row[6]], aliases: row[7], aliasUses: row[8], description: $texts[row[9]], validFrom: $texts[row[10]], validTo: $texts[row[11]], created: $texts[row[12]], modified: $texts[row[13]], revoked: row[14], deprecated: row[15], stub: row[16], inferred: row[17], stixType: $texts[row[18]], sourceIds: row[19], markings: row[20], sharedWith: row[21], standsFor: $texts[row[22]], restated: row[23], createdByRef: $texts[row[24]], labels: row[25], externalIds: row[26], externalReferences: row[27], customProperties: row[28]})
RETURN count(n) AS created
