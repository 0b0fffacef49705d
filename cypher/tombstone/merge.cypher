// Leaves tombstones of what was erased: no content, and an id that tells nothing without the object's own.
// @mode write
// @param rows: readonly { id: string; at: string; erasedBy: string; reason: string; basis: string }[]
// @return created: number
UNWIND $rows AS row
MERGE (t:Tombstone {id: row.id})
SET t.at = row.at, t.erasedBy = row.erasedBy, t.reason = row.reason, t.basis = row.basis
RETURN count(t) AS created
