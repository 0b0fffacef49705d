// Finds the reports that changes are about, of those that are imports or undo one.
// @mode read
// @param ids: readonly string[]
// @return id: string
// @return reportId: string
UNWIND $ids AS id
MATCH (c:Change {id: id})
WHERE c.reportId IS NOT NULL
RETURN c.id AS id, c.reportId AS reportId
