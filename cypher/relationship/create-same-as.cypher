// Creates relationships of type SAME_AS that are not there yet, between ends that are. A row is a list, as for nodes.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
MATCH (a:Entity {id: row[1]})
MATCH (b:Entity {id: row[2]})
CREATE (a)-[r:SAME_AS {changeId: $changeId, id: row[0], digest: row[3], judgement: row[4], judgedBy: row[5], judgedAt: row[6], reason: row[7], stixType: row[8], description: row[9], validFrom: row[10], validTo: row[11], firstSeen: row[12], lastSeen: row[13], created: row[14], modified: row[15], revoked: row[16], deprecated: row[17], inferred: row[18], sourceIds: row[19], markings: row[20], sharedWith: row[21], standsFor: row[22], restated: row[23], createdByRef: row[24], externalReferences: row[25], customProperties: row[26]}]->(b)
RETURN count(r) AS created
