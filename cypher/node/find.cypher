// Finds nodes by id with all that is stored of them.
// @mode read
// @param ids: readonly string[]
// @return properties: Record<string, unknown>
UNWIND $ids AS id
MATCH (n:Entity {id: id})
RETURN properties(n) AS properties
