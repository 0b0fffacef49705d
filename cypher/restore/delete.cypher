// Takes away the mark of a restore: it is complete.
// @mode write
// @return deleted: number
MATCH (r:Restore {name: 'restore'})
DELETE r
RETURN count(r) AS deleted
