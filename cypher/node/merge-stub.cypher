// Creates nodes that something refers to and nobody has described yet; leaves described ones alone.
// @mode write
// @param rows: readonly { id: string; type: string; standsFor: string | null; changeId: string }[]
// @return id: string
UNWIND $rows AS row
MERGE (n:Entity {id: row.id})
ON CREATE SET n.type = row.type, n.stub = true, n.standsFor = row.standsFor, n.changeId = row.changeId
RETURN n.id AS id
