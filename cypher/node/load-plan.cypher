// Loads every node of type Plan with the columns of the projection.
// @mode read
// @return id: string
// @return changeId: string
// @return planStatus: string | null
// @return objective: string | null
// @return caseReference: string | null
// @return proposedBy: string | null
// @return approvedBy: string | null
// @return approvedDigest: string | null
// @return statusSince: string | null
// @return graphVersion: number | null
// @return predictedAt: string | null
// @return horizonDays: number | null
// @return predictedLoss: number | null
// @return predictedLowLoss: number | null
// @return predictedHighLoss: number | null
// @return bound: number | null
// @return gap: number | null
// @return name: string | null
// @return validFrom: string | null
// @return validTo: string | null
// @return created: string | null
// @return modified: string | null
// @return revoked: boolean | null
// @return deprecated: boolean | null
// @return stub: boolean | null
// @return inferred: boolean | null
// @return stixType: string | null
// @return markings: readonly string[] | null
// @return sharedWith: readonly string[] | null
// Generated from the ontology by scripts/gen-cypher.mjs.
MATCH (n:Plan)
RETURN n.id AS id, n.changeId AS changeId, n.planStatus AS planStatus, n.objective AS objective, n.caseReference AS caseReference, n.proposedBy AS proposedBy, n.approvedBy AS approvedBy, n.approvedDigest AS approvedDigest, n.statusSince AS statusSince, n.graphVersion AS graphVersion, n.predictedAt AS predictedAt, n.horizonDays AS horizonDays, n.predictedLoss AS predictedLoss, n.predictedLowLoss AS predictedLowLoss, n.predictedHighLoss AS predictedHighLoss, n.bound AS bound, n.gap AS gap, n.name AS name, n.validFrom AS validFrom, n.validTo AS validTo, n.created AS created, n.modified AS modified, n.revoked AS revoked, n.deprecated AS deprecated, n.stub AS stub, n.inferred AS inferred, n.stixType AS stixType, n.markings AS markings, n.sharedWith AS sharedWith
