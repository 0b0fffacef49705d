// Creates nodes of type Account that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Account {type: 'Account', changeId: $changeId, id: row[0], digest: row[1], handle: $texts[row[2]], name: $texts[row[3]], aliases: row[4], aliasUses: row[5], description: $texts[row[6]], validFrom: $texts[row[7]], validTo: $texts[row[8]], created: $texts[row[9]], modified: $texts[row[10]], revoked: row[11], deprecated: row[12], stub: row[13], inferred: row[14], stixType: $texts[row[15]], sourceIds: row[16], markings: row[17], sharedWith: row[18], standsFor: $texts[row[19]], restated: row[20], createdByRef: $texts[row[21]], labels: row[22], externalIds: row[23], externalReferences: row[24], customProperties: row[25]})
RETURN count(n) AS created
