// Lists what one person asked since an instant, newest first.
// @mode read
// @param actor: string
// @param since: string
// @param limit: number
// @return id: string
// @return at: string
// @return actor: string
// @return caseReference: string
// @return contact: string | null
// @return componentIds: string[]
// @return addresses: string[]
// @return planIds: string[]
MATCH (q:DeconflictionQuery {actor: $actor})
WHERE q.at >= $since
RETURN q.id AS id, q.at AS at, q.actor AS actor, q.caseReference AS caseReference, q.contact AS contact, q.componentIds AS componentIds, q.addresses AS addresses, q.planIds AS planIds
ORDER BY at DESC, id
LIMIT $limit
