// Appends one change: who did what, when, to which objects.
// @mode write
// @param id: string
// @param seq: number
// @param at: string
// @param kind: string
// @param actor: string
// @param nodeIds: string
// @param relationshipIds: string
// @param fromIds: string
// @param deletedIds: string
// @param factIds: string
// @param reportId: string | null
// @return seq: number
CREATE (c:Change {id: $id, seq: $seq, at: $at, kind: $kind, actor: $actor, nodeIds: $nodeIds, relationshipIds: $relationshipIds, fromIds: $fromIds, deletedIds: $deletedIds, factIds: $factIds, reportId: $reportId})
RETURN c.seq AS seq
