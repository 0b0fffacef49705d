// Finds the same as find-states from the other end: cheap where one node has many that leave it.
// @mode read
// @param rows: readonly { id: string; from: string; to: string }[]
// @return id: string
// @return type: string
// @return digest: string
// @return modified: string | null
// @return changeId: string
UNWIND $rows AS row
MATCH (b:Entity {id: row.to})<-[r {id: row.id}]-(a:Entity {id: row.from})
RETURN r.id AS id, type(r) AS type, r.digest AS digest, r.modified AS modified, r.changeId AS changeId
