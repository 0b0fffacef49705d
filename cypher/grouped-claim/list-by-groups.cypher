// Lists the facts that the claims of some groups are about.
// @mode read
// @param groupIds: readonly string[]
// @return factId: string
// @return groupId: string
UNWIND $groupIds AS groupId
MATCH (c:GroupedClaim {groupId: groupId})
RETURN c.factId AS factId, c.groupId AS groupId
