// Creates nodes of type Jurisdiction that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Jurisdiction {type: 'Jurisdiction', changeId: $changeId, id: row[0], digest: row[1], iso3166: $texts[row[2]], region: $texts[row[3]], name: $texts[row[4]], aliases: row[5], aliasUses: row[6], description: $texts[row[7]], validFrom: $texts[row[8]], validTo: $texts[row[9]], created: $texts[row[10]], modified: $texts[row[11]], revoked: row[12], deprecated: row[13], stub: row[14], inferred: row[15], stixType: $texts[row[16]], sourceIds: row[17], markings: row[18], sharedWith: row[19], standsFor: $texts[row[20]], restated: row[21], createdByRef: $texts[row[22]], labels: row[23], externalIds: row[24], externalReferences: row[25], customProperties: row[26]})
RETURN count(n) AS created
