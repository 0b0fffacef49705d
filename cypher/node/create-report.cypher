// Creates nodes of type Report that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Report {type: 'Report', changeId: $changeId, id: row[0], digest: row[1], published: row[2], url: row[3], hash: row[4], publisher: row[5], reliability: row[6], objectRefs: row[7], reportTypes: row[8], name: row[9], aliases: row[10], aliasUses: row[11], description: row[12], validFrom: row[13], validTo: row[14], created: row[15], modified: row[16], revoked: row[17], deprecated: row[18], stub: row[19], inferred: row[20], stixType: row[21], sourceIds: row[22], markings: row[23], sharedWith: row[24], standsFor: row[25], restated: row[26], createdByRef: row[27], labels: row[28], externalIds: row[29], externalReferences: row[30], customProperties: row[31]})
RETURN count(n) AS created
