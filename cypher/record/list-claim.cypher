// Lists what tells the Claim records apart.
// @mode read
// @return key: string
// Generated from the schema migrations by scripts/gen-cypher.mjs.
MATCH (n:Claim) RETURN n.id AS key
