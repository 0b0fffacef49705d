// Records what the owner of a plan lets the asker of a deconfliction query know.
// @mode write
// @param id: string
// @param at: string
// @param actor: string
// @param queryId: string
// @param planId: string
// @param message: string
// @param contact: string | null
// @return id: string
CREATE (n:DeconflictionNotice {id: $id, at: $at, actor: $actor, queryId: $queryId, planId: $planId, message: $message, contact: $contact})
RETURN n.id AS id
