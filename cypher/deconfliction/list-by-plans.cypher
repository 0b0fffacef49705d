// Lists the deconfliction queries that met some plans, newest first.
// @mode read
// @param planIds: readonly string[]
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
WHERE any(planId IN q.planIds WHERE planId IN $planIds)
RETURN q.id AS id, q.at AS at, q.actor AS actor, q.caseReference AS caseReference, q.contact AS contact, q.componentIds AS componentIds, q.addresses AS addresses, q.planIds AS planIds
ORDER BY at DESC, id
LIMIT $limit
