// Creates nodes of type IntrusionSet that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:IntrusionSet {type: 'IntrusionSet', changeId: $changeId, id: row[0], digest: row[1], reporter: $texts[row[2]], reportedName: $texts[row[3]], publishedAt: $texts[row[4]], goals: row[5], primaryMotivation: $texts[row[6]], resourceLevel: $texts[row[7]], firstSeen: $texts[row[8]], lastSeen: $texts[row[9]], domains: row[10], externalId: $texts[row[11]], name: $texts[row[12]], aliases: row[13], aliasUses: row[14], description: $texts[row[15]], validFrom: $texts[row[16]], validTo: $texts[row[17]], created: $texts[row[18]], modified: $texts[row[19]], revoked: row[20], deprecated: row[21], stub: row[22], inferred: row[23], stixType: $texts[row[24]], sourceIds: row[25], markings: row[26], sharedWith: row[27], standsFor: $texts[row[28]], restated: row[29], createdByRef: $texts[row[30]], labels: row[31], externalIds: row[32], externalReferences: row[33], customProperties: row[34]})
RETURN count(n) AS created
