// Loads every node of type Measure with the columns of the projection.
// @mode read
// @return id: string
// @return changeId: string
// @return measureType: string | null
// @return effect: string | null
// @return strength: number | null
// @return holdMedianDays: number | null
// @return holdSigma: number | null
// @return cost: number | null
// @return leadDays: number | null
// @return pSuccess: number | null
// @return exposure: number | null
// @return collateral: number | null
// @return measureStatus: string | null
// @return startDay: number | null
// @return effectDay: number | null
// @return owner: string | null
// @return startedAt: string | null
// @return endedAt: string | null
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
MATCH (n:Measure)
RETURN n.id AS id, n.changeId AS changeId, n.measureType AS measureType, n.effect AS effect, n.strength AS strength, n.holdMedianDays AS holdMedianDays, n.holdSigma AS holdSigma, n.cost AS cost, n.leadDays AS leadDays, n.pSuccess AS pSuccess, n.exposure AS exposure, n.collateral AS collateral, n.measureStatus AS measureStatus, n.startDay AS startDay, n.effectDay AS effectDay, n.owner AS owner, n.startedAt AS startedAt, n.endedAt AS endedAt, n.name AS name, n.validFrom AS validFrom, n.validTo AS validTo, n.created AS created, n.modified AS modified, n.revoked AS revoked, n.deprecated AS deprecated, n.stub AS stub, n.inferred AS inferred, n.stixType AS stixType, n.markings AS markings, n.sharedWith AS sharedWith
