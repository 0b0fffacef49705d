// Loads every node of type Service with the columns of the projection.
// @mode read
// @return id: string
// @return changeId: string
// @return category: string | null
// @return layer: string | null
// @return offer: string | null
// @return price: number | null
// @return currency: string | null
// @return setupDays: number | null
// @return detectDays: number | null
// @return brandDependent: boolean | null
// @return lifecycle: string | null
// @return reach: string | null
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
MATCH (n:Service)
RETURN n.id AS id, n.changeId AS changeId, n.category AS category, n.layer AS layer, n.offer AS offer, n.price AS price, n.currency AS currency, n.setupDays AS setupDays, n.detectDays AS detectDays, n.brandDependent AS brandDependent, n.lifecycle AS lifecycle, n.reach AS reach, n.name AS name, n.validFrom AS validFrom, n.validTo AS validTo, n.created AS created, n.modified AS modified, n.revoked AS revoked, n.deprecated AS deprecated, n.stub AS stub, n.inferred AS inferred, n.stixType AS stixType, n.markings AS markings, n.sharedWith AS sharedWith
