// Loads every claim in a group.
// @mode read
// @return factId: string
// @return mark: number
// @return groupId: string
MATCH (c:GroupedClaim)
RETURN c.factId AS factId, c.mark AS mark, c.groupId AS groupId
