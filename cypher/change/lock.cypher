// Takes the lock that orders writers without taking a number; for one who was too late before. The lock comes with a property of its
// own: a number that was read before the lock came would be written back over the numbers that others took meanwhile.
// @mode write
// @return seq: number
MERGE (c:Counter {name: 'change'})
ON CREATE SET c.seq = 0, c.at = ''
SET c.lock = true
WITH c
RETURN c.seq AS seq
