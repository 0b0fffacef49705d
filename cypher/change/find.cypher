// Finds changes by id: their numbers, when they were made, what kind they were, who made them, and the report of an import.
// @mode read
// @param ids: readonly string[]
// @return id: string
// @return seq: number
// @return at: string
// @return kind: string
// @return actor: string
// @return reportId: string | null
UNWIND $ids AS id
MATCH (c:Change {id: id})
RETURN c.id AS id, c.seq AS seq, c.at AS at, c.kind AS kind, c.actor AS actor, c.reportId AS reportId
