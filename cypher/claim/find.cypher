// Finds claims by id with what they say.
// @mode read
// @param ids: readonly string[]
// @return properties: Record<string, unknown>
UNWIND $ids AS id
MATCH (c:Claim {id: id})
RETURN properties(c) AS properties
