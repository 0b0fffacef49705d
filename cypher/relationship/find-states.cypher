// Finds which of some relationships exist between the ends given, and in what state.
// @mode read
// @param rows: readonly { id: string; from: string; to: string }[]
// @return id: string
// @return type: string
// @return digest: string
// @return modified: string | null
// @return changeId: string
UNWIND $rows AS row
MATCH (a:Entity {id: row.from})-[r {id: row.id}]->(b:Entity {id: row.to})
RETURN r.id AS id, type(r) AS type, r.digest AS digest, r.modified AS modified, r.changeId AS changeId
