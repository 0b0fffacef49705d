// Creates nodes of type Report that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Report {type: 'Report', changeId: $changeId, id: row[0], digest: row[1], published: $texts[row[2]], url: $texts[row[3]], hash: $texts[row[4]], publisher: $texts[row[5]], reliability: $texts[row[6]], objectRefs: row[7], reportTypes: row[8], name: $texts[row[9]], aliases: row[10], aliasUses: row[11], description: $texts[row[12]], validFrom: $texts[row[13]], validTo: $texts[row[14]], created: $texts[row[15]], modified: $texts[row[16]], revoked: row[17], deprecated: row[18], stub: row[19], inferred: row[20], stixType: $texts[row[21]], sourceIds: row[22], markings: row[23], sharedWith: row[24], standsFor: $texts[row[25]], restated: row[26], createdByRef: $texts[row[27]], labels: row[28], externalIds: row[29], externalReferences: row[30], customProperties: row[31]})
RETURN count(n) AS created
