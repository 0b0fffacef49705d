// Takes the next number of the one gapless sequence of changes, and a time that is never before that of the change before: clocks
// of replicas differ, the order of changes does not. Its lock orders writers, so it is taken last.
// @mode write
// @param at: string
// @return seq: number
// @return at: string
MERGE (c:Counter {name: 'change'})
ON CREATE SET c.seq = 0, c.at = ''
SET c.seq = c.seq + 1, c.at = CASE WHEN c.at > $at THEN c.at ELSE $at END
RETURN c.seq AS seq, c.at AS at
