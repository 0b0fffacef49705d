// Deletes the same as delete from the nodes that they lead to: cheap where many leave the other.
// @mode write
// @param rows: readonly { from: string; to: string; ids: Record<string, true> }[]
// @return deleted: number
UNWIND $rows AS row
MATCH (b:Entity {id: row.to})<-[r]-(a)
WHERE a.id = row.from AND row.ids[r.id] IS NOT NULL
DELETE r
RETURN count(row) AS deleted
