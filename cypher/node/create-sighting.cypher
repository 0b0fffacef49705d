// Creates nodes of type Sighting that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
CREATE (n:Entity:Sighting {type: 'Sighting', changeId: $changeId, id: row[0], digest: row[1], count: row[2], whereSightedRefs: row[3], firstSeen: $texts[row[4]], lastSeen: $texts[row[5]], breakoutSeconds: row[6], breakoutTo: $texts[row[7]], name: $texts[row[8]], aliases: row[9], aliasUses: row[10], description: $texts[row[11]], validFrom: $texts[row[12]], validTo: $texts[row[13]], created: $texts[row[14]], modified: $texts[row[15]], revoked: row[16], deprecated: row[17], stub: row[18], inferred: row[19], stixType: $texts[row[20]], sourceIds: row[21], markings: row[22], sharedWith: row[23], standsFor: $texts[row[24]], restated: row[25], createdByRef: $texts[row[26]], labels: row[27], externalIds: row[28], externalReferences: row[29], customProperties: row[30]})
RETURN count(n) AS created
