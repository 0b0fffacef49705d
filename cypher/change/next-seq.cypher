// Takes the next number of the one gapless sequence of changes; its lock orders writers, so it is taken last.
// @mode write
// @return seq: number
MERGE (c:Counter {name: 'change'})
ON CREATE SET c.seq = 1
ON MATCH SET c.seq = c.seq + 1
RETURN c.seq AS seq
