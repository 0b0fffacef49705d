// Lists what tells the Tombstone records apart.
// @mode read
// @return key: string
// Generated from the schema migrations by scripts/gen-cypher.mjs.
MATCH (n:Tombstone) RETURN n.id AS key
