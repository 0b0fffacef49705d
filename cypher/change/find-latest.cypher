// Finds the number of the latest change.
// @mode read
// @return seq: number
MATCH (c:Counter {name: 'change'}) RETURN c.seq AS seq
