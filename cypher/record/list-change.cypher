// Lists what tells the Change records apart.
// @mode read
// @return key: string
// Generated from the schema migrations by scripts/gen-cypher.mjs.
MATCH (n:Change) RETURN n.id AS key
