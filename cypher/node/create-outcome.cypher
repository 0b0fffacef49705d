// Creates nodes of type Outcome that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Outcome {type: 'Outcome', changeId: $changeId, id: row[0], digest: row[1], metric: $texts[row[2]], before: row[3], after: row[4], unit: $texts[row[5]], observedAt: $texts[row[6]], regeneratedAt: $texts[row[7]], downtimeLowDays: row[8], downtimeDays: row[9], downtimeHighDays: row[10], switchDays: row[11], displacedShare: row[12], series: row[13], changeShare: row[14], changeLowShare: row[15], changeHighShare: row[16], name: $texts[row[17]], aliases: row[18], aliasUses: row[19], description: $texts[row[20]], validFrom: $texts[row[21]], validTo: $texts[row[22]], created: $texts[row[23]], modified: $texts[row[24]], revoked: row[25], deprecated: row[26], stub: row[27], inferred: row[28], stixType: $texts[row[29]], sourceIds: row[30], markings: row[31], sharedWith: row[32], standsFor: $texts[row[33]], restated: row[34], createdByRef: $texts[row[35]], labels: row[36], externalIds: row[37], externalReferences: row[38], customProperties: row[39]})
RETURN count(n) AS created
