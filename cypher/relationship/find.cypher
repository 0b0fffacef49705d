// Finds relationships between some pairs of nodes with all that is stored of them, from the nodes that they leave.
// @mode read
// @param rows: readonly { from: string; to: string; ids: Record<string, true> }[]
// @return type: string
// @return from: string
// @return to: string
// @return properties: Record<string, unknown>
UNWIND $rows AS row
MATCH (a:Entity {id: row.from})-[r]->(b)
WHERE b.id = row.to AND row.ids[r.id] IS NOT NULL
RETURN type(r) AS type, a.id AS from, b.id AS to, properties(r) AS properties
