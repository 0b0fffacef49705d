// Creates nodes of type Intervention that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Intervention {type: 'Intervention', changeId: $changeId, id: row[0], digest: row[1], measureTypes: row[2], startedAt: $texts[row[3]], endedAt: $texts[row[4]], verdict: $texts[row[5]], lesson: $texts[row[6]], name: $texts[row[7]], aliases: row[8], aliasUses: row[9], description: $texts[row[10]], validFrom: $texts[row[11]], validTo: $texts[row[12]], created: $texts[row[13]], modified: $texts[row[14]], revoked: row[15], deprecated: row[16], stub: row[17], inferred: row[18], stixType: $texts[row[19]], sourceIds: row[20], markings: row[21], sharedWith: row[22], standsFor: $texts[row[23]], restated: row[24], createdByRef: $texts[row[25]], labels: row[26], externalIds: row[27], externalReferences: row[28], customProperties: row[29]})
RETURN count(n) AS created
