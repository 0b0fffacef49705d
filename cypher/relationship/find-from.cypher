// Finds all relationships that leave some nodes: what a replica reads again after somebody's change.
// @mode read
// @param ids: readonly string[]
// @return type: string
// @return from: string
// @return to: string
// @return properties: Record<string, unknown>
UNWIND $ids AS id
MATCH (a:Entity {id: id})-[r]->(b:Entity)
RETURN type(r) AS type, a.id AS from, b.id AS to, properties(r) AS properties
