// Loads every relationship of type ACCOUNT_AT with the columns of the projection.
// @mode read
// @return id: string
// @return from: string
// @return to: string
// @return changeId: string
// @return stixType: string | null
// @return validFrom: string | null
// @return validTo: string | null
// @return firstSeen: string | null
// @return lastSeen: string | null
// @return created: string | null
// @return modified: string | null
// @return revoked: boolean | null
// @return deprecated: boolean | null
// @return inferred: boolean | null
// @return markings: readonly string[] | null
// @return sharedWith: readonly string[] | null
// @return standsFor: string | null
// @return restated: readonly string[] | null
// Generated from the ontology by scripts/gen-cypher.mjs.
MATCH (a:Entity)-[r:ACCOUNT_AT]->(b:Entity)
RETURN r.id AS id, a.id AS from, b.id AS to, r.changeId AS changeId, r.stixType AS stixType, r.validFrom AS validFrom, r.validTo AS validTo, r.firstSeen AS firstSeen, r.lastSeen AS lastSeen, r.created AS created, r.modified AS modified, r.revoked AS revoked, r.deprecated AS deprecated, r.inferred AS inferred, r.markings AS markings, r.sharedWith AS sharedWith, r.standsFor AS standsFor, r.restated AS restated
