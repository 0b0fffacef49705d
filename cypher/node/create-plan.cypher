// Creates nodes of type Plan that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Plan {type: 'Plan', changeId: $changeId, id: row[0], digest: row[1], planStatus: $texts[row[2]], objective: $texts[row[3]], caseReference: $texts[row[4]], proposedBy: $texts[row[5]], writtenBy: row[6], approvedBy: $texts[row[7]], approvedDigest: $texts[row[8]], statusSince: $texts[row[9]], statusReason: $texts[row[10]], request: row[11], scenario: row[12], prediction: row[13], graphVersion: row[14], predictedAt: $texts[row[15]], horizonDays: row[16], predictedLoss: row[17], predictedLowLoss: row[18], predictedHighLoss: row[19], bound: row[20], gap: row[21], name: $texts[row[22]], aliases: row[23], aliasUses: row[24], description: $texts[row[25]], validFrom: $texts[row[26]], validTo: $texts[row[27]], created: $texts[row[28]], modified: $texts[row[29]], revoked: row[30], deprecated: row[31], stub: row[32], inferred: row[33], stixType: $texts[row[34]], sourceIds: row[35], markings: row[36], sharedWith: row[37], standsFor: $texts[row[38]], restated: row[39], createdByRef: $texts[row[40]], labels: row[41], externalIds: row[42], externalReferences: row[43], customProperties: row[44]})
RETURN count(n) AS created
