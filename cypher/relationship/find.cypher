// Finds relationships by id and ends with all that is stored of them.
// @mode read
// @param rows: readonly { id: string; from: string; to: string }[]
// @return type: string
// @return from: string
// @return to: string
// @return properties: Record<string, unknown>
UNWIND $rows AS row
MATCH (a:Entity {id: row.from})-[r {id: row.id}]->(b:Entity {id: row.to})
RETURN type(r) AS type, a.id AS from, b.id AS to, properties(r) AS properties
