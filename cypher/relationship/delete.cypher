// Deletes relationships between some pairs of nodes, from the nodes that they leave.
// @mode write
// @param rows: readonly { from: string; to: string; ids: Record<string, true> }[]
// @return deleted: number
UNWIND $rows AS row
MATCH (a:Entity {id: row.from})-[r]->(b)
WHERE b.id = row.to AND row.ids[r.id] IS NOT NULL
DELETE r
RETURN count(row) AS deleted
