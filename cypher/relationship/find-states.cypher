// Finds in what state relationships between some pairs of nodes are, from the nodes that they leave: each pair is read once,
// however many there are. The far end has no label, so that no engine begins there.
// @mode read
// @param rows: readonly { from: string; to: string; ids: Record<string, true> }[]
// @return id: string
// @return type: string
// @return digest: string
// @return modified: string | null
// @return changeId: string
UNWIND $rows AS row
MATCH (a:Entity {id: row.from})-[r]->(b)
WHERE b.id = row.to AND row.ids[r.id] IS NOT NULL
RETURN r.id AS id, type(r) AS type, r.digest AS digest, r.modified AS modified, r.changeId AS changeId
