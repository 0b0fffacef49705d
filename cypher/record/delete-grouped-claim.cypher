// Deletes GroupedClaim records, with relationships that they have.
// @mode write
// @param keys: readonly { key: string; bucket: number }[]
// @return deleted: number
// Generated from the schema migrations by scripts/gen-cypher.mjs.
UNWIND $keys AS key
MATCH (n:GroupedClaim {bucket: key.bucket, factId: key.key})
DETACH DELETE n
RETURN count(key) AS deleted
