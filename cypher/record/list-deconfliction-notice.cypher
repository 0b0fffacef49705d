// Lists what tells the DeconflictionNotice records apart.
// @mode read
// @return key: string
// Generated from the schema migrations by scripts/gen-cypher.mjs.
MATCH (n:DeconflictionNotice) RETURN n.id AS key
