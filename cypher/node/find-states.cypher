// Finds which of some nodes exist, and in what state, so that a write can tell new, changed and unchanged apart.
// @mode read
// @param ids: readonly string[]
// @return id: string
// @return type: string
// @return digest: string | null
// @return modified: string | null
// @return changeId: string
UNWIND $ids AS id
MATCH (n:Entity {id: id})
RETURN n.id AS id, n.type AS type, n.digest AS digest, n.modified AS modified, n.changeId AS changeId
