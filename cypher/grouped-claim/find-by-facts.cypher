// Finds the claims in groups of some facts, each given with its bucket.
// @mode read
// @param facts: readonly { key: string; bucket: number }[]
// @return factId: string
// @return groupId: string
UNWIND $facts AS fact
MATCH (c:GroupedClaim {bucket: fact.bucket, factId: fact.key})
RETURN c.factId AS factId, c.groupId AS groupId
