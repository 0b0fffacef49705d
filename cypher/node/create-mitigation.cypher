// Creates nodes of type Mitigation that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Mitigation {type: 'Mitigation', changeId: $changeId, id: row[0], digest: row[1], framework: $texts[row[2]], externalId: $texts[row[3]], domains: row[4], name: $texts[row[5]], aliases: row[6], aliasUses: row[7], description: $texts[row[8]], validFrom: $texts[row[9]], validTo: $texts[row[10]], created: $texts[row[11]], modified: $texts[row[12]], revoked: row[13], deprecated: row[14], stub: row[15], inferred: row[16], stixType: $texts[row[17]], sourceIds: row[18], markings: row[19], sharedWith: row[20], standsFor: $texts[row[21]], restated: row[22], createdByRef: $texts[row[23]], labels: row[24], externalIds: row[25], externalReferences: row[26], customProperties: row[27]})
RETURN count(n) AS created
