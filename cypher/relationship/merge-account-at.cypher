// Merges relationships of type ACCOUNT_AT by id between ends that are there, replacing all their properties.
// @mode write
// @param rows: readonly { id: string; from: string; to: string; props: Record<string, unknown> }[]
// @return merged: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
MATCH (a:Entity {id: row.from})
MATCH (b:Entity {id: row.to})
MERGE (a)-[r:ACCOUNT_AT {id: row.id}]->(b)
SET r = row.props
RETURN count(r) AS merged
