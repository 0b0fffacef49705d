// Lists what tells the ClaimGroup records apart.
// @mode read
// @return key: string
// Generated from the schema migrations by scripts/gen-cypher.mjs.
MATCH (n:ClaimGroup) RETURN n.id AS key
