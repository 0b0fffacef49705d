// Replaces the same as update from the nodes that they lead to: cheap where many leave the other.
// @mode write
// @param type: string
// @param rows: readonly { from: string; to: string; props: Record<string, Record<string, unknown>> }[]
// @return id: string
UNWIND $rows AS row
MATCH (b:Entity {id: row.to})<-[r]-(a)
WHERE a.id = row.from AND type(r) = $type AND row.props[r.id] IS NOT NULL
SET r = row.props[r.id]
RETURN r.id AS id
