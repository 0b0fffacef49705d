// Records claims of one report, all derived in one way, that are not there yet. A row is a list: values by their places.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param reportId: string
// @param derivation: string | null
// @param changeId: string
// @return created: number
UNWIND $rows AS row
CREATE (c:Claim {id: row[0], factId: row[1], reportId: $reportId, derivation: $derivation, changeId: $changeId, confidence: row[2], originKey: row[3], says: row[4], credibility: row[5], about: row[6]})
RETURN count(c) AS created
