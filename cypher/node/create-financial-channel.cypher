// Creates nodes of type FinancialChannel that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:FinancialChannel:Component {type: 'FinancialChannel', changeId: $changeId, id: row[0], digest: row[1], channelType: row[2], chain: row[3], addressHash: row[4], freezable: row[5], setupDays: row[6], detectDays: row[7], lifecycle: row[8], reach: row[9], reachReason: row[10], name: row[11], aliases: row[12], aliasUses: row[13], description: row[14], validFrom: row[15], validTo: row[16], created: row[17], modified: row[18], revoked: row[19], deprecated: row[20], stub: row[21], inferred: row[22], stixType: row[23], sourceIds: row[24], markings: row[25], sharedWith: row[26], standsFor: row[27], restated: row[28], createdByRef: row[29], labels: row[30], externalIds: row[31], externalReferences: row[32], customProperties: row[33]})
RETURN count(n) AS created
