// Finds deconfliction queries by id.
// @mode read
// @param ids: readonly string[]
// @return id: string
// @return at: string
// @return actor: string
// @return caseReference: string
// @return contact: string | null
// @return componentIds: string[]
// @return addresses: string[]
// @return planIds: string[]
UNWIND $ids AS wanted
MATCH (q:DeconflictionQuery {id: wanted})
RETURN q.id AS id, q.at AS at, q.actor AS actor, q.caseReference AS caseReference, q.contact AS contact, q.componentIds AS componentIds, q.addresses AS addresses, q.planIds AS planIds
