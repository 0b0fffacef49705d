// Lists the changes that an import of a report made.
// @mode read
// @param reportId: string
// @return id: string
// @return seq: number
MATCH (c:Change {reportId: $reportId})
RETURN c.id AS id, c.seq AS seq
ORDER BY seq
