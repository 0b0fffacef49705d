// Lists the schema migrations that were applied.
// @mode read
// @return name: string
MATCH (m:Migration) RETURN m.name AS name ORDER BY name
