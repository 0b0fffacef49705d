// Lists what owners let the askers of some deconfliction queries know, oldest first.
// @mode read
// @param queryIds: readonly string[]
// @return id: string
// @return at: string
// @return actor: string
// @return queryId: string
// @return planId: string
// @return message: string
// @return contact: string | null
UNWIND $queryIds AS wanted
MATCH (n:DeconflictionNotice {queryId: wanted})
RETURN n.id AS id, n.at AS at, n.actor AS actor, n.queryId AS queryId, n.planId AS planId, n.message AS message, n.contact AS contact
ORDER BY at, id
