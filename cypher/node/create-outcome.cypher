// Creates nodes of type Outcome that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Outcome {type: 'Outcome', changeId: $changeId, id: row[0], digest: row[1], metric: row[2], before: row[3], after: row[4], unit: row[5], observedAt: row[6], regeneratedAt: row[7], downtimeLowDays: row[8], downtimeDays: row[9], downtimeHighDays: row[10], series: row[11], changeShare: row[12], changeLowShare: row[13], changeHighShare: row[14], name: row[15], aliases: row[16], aliasUses: row[17], description: row[18], validFrom: row[19], validTo: row[20], created: row[21], modified: row[22], revoked: row[23], deprecated: row[24], stub: row[25], inferred: row[26], stixType: row[27], sourceIds: row[28], markings: row[29], sharedWith: row[30], standsFor: row[31], restated: row[32], createdByRef: row[33], labels: row[34], externalIds: row[35], externalReferences: row[36], customProperties: row[37]})
RETURN count(n) AS created
