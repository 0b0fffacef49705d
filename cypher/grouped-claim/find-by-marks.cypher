// Finds the claims in groups that some ids may be those of.
// @mode read
// @param marks: readonly number[]
// @return factId: string
// @return groupId: string
MATCH (c:GroupedClaim)
WHERE c.mark IN $marks
RETURN c.factId AS factId, c.groupId AS groupId
