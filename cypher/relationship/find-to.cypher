// Finds all relationships that enter some nodes.
// @mode read
// @param ids: readonly string[]
// @return type: string
// @return from: string
// @return to: string
// @return properties: Record<string, unknown>
UNWIND $ids AS id
MATCH (a:Entity)-[r]->(b:Entity {id: id})
RETURN type(r) AS type, a.id AS from, b.id AS to, properties(r) AS properties
