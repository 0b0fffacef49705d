// Creates relationships of type PROVIDED_BY that are not there yet, between ends that are. A row is a list, as for nodes.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
MATCH (a:Entity {id: row[1]})
MATCH (b:Entity {id: row[2]})
CREATE (a)-[r:PROVIDED_BY {changeId: $changeId, id: row[0], digest: row[3], providerRole: row[4], autonomousDays: row[5], stixType: row[6], description: row[7], validFrom: row[8], validTo: row[9], firstSeen: row[10], lastSeen: row[11], created: row[12], modified: row[13], revoked: row[14], deprecated: row[15], inferred: row[16], sourceIds: row[17], markings: row[18], sharedWith: row[19], standsFor: row[20], restated: row[21], createdByRef: row[22], externalReferences: row[23], customProperties: row[24]}]->(b)
RETURN count(r) AS created
