// Creates nodes of type IntrusionSet that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:IntrusionSet {type: 'IntrusionSet', changeId: $changeId, id: row[0], digest: row[1], reporter: row[2], reportedName: row[3], publishedAt: row[4], goals: row[5], primaryMotivation: row[6], resourceLevel: row[7], firstSeen: row[8], lastSeen: row[9], domains: row[10], externalId: row[11], name: row[12], aliases: row[13], aliasUses: row[14], description: row[15], validFrom: row[16], validTo: row[17], created: row[18], modified: row[19], revoked: row[20], deprecated: row[21], stub: row[22], inferred: row[23], stixType: row[24], sourceIds: row[25], markings: row[26], sharedWith: row[27], standsFor: row[28], restated: row[29], createdByRef: row[30], labels: row[31], externalIds: row[32], externalReferences: row[33], customProperties: row[34]})
RETURN count(n) AS created
