// Finds the claims of some facts.
// @mode read
// @param factIds: readonly string[]
// @return properties: Record<string, unknown>
UNWIND $factIds AS factId
MATCH (c:Claim {factId: factId})
RETURN properties(c) AS properties
