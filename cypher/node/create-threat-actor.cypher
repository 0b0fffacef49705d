// Creates nodes of type ThreatActor that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:ThreatActor:Component {type: 'ThreatActor', changeId: $changeId, id: row[0], digest: row[1], kind: $texts[row[2]], motivation: $texts[row[3]], roles: row[4], sophistication: $texts[row[5]], lifecycle: $texts[row[6]], standing: $texts[row[7]], legalBasis: $texts[row[8]], reviewAt: $texts[row[9]], setupDays: row[10], detectDays: row[11], reach: $texts[row[12]], reachReason: $texts[row[13]], name: $texts[row[14]], aliases: row[15], aliasUses: row[16], description: $texts[row[17]], validFrom: $texts[row[18]], validTo: $texts[row[19]], created: $texts[row[20]], modified: $texts[row[21]], revoked: row[22], deprecated: row[23], stub: row[24], inferred: row[25], stixType: $texts[row[26]], sourceIds: row[27], markings: row[28], sharedWith: row[29], standsFor: $texts[row[30]], restated: row[31], createdByRef: $texts[row[32]], labels: row[33], externalIds: row[34], externalReferences: row[35], customProperties: row[36]})
RETURN count(n) AS created
