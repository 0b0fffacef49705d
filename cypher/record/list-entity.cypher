// Lists what tells the Entity records apart.
// @mode read
// @return key: string
// Generated from the schema migrations by scripts/gen-cypher.mjs.
MATCH (n:Entity) RETURN n.id AS key
