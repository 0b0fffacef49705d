// Creates relationships of type PROVIDED_BY that are not there yet, between ends that are. A row is a list, as for nodes.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
MATCH (a:Entity {id: row[1]})
MATCH (b:Entity {id: row[2]})
CREATE (a)-[r:PROVIDED_BY {changeId: $changeId, id: row[0], digest: row[3], providerRole: $texts[row[4]], autonomousDays: row[5], stixType: $texts[row[6]], description: $texts[row[7]], validFrom: $texts[row[8]], validTo: $texts[row[9]], firstSeen: $texts[row[10]], lastSeen: $texts[row[11]], created: $texts[row[12]], modified: $texts[row[13]], revoked: row[14], deprecated: row[15], inferred: row[16], sourceIds: row[17], markings: row[18], sharedWith: row[19], standsFor: $texts[row[20]], restated: row[21], createdByRef: $texts[row[22]], externalReferences: row[23], customProperties: row[24]}]->(b)
RETURN count(r) AS created
