// Deletes nodes with all their relationships.
// @mode write
// @param ids: readonly string[]
// @return deleted: number
UNWIND $ids AS id
MATCH (n:Entity {id: id})
DETACH DELETE n
RETURN count(id) AS deleted
