// Appends the states that a change supersedes.
// @mode write
// @param rows: readonly { id: string; objectId: string; changeId: string; supersededBy: string; type: string; from?: string; to?: string; properties: string }[]
// @return created: number
UNWIND $rows AS row
CREATE (v:Version {id: row.id, objectId: row.objectId, changeId: row.changeId, supersededBy: row.supersededBy, type: row.type, from: row.from, to: row.to, properties: row.properties})
RETURN count(v) AS created
