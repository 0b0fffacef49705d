// Deletes groups of claims.
// @mode write
// @param ids: readonly string[]
// @return deleted: number
UNWIND $ids AS id
MATCH (g:ClaimGroup {id: id})
DELETE g
RETURN count(id) AS deleted
