// Lists the changes after one, in order.
// @mode read
// @param seq: number
// @param limit: number
// @return id: string
// @return seq: number
// @return at: string
// @return kind: string
// @return actor: string
// @return nodeIds: string | string[]
// @return relationshipIds: string | string[]
// @return fromIds: string | string[]
// @return deletedIds: string | string[]
// @return factIds: string | string[] | null
MATCH (c:Change)
WHERE c.seq > $seq
RETURN c.id AS id, c.seq AS seq, c.at AS at, c.kind AS kind, c.actor AS actor, c.nodeIds AS nodeIds, c.relationshipIds AS relationshipIds, c.fromIds AS fromIds, c.deletedIds AS deletedIds, c.factIds AS factIds
ORDER BY seq
LIMIT $limit
