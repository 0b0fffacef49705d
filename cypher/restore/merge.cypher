// Marks the store as being restored from a backup.
// @mode write
// @param backup: string
// @param at: string
// @return name: string
MERGE (r:Restore {name: 'restore'})
SET r.backup = $backup, r.at = $at
RETURN r.name AS name
