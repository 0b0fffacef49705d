// Loads what the groups of claims say of who may see their claims.
// @mode read
// @return id: string
// @return reportId: string
// @return markings: readonly string[] | null
MATCH (g:ClaimGroup)
RETURN g.id AS id, g.reportId AS reportId, g.markings AS markings
