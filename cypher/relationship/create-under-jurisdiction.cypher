// Creates relationships of type UNDER_JURISDICTION that are not there yet, between ends that are. A row is a list, as for nodes.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
MATCH (a:Entity {id: row[1]})
MATCH (b:Entity {id: row[2]})
CREATE (a)-[r:UNDER_JURISDICTION {changeId: $changeId, id: row[0], digest: row[3], basis: $texts[row[4]], stixType: $texts[row[5]], description: $texts[row[6]], validFrom: $texts[row[7]], validTo: $texts[row[8]], firstSeen: $texts[row[9]], lastSeen: $texts[row[10]], created: $texts[row[11]], modified: $texts[row[12]], revoked: row[13], deprecated: row[14], inferred: row[15], sourceIds: row[16], markings: row[17], sharedWith: row[18], standsFor: $texts[row[19]], restated: row[20], createdByRef: $texts[row[21]], externalReferences: row[22], customProperties: row[23]}]->(b)
RETURN count(r) AS created
