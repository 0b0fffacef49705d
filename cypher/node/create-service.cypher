// Creates nodes of type Service that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Service:Component {type: 'Service', changeId: $changeId, id: row[0], digest: row[1], category: $texts[row[2]], layer: $texts[row[3]], offer: $texts[row[4]], price: row[5], currency: $texts[row[6]], setupDays: row[7], detectDays: row[8], brandDependent: row[9], lifecycle: $texts[row[10]], reach: $texts[row[11]], reachReason: $texts[row[12]], name: $texts[row[13]], aliases: row[14], aliasUses: row[15], description: $texts[row[16]], validFrom: $texts[row[17]], validTo: $texts[row[18]], created: $texts[row[19]], modified: $texts[row[20]], revoked: row[21], deprecated: row[22], stub: row[23], inferred: row[24], stixType: $texts[row[25]], sourceIds: row[26], markings: row[27], sharedWith: row[28], standsFor: $texts[row[29]], restated: row[30], createdByRef: $texts[row[31]], labels: row[32], externalIds: row[33], externalReferences: row[34], customProperties: row[35]})
RETURN count(n) AS created
