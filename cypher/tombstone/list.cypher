// Lists the tombstones of what was erased.
// @mode read
// @return id: string
// @return at: string
// @return erasedBy: string
// @return reason: string
// @return basis: string
MATCH (t:Tombstone)
RETURN t.id AS id, t.at AS at, t.erasedBy AS erasedBy, t.reason AS reason, t.basis AS basis
