// Finds in what state all relationships between some pairs of nodes are: each pair is read once, however many they are.
// @mode read
// @param pairs: readonly { from: string; to: string }[]
// @return id: string
// @return type: string
// @return digest: string
// @return modified: string | null
// @return changeId: string
UNWIND $pairs AS pair
MATCH (b:Entity {id: pair.to})<-[r]-(a:Entity {id: pair.from})
RETURN r.id AS id, type(r) AS type, r.digest AS digest, r.modified AS modified, r.changeId AS changeId
