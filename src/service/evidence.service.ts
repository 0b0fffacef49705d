/** Who says what about a fact, and from how many origins it comes. */
import type { ClaimValue } from '../model/values';
import { findClaims, type StoredClaim } from '../store/claim.store';
import type { StoreEngine } from '../store/engine';
import type { KnownAt } from './known-at';
import { readClaimsAt } from './past-claims';

export class EvidenceService {
  constructor(private readonly engine: StoreEngine) {}

  /** Claims of each fact, in order of id; an empty list where nobody claims it. Those taken back are among them. */
  async find(
    factIds: readonly string[],
    { knownAtSeq }: KnownAt = {},
  ): Promise<ReadonlyMap<string, readonly StoredClaim[]>> {
    const found =
      knownAtSeq === undefined
        ? await findClaims(this.engine, factIds)
        : await readClaimsAt(this.engine, factIds, knownAtSeq);
    return new Map(factIds.map((id) => [id, found.get(id) ?? []]));
  }
}

/** Independent origins of a fact: reports that repeat one origin are one corroboration. */
export function corroborationOf(claims: readonly ClaimValue[]): number {
  return new Set(claims.map((claim) => claim.originKey ?? claim.reportId)).size;
}
