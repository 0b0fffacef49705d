// Records who read what about persons or victims, and when.
// @mode write
// @param id: string
// @param at: string
// @param viewer: string
// @param nodeIds: readonly string[]
// @return id: string
CREATE (a:Access {id: $id, at: $at, viewer: $viewer, nodeIds: $nodeIds})
RETURN a.id AS id
