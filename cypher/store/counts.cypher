// Counts what the store holds.
// @mode read
// @return nodes: number
// @return relationships: number
// @return claims: number
CALL { MATCH (n:Entity) RETURN count(n) AS nodes }
CALL { MATCH (:Entity)-[r]->(:Entity) RETURN count(r) AS relationships }
CALL { MATCH (c:Claim) RETURN count(c) AS single }
CALL { MATCH (c:GroupedClaim) RETURN count(c) AS grouped }
RETURN nodes AS nodes, relationships AS relationships, single + grouped AS claims
