// Creates nodes of type Service that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Service:Component {type: 'Service', changeId: $changeId, id: row[0], digest: row[1], category: row[2], layer: row[3], offer: row[4], price: row[5], currency: row[6], setupDays: row[7], detectDays: row[8], brandDependent: row[9], lifecycle: row[10], reach: row[11], reachReason: row[12], name: row[13], aliases: row[14], aliasUses: row[15], description: row[16], validFrom: row[17], validTo: row[18], created: row[19], modified: row[20], revoked: row[21], deprecated: row[22], stub: row[23], inferred: row[24], stixType: row[25], sourceIds: row[26], markings: row[27], sharedWith: row[28], standsFor: row[29], restated: row[30], createdByRef: row[31], labels: row[32], externalIds: row[33], externalReferences: row[34], customProperties: row[35]})
RETURN count(n) AS created
