// Finds the legal holds on some objects, those that were lifted too.
// @mode read
// @param objectIds: readonly string[]
// @return properties: Record<string, unknown>
UNWIND $objectIds AS objectId
MATCH (h:Hold {objectId: objectId})
RETURN properties(h) AS properties
