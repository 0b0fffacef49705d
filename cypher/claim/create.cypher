// Records claims that are not there yet.
// @mode write
// @param rows: readonly { props: Record<string, unknown> }[]
// @return created: number
UNWIND $rows AS row
CREATE (c:Claim)
SET c = row.props
RETURN count(c) AS created
