// Merges nodes of type Collection by id, replacing all their properties.
// @mode write
// @param rows: readonly { id: string; props: Record<string, unknown> }[]
// @return merged: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
MERGE (n:Entity {id: row.id})
SET n:Collection
SET n = row.props
RETURN count(n) AS merged
