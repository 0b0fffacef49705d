// Creates nodes of type FinancialChannel that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:FinancialChannel:Component {type: 'FinancialChannel', changeId: $changeId, id: row[0], digest: row[1], channelType: $texts[row[2]], chain: $texts[row[3]], addressHash: $texts[row[4]], freezable: row[5], setupDays: row[6], detectDays: row[7], lifecycle: $texts[row[8]], reach: $texts[row[9]], reachReason: $texts[row[10]], name: $texts[row[11]], aliases: row[12], aliasUses: row[13], description: $texts[row[14]], validFrom: $texts[row[15]], validTo: $texts[row[16]], created: $texts[row[17]], modified: $texts[row[18]], revoked: row[19], deprecated: row[20], stub: row[21], inferred: row[22], stixType: $texts[row[23]], sourceIds: row[24], markings: row[25], sharedWith: row[26], standsFor: $texts[row[27]], restated: row[28], createdByRef: $texts[row[29]], labels: row[30], externalIds: row[31], externalReferences: row[32], customProperties: row[33]})
RETURN count(n) AS created
