// Finds the same as find-states from the nodes that they lead to: cheap where many leave the other.
// @mode read
// @param rows: readonly { from: string; to: string; ids: Record<string, true> }[]
// @return id: string
// @return type: string
// @return digest: string
// @return modified: string | null
// @return changeId: string
UNWIND $rows AS row
MATCH (b:Entity {id: row.to})<-[r]-(a)
WHERE a.id = row.from AND row.ids[r.id] IS NOT NULL
RETURN r.id AS id, type(r) AS type, r.digest AS digest, r.modified AS modified, r.changeId AS changeId
