// Lists who read what about persons or victims within a time, the latest first.
// @mode read
// @param from: string
// @param until: string
// @return id: string
// @return at: string
// @return viewer: string
// @return nodeIds: string[]
MATCH (a:Access)
WHERE a.at >= $from AND a.at < $until
RETURN a.id AS id, a.at AS at, a.viewer AS viewer, a.nodeIds AS nodeIds
ORDER BY at DESC, id
