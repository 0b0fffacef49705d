// Deletes ClaimGroup records, with relationships that they have.
// @mode write
// @param keys: readonly string[]
// @return deleted: number
// Generated from the schema migrations by scripts/gen-cypher.mjs.
UNWIND $keys AS key
MATCH (n:ClaimGroup {id: key})
DETACH DELETE n
RETURN count(key) AS deleted
