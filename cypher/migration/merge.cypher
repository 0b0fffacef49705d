// Records that a schema migration was applied.
// @mode write
// @param name: string
// @param at: string
// @return name: string
MERGE (m:Migration {name: $name}) SET m.at = $at RETURN m.name AS name
