// Finds the superseded states of some objects.
// @mode read
// @param objectIds: readonly string[]
// @return objectId: string
// @return changeId: string
// @return supersededBy: string
// @return type: string | null
// @return from: string | null
// @return to: string | null
// @return properties: string
UNWIND $objectIds AS objectId
MATCH (v:Version {objectId: objectId})
RETURN v.objectId AS objectId, v.changeId AS changeId, v.supersededBy AS supersededBy, v.type AS type, v.from AS from, v.to AS to, v.properties AS properties
