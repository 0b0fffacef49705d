// Lists what tells the Counter records apart.
// @mode read
// @return key: string
// Generated from the schema migrations by scripts/gen-cypher.mjs.
MATCH (n:Counter) RETURN n.name AS key
