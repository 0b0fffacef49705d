// Writes claims in place of what they said before: the same report, read again, says it otherwise.
// @mode write
// @param rows: readonly { id: string; props: Record<string, unknown> }[]
// @return replaced: number
UNWIND $rows AS row
MERGE (c:Claim {id: row.id})
SET c = row.props
RETURN count(c) AS replaced
