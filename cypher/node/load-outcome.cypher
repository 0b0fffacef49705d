// Loads every node of type Outcome with the columns of the projection.
// @mode read
// @return id: string
// @return changeId: string
// @return metric: string | null
// @return before: number | null
// @return after: number | null
// @return unit: string | null
// @return observedAt: string | null
// @return regeneratedAt: string | null
// @return downtimeLowDays: number | null
// @return downtimeDays: number | null
// @return downtimeHighDays: number | null
// @return switchDays: number | null
// @return displacedShare: number | null
// @return changeShare: number | null
// @return changeLowShare: number | null
// @return changeHighShare: number | null
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
// @return standsFor: string | null
// @return restated: readonly string[] | null
// Generated from the ontology by scripts/gen-cypher.mjs.
MATCH (n:Outcome)
RETURN n.id AS id, n.changeId AS changeId, n.metric AS metric, n.before AS before, n.after AS after, n.unit AS unit, n.observedAt AS observedAt, n.regeneratedAt AS regeneratedAt, n.downtimeLowDays AS downtimeLowDays, n.downtimeDays AS downtimeDays, n.downtimeHighDays AS downtimeHighDays, n.switchDays AS switchDays, n.displacedShare AS displacedShare, n.changeShare AS changeShare, n.changeLowShare AS changeLowShare, n.changeHighShare AS changeHighShare, n.name AS name, n.validFrom AS validFrom, n.validTo AS validTo, n.created AS created, n.modified AS modified, n.revoked AS revoked, n.deprecated AS deprecated, n.stub AS stub, n.inferred AS inferred, n.stixType AS stixType, n.markings AS markings, n.sharedWith AS sharedWith, n.standsFor AS standsFor, n.restated AS restated
