// Deletes the claims of some facts.
// @mode write
// @param factIds: readonly string[]
// @return deleted: number
UNWIND $factIds AS factId
MATCH (c:Claim {factId: factId})
DELETE c
RETURN count(factId) AS deleted
