// Lists facts of which some claim states values of properties.
// @mode read
// @return factId: string
MATCH (c:Claim)
WHERE c.values IS NOT NULL
RETURN DISTINCT c.factId AS factId
