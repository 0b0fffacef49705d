// Finds which of some claims exist, and in what state.
// @mode read
// @param ids: readonly string[]
// @return id: string
// @return digest: string
UNWIND $ids AS id
MATCH (c:Claim {id: id})
RETURN c.id AS id, c.digest AS digest
