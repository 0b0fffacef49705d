// Lists every deconfliction query after a place in the log, oldest first.
// @mode read
// @param afterAt: string
// @param afterId: string
// @param limit: number
// @return id: string
// @return at: string
// @return actor: string
// @return caseReference: string
// @return contact: string | null
// @return componentIds: string[]
// @return addresses: string[]
// @return planIds: string[]
MATCH (q:DeconflictionQuery)
WHERE q.at > $afterAt OR (q.at = $afterAt AND q.id > $afterId)
RETURN q.id AS id, q.at AS at, q.actor AS actor, q.caseReference AS caseReference, q.contact AS contact, q.componentIds AS componentIds, q.addresses AS addresses, q.planIds AS planIds
ORDER BY at, id
LIMIT $limit
