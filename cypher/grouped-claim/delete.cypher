// Takes the claims of some facts out of their groups; each fact is given with its bucket.
// @mode write
// @param facts: readonly { key: string; bucket: number }[]
// @return deleted: number
UNWIND $facts AS fact
MATCH (c:GroupedClaim {bucket: fact.bucket, factId: fact.key})
DELETE c
RETURN count(fact) AS deleted
