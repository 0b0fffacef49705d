// Deletes claims.
// @mode write
// @param ids: readonly string[]
// @return deleted: number
UNWIND $ids AS id
MATCH (c:Claim {id: id})
DETACH DELETE c
RETURN count(id) AS deleted
