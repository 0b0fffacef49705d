// Records who asked whether others plan against the same targets, for which case, and whose plans it met.
// @mode write
// @param id: string
// @param at: string
// @param actor: string
// @param caseReference: string
// @param contact: string | null
// @param componentIds: readonly string[]
// @param addresses: readonly string[]
// @param planIds: readonly string[]
// @return id: string
CREATE (q:DeconflictionQuery {id: $id, at: $at, actor: $actor, caseReference: $caseReference, contact: $contact, componentIds: $componentIds, addresses: $addresses, planIds: $planIds})
RETURN q.id AS id
