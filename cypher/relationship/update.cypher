// Replaces all properties of relationships of a type that are there, from the nodes that they leave; `props` are by id.
// @mode write
// @param type: string
// @param rows: readonly { from: string; to: string; props: Record<string, Record<string, unknown>> }[]
// @return id: string
UNWIND $rows AS row
MATCH (a:Entity {id: row.from})-[r]->(b)
WHERE b.id = row.to AND type(r) = $type AND row.props[r.id] IS NOT NULL
SET r = row.props[r.id]
RETURN r.id AS id
