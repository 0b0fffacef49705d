// Finds groups of claims by id with what their claims share.
// @mode read
// @param ids: readonly string[]
// @return properties: Record<string, unknown>
UNWIND $ids AS id
MATCH (g:ClaimGroup {id: id})
RETURN properties(g) AS properties
