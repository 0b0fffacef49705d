// Finds GroupedClaim records with all that is stored of them.
// @mode read
// @param keys: readonly { key: string; bucket: number }[]
// @return properties: Record<string, unknown>
// Generated from the schema migrations by scripts/gen-cypher.mjs.
UNWIND $keys AS key
MATCH (n:GroupedClaim {bucket: key.bucket, factId: key.key})
RETURN properties(n) AS properties
