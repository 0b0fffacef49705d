// Places legal holds on objects, or lifts them.
// @mode write
// @param rows: readonly { id: string; props: Record<string, unknown> }[]
// @return merged: number
UNWIND $rows AS row
MERGE (h:Hold {id: row.id})
SET h = row.props
RETURN count(h) AS merged
