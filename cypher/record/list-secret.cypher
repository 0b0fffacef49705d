// Lists what tells the Secret records apart.
// @mode read
// @return key: string
// Generated from the schema migrations by scripts/gen-cypher.mjs.
MATCH (n:Secret) RETURN n.name AS key
