// Loads what every claim says of who may see it.
// @mode read
// @return id: string
// @return factId: string
// @return reportId: string
// @return about: readonly string[] | null
// @return values: string | null
// @return markings: readonly string[] | null
// @return sharedWith: readonly string[] | null
MATCH (c:Claim)
RETURN c.id AS id, c.factId AS factId, c.reportId AS reportId, c.about AS about, c.values AS values, c.markings AS markings, c.sharedWith AS sharedWith
