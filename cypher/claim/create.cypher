// Records claims of one report, all derived in one way, that are not there yet.
// @mode write
// @param rows: readonly { id: string; factId: string; about?: readonly string[]; says?: string; confidence?: number; credibility?: number; originKey?: string }[]
// @param reportId: string
// @param derivation: string | null
// @param changeId: string
// @return created: number
UNWIND $rows AS row
CREATE (c:Claim {id: row.id, factId: row.factId, reportId: $reportId, derivation: $derivation, about: row.about, says: row.says, confidence: row.confidence, credibility: row.credibility, originKey: row.originKey, changeId: $changeId})
RETURN count(c) AS created
