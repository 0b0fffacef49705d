// Creates relationships of type SAME_AS that are not there yet, between ends that are. A row is a list, as for nodes.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
MATCH (a:Entity {id: row[1]})
MATCH (b:Entity {id: row[2]})
CREATE (a)-[r:SAME_AS {changeId: $changeId, id: row[0], digest: row[3], judgement: $texts[row[4]], judgedBy: $texts[row[5]], judgedAt: $texts[row[6]], reason: $texts[row[7]], stixType: $texts[row[8]], description: $texts[row[9]], validFrom: $texts[row[10]], validTo: $texts[row[11]], firstSeen: $texts[row[12]], lastSeen: $texts[row[13]], created: $texts[row[14]], modified: $texts[row[15]], revoked: row[16], deprecated: row[17], inferred: row[18], sourceIds: row[19], markings: row[20], sharedWith: row[21], standsFor: $texts[row[22]], restated: row[23], createdByRef: $texts[row[24]], externalReferences: row[25], customProperties: row[26]}]->(b)
RETURN count(r) AS created
