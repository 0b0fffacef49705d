// Records what the claims of a group share.
// @mode write
// @param rows: readonly Record<string, unknown>[]
// @return created: number
UNWIND $rows AS row
CREATE (g:ClaimGroup {id: row.id})
SET g = row
RETURN count(g) AS created
