// Lists what a report claims, and how each claim came about.
// @mode read
// @param reportId: string
// @return factId: string
// @return derivation: string | null
MATCH (c:Claim {reportId: $reportId})
RETURN c.factId AS factId, c.derivation AS derivation
