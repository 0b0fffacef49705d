// Writes ClaimGroup records as they are given, new or in place of what is there.
// @mode write
// @param rows: readonly { key: string; props: Record<string, unknown> }[]
// @return merged: number
// Generated from the schema migrations by scripts/gen-cypher.mjs.
UNWIND $rows AS row
MERGE (n:ClaimGroup {id: row.key})
SET n = row.props
RETURN count(n) AS merged
