// Creates nodes of type Operation that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Operation {type: 'Operation', changeId: $changeId, id: row[0], digest: row[1], operationType: row[2], severity: row[3], revenueLowUsd: row[4], revenueHighUsd: row[5], victimsLow: row[6], victimsHigh: row[7], ended: row[8], firstSeen: row[9], lastSeen: row[10], objective: row[11], domains: row[12], externalId: row[13], name: row[14], aliases: row[15], aliasUses: row[16], description: row[17], validFrom: row[18], validTo: row[19], created: row[20], modified: row[21], revoked: row[22], deprecated: row[23], stub: row[24], inferred: row[25], stixType: row[26], sourceIds: row[27], markings: row[28], sharedWith: row[29], standsFor: row[30], restated: row[31], createdByRef: row[32], labels: row[33], externalIds: row[34], externalReferences: row[35], customProperties: row[36]})
RETURN count(n) AS created
