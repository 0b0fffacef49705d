// Creates nodes of type LegalInstrument that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:LegalInstrument {type: 'LegalInstrument', changeId: $changeId, id: row[0], digest: row[1], instrumentKind: row[2], issuer: row[3], legalScope: row[4], expiresAt: row[5], url: row[6], name: row[7], aliases: row[8], aliasUses: row[9], description: row[10], validFrom: row[11], validTo: row[12], created: row[13], modified: row[14], revoked: row[15], deprecated: row[16], stub: row[17], inferred: row[18], stixType: row[19], sourceIds: row[20], markings: row[21], sharedWith: row[22], standsFor: row[23], restated: row[24], createdByRef: row[25], labels: row[26], externalIds: row[27], externalReferences: row[28], customProperties: row[29]})
RETURN count(n) AS created
