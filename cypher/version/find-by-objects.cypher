// Finds the superseded states of some objects.
// @mode read
// @param objectIds: readonly string[]
// @return objectId: string
// @return changeId: string
// @return supersededBy: string
// @return properties: string
UNWIND $objectIds AS objectId
MATCH (v:Version {objectId: objectId})
RETURN v.objectId AS objectId, v.changeId AS changeId, v.supersededBy AS supersededBy, v.properties AS properties
