// Appends the states that a change supersedes.
// @mode write
// @param rows: readonly { id: string; objectId: string; changeId: string; supersededBy: string; properties: string }[]
// @return created: number
UNWIND $rows AS row
CREATE (v:Version {id: row.id, objectId: row.objectId, changeId: row.changeId, supersededBy: row.supersededBy, properties: row.properties})
RETURN count(v) AS created
