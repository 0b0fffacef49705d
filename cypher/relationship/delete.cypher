// Deletes relationships.
// @mode write
// @param rows: readonly { id: string; from: string; to: string }[]
// @return deleted: number
UNWIND $rows AS row
MATCH (a:Entity {id: row.from})-[r {id: row.id}]->(b:Entity {id: row.to})
DELETE r
RETURN count(row) AS deleted
