// Lists what tells the Version records apart.
// @mode read
// @return key: string
// Generated from the schema migrations by scripts/gen-cypher.mjs.
MATCH (n:Version) RETURN n.id AS key
