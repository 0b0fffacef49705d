// Replaces what claims say: the same report, read again, says it otherwise.
// @mode write
// @param rows: readonly { id: string; props: Record<string, unknown> }[]
// @return replaced: number
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
SET c = row.props
RETURN count(c) AS replaced
