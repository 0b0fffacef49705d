// Finds the same as find from the other end: cheap where one node has many that leave it.
// @mode read
// @param rows: readonly { id: string; from: string; to: string }[]
// @return type: string
// @return from: string
// @return to: string
// @return properties: Record<string, unknown>
UNWIND $rows AS row
MATCH (b:Entity {id: row.to})<-[r {id: row.id}]-(a:Entity {id: row.from})
RETURN type(r) AS type, a.id AS from, b.id AS to, properties(r) AS properties
