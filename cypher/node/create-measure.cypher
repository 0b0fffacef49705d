// Creates nodes of type Measure that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Measure {type: 'Measure', changeId: $changeId, id: row[0], digest: row[1], measureType: $texts[row[2]], effect: $texts[row[3]], strength: row[4], holdMedianDays: row[5], holdSigma: row[6], cost: row[7], leadDays: row[8], pSuccess: row[9], exposure: row[10], collateral: row[11], legalBasis: $texts[row[12]], offences: row[13], measureStatus: $texts[row[14]], startDay: row[15], effectDay: row[16], owner: $texts[row[17]], startedAt: $texts[row[18]], endedAt: $texts[row[19]], name: $texts[row[20]], aliases: row[21], aliasUses: row[22], description: $texts[row[23]], validFrom: $texts[row[24]], validTo: $texts[row[25]], created: $texts[row[26]], modified: $texts[row[27]], revoked: row[28], deprecated: row[29], stub: row[30], inferred: row[31], stixType: $texts[row[32]], sourceIds: row[33], markings: row[34], sharedWith: row[35], standsFor: $texts[row[36]], restated: row[37], createdByRef: $texts[row[38]], labels: row[39], externalIds: row[40], externalReferences: row[41], customProperties: row[42]})
RETURN count(n) AS created
