// Lists objects that have been in more than one state.
// @mode read
// @return objectId: string
MATCH (v:Version)
RETURN DISTINCT v.objectId AS objectId
