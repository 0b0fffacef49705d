// Records claims that are not there yet, with everything they may say.
// @mode write
// @param rows: readonly { id: string; props: Record<string, unknown> }[]
// @return created: number
UNWIND $rows AS row
CREATE (c:Claim {id: row.id})
SET c = row.props
RETURN count(c) AS created
