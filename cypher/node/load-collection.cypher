// Loads every node of type Collection with the columns of the projection.
// @mode read
// @return id: string
// @return changeId: string
// @return alias: string | null
// @return hops: number | null
// @return operation: string | null
// @return acceptsObjects: boolean | null
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
MATCH (n:Collection)
RETURN n.id AS id, n.changeId AS changeId, n.alias AS alias, n.hops AS hops, n.operation AS operation, n.acceptsObjects AS acceptsObjects, n.name AS name, n.validFrom AS validFrom, n.validTo AS validTo, n.created AS created, n.modified AS modified, n.revoked AS revoked, n.deprecated AS deprecated, n.stub AS stub, n.inferred AS inferred, n.stixType AS stixType, n.markings AS markings, n.sharedWith AS sharedWith
