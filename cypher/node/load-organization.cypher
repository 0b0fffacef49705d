// Loads every node of type Organization with the columns of the projection.
// @mode read
// @return id: string
// @return changeId: string
// @return organizationRoles: readonly string[] | null
// @return identityClass: string | null
// @return complicity: string | null
// @return abuseResponsiveness: string | null
// @return pseudonymised: boolean | null
// @return medianDaysToAct: number | null
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
MATCH (n:Organization)
RETURN n.id AS id, n.changeId AS changeId, n.organizationRoles AS organizationRoles, n.identityClass AS identityClass, n.complicity AS complicity, n.abuseResponsiveness AS abuseResponsiveness, n.pseudonymised AS pseudonymised, n.medianDaysToAct AS medianDaysToAct, n.name AS name, n.validFrom AS validFrom, n.validTo AS validTo, n.created AS created, n.modified AS modified, n.revoked AS revoked, n.deprecated AS deprecated, n.stub AS stub, n.inferred AS inferred, n.stixType AS stixType, n.markings AS markings, n.sharedWith AS sharedWith, n.standsFor AS standsFor, n.restated AS restated
