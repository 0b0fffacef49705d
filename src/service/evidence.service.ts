/** Who says what about a fact, and from how many origins it comes. */
import type { ClaimValue } from '../model/values';
import { findClaims } from '../store/claim.store';
import type { StoreEngine } from '../store/engine';
import type { GraphView } from './graph-view';

export class EvidenceService {
  constructor(private readonly engine: StoreEngine) {}

  /** Claims of each fact that belong to a view, in order of id; an empty list where nobody claims it. */
  async find(
    view: GraphView,
    factIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly ClaimValue[]>> {
    const found = await findClaims(
      this.engine,
      factIds.map((id) => view.storeId(id)),
    );
    return new Map(factIds.map((id) => [id, shownClaims(view, found.get(view.storeId(id)) ?? [])]));
  }
}

/** Claims that belong to a view, in order of the ids that they bear there. */
export function shownClaims(view: GraphView, claims: readonly ClaimValue[]): readonly ClaimValue[] {
  const shown = claims.flatMap((claim) => view.shownClaim(claim) ?? []);
  return shown.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Independent origins of a fact: reports that repeat one origin are one corroboration. */
export function corroborationOf(claims: readonly ClaimValue[]): number {
  return new Set(claims.map((claim) => claim.originKey ?? claim.reportId)).size;
}
