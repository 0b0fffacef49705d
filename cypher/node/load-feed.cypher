// Loads every node of type Feed with the columns of the projection.
// @mode read
// @return id: string
// @return changeId: string
// @return collectionId: string | null
// @return addedAfter: string | null
// @return name: string | null
// @return validFrom: string | null
// @return validTo: string | null
// @return created: string | null
// @return modified: string | null
// @return revoked: boolean | null
// @return deprecated: boolean | null
// @return stub: boolean | null
// @return inferred: boolean | null
// @return stixType: string | null
// @return markings: readonly string[] | null
// @return sharedWith: readonly string[] | null
// Generated from the ontology by scripts/gen-cypher.mjs.
MATCH (n:Feed)
RETURN n.id AS id, n.changeId AS changeId, n.collectionId AS collectionId, n.addedAfter AS addedAfter, n.name AS name, n.validFrom AS validFrom, n.validTo AS validTo, n.created AS created, n.modified AS modified, n.revoked AS revoked, n.deprecated AS deprecated, n.stub AS stub, n.inferred AS inferred, n.stixType AS stixType, n.markings AS markings, n.sharedWith AS sharedWith
