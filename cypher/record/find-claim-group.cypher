// Finds ClaimGroup records with all that is stored of them.
// @mode read
// @param keys: readonly string[]
// @return properties: Record<string, unknown>
// Generated from the schema migrations by scripts/gen-cypher.mjs.
UNWIND $keys AS key
MATCH (n:ClaimGroup {id: key})
RETURN properties(n) AS properties
