// Takes the lock that orders writers without taking a number; for one who was too late before.
// @mode write
// @return seq: number
MERGE (c:Counter {name: 'change'})
ON CREATE SET c.seq = 0
SET c.seq = c.seq
RETURN c.seq AS seq
