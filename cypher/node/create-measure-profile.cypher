// Creates nodes of type MeasureProfile that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:MeasureProfile {type: 'MeasureProfile', changeId: $changeId, id: row[0], digest: row[1], measureType: row[2], effect: row[3], strength: row[4], holdMedianDays: row[5], holdSigma: row[6], cost: row[7], leadDays: row[8], pSuccess: row[9], exposure: row[10], collateral: row[11], legalBasis: row[12], atHome: row[13], partnerKinds: row[14], targetTypes: row[15], targetKinds: row[16], name: row[17], aliases: row[18], aliasUses: row[19], description: row[20], validFrom: row[21], validTo: row[22], created: row[23], modified: row[24], revoked: row[25], deprecated: row[26], stub: row[27], inferred: row[28], stixType: row[29], sourceIds: row[30], markings: row[31], sharedWith: row[32], standsFor: row[33], restated: row[34], createdByRef: row[35], labels: row[36], externalIds: row[37], externalReferences: row[38], customProperties: row[39]})
RETURN count(n) AS created
