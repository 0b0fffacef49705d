// Creates nodes of type MeasureProfile that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:MeasureProfile {type: 'MeasureProfile', changeId: $changeId, id: row[0], digest: row[1], measureType: $texts[row[2]], effect: $texts[row[3]], strength: row[4], holdMedianDays: row[5], holdSigma: row[6], cost: row[7], leadDays: row[8], pSuccess: row[9], exposure: row[10], collateral: row[11], legalBasis: $texts[row[12]], offences: row[13], atHome: row[14], partnerKinds: row[15], targetTypes: row[16], targetKinds: row[17], name: $texts[row[18]], aliases: row[19], aliasUses: row[20], description: $texts[row[21]], validFrom: $texts[row[22]], validTo: $texts[row[23]], created: $texts[row[24]], modified: $texts[row[25]], revoked: row[26], deprecated: row[27], stub: row[28], inferred: row[29], stixType: $texts[row[30]], sourceIds: row[31], markings: row[32], sharedWith: row[33], standsFor: $texts[row[34]], restated: row[35], createdByRef: $texts[row[36]], labels: row[37], externalIds: row[38], externalReferences: row[39], customProperties: row[40]})
RETURN count(n) AS created
