// Creates nodes of type Collection that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Collection {type: 'Collection', changeId: $changeId, id: row[0], digest: row[1], alias: $texts[row[2]], types: row[3], `where`: row[4], nodeIds: row[5], hops: row[6], operation: $texts[row[7]], acceptsObjects: row[8], withoutIds: row[9], name: $texts[row[10]], aliases: row[11], aliasUses: row[12], description: $texts[row[13]], validFrom: $texts[row[14]], validTo: $texts[row[15]], created: $texts[row[16]], modified: $texts[row[17]], revoked: row[18], deprecated: row[19], stub: row[20], inferred: row[21], stixType: $texts[row[22]], sourceIds: row[23], markings: row[24], sharedWith: row[25], standsFor: $texts[row[26]], restated: row[27], createdByRef: $texts[row[28]], labels: row[29], externalIds: row[30], externalReferences: row[31], customProperties: row[32]})
RETURN count(n) AS created
