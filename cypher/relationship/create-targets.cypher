// Creates relationships of type TARGETS that are not there yet, between ends that are. A row is a list, as for nodes.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
MATCH (a:Entity {id: row[1]})
MATCH (b:Entity {id: row[2]})
CREATE (a)-[r:TARGETS {changeId: $changeId, id: row[0], digest: row[3], stixType: $texts[row[4]], description: $texts[row[5]], validFrom: $texts[row[6]], validTo: $texts[row[7]], firstSeen: $texts[row[8]], lastSeen: $texts[row[9]], created: $texts[row[10]], modified: $texts[row[11]], revoked: row[12], deprecated: row[13], inferred: row[14], sourceIds: row[15], markings: row[16], sharedWith: row[17], standsFor: $texts[row[18]], restated: row[19], createdByRef: $texts[row[20]], externalReferences: row[21], customProperties: row[22]}]->(b)
RETURN count(r) AS created
