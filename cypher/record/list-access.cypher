// Lists what tells the Access records apart.
// @mode read
// @return key: string
// Generated from the schema migrations by scripts/gen-cypher.mjs.
MATCH (n:Access) RETURN n.id AS key
