// Creates nodes of type Measure that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Measure {type: 'Measure', changeId: $changeId, id: row[0], digest: row[1], measureType: row[2], effect: row[3], strength: row[4], holdMedianDays: row[5], holdSigma: row[6], cost: row[7], leadDays: row[8], pSuccess: row[9], exposure: row[10], collateral: row[11], legalBasis: row[12], measureStatus: row[13], startDay: row[14], effectDay: row[15], owner: row[16], startedAt: row[17], endedAt: row[18], name: row[19], aliases: row[20], aliasUses: row[21], description: row[22], validFrom: row[23], validTo: row[24], created: row[25], modified: row[26], revoked: row[27], deprecated: row[28], stub: row[29], inferred: row[30], stixType: row[31], sourceIds: row[32], markings: row[33], sharedWith: row[34], standsFor: row[35], restated: row[36], createdByRef: row[37], labels: row[38], externalIds: row[39], externalReferences: row[40], customProperties: row[41]})
RETURN count(n) AS created
