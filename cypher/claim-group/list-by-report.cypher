// Lists the groups of claims of a report, and how their claims came about.
// @mode read
// @param reportId: string
// @return id: string
// @return derivation: string | null
MATCH (g:ClaimGroup {reportId: $reportId})
RETURN g.id AS id, g.derivation AS derivation
