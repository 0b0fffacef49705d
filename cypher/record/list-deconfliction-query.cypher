// Lists what tells the DeconflictionQuery records apart.
// @mode read
// @return key: string
// Generated from the schema migrations by scripts/gen-cypher.mjs.
MATCH (n:DeconflictionQuery) RETURN n.id AS key
