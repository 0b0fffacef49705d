// Finds the same as find from the nodes that they lead to: cheap where many leave the other.
// @mode read
// @param rows: readonly { from: string; to: string; ids: Record<string, true> }[]
// @return type: string
// @return from: string
// @return to: string
// @return properties: Record<string, unknown>
UNWIND $rows AS row
MATCH (b:Entity {id: row.to})<-[r]-(a)
WHERE a.id = row.from AND row.ids[r.id] IS NOT NULL
RETURN type(r) AS type, a.id AS from, b.id AS to, properties(r) AS properties
