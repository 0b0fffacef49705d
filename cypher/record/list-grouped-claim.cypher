// Lists what tells the GroupedClaim records apart.
// @mode read
// @return key: string
// Generated from the schema migrations by scripts/gen-cypher.mjs.
MATCH (n:GroupedClaim) RETURN n.factId AS key
