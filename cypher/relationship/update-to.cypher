// Replaces all properties of relationships that are there, found from the node that they lead to.
// @mode write
// @param rows: readonly { id: string; from: string; to: string; type: string; props: Record<string, unknown> }[]
// @return id: string
UNWIND $rows AS row
MATCH (b:Entity {id: row.to})<-[r {id: row.id}]-(a:Entity {id: row.from})
WHERE type(r) = row.type
SET r = row.props
RETURN r.id AS id
