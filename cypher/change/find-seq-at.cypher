// Finds the number of the last change that was made by a moment.
// @mode read
// @param at: string
// @return seq: number | null
MATCH (c:Change)
WHERE c.at <= $at
RETURN max(c.seq) AS seq
