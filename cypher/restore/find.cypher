// Finds the mark of a restore that is not complete.
// @mode read
// @return backup: string
// @return at: string
MATCH (r:Restore {name: 'restore'})
RETURN r.backup AS backup, r.at AS at
