// Lists what tells the Hold records apart.
// @mode read
// @return key: string
// Generated from the schema migrations by scripts/gen-cypher.mjs.
MATCH (n:Hold) RETURN n.id AS key
