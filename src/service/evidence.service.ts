/** Who says what about a fact, and from how many origins it comes. */
import { edgeCell, edgeOf, type Projection, vertexCell, vertexOf } from '../analysis';
import { type ChangeStamp, findChanges } from '../store/change.store';
import { findClaims, findClaimsById, listValuedFacts, type StoredClaim } from '../store/claim.store';
import type { StoreEngine } from '../store/engine';
import { listVersionedObjects } from '../store/version.store';
import type { KnownAt } from './known-at';
import { readClaimsAt } from './past-claims';
import { TYPE_COLUMN } from './projection-rows';

export type { StoredClaim } from '../store/claim.store';

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

  /** Claims by id; one that is not there has no entry. */
  findById(ids: readonly string[]): Promise<ReadonlyMap<string, StoredClaim>> {
    return findClaimsById(this.engine, [...new Set(ids)]);
  }

  /** Changes by id: when claims were recorded, and by whom. */
  findChanges(ids: readonly string[]): Promise<ReadonlyMap<string, ChangeStamp>> {
    return findChanges(this.engine, ids);
  }

  /** Objects of a view on which claims may disagree, in order of id: those of which a claim states values, or that changed. */
  async disputable(view: Projection, types: readonly string[] | null): Promise<string[]> {
    const ids = new Set([
      ...(await listValuedFacts(this.engine)),
      ...(await listVersionedObjects(this.engine)),
    ]);
    const typeOf = (id: string): string | undefined => {
      const vertex = vertexOf(view, id);
      if (vertex >= 0) return String(vertexCell(view, TYPE_COLUMN, vertex));
      const edge = edgeOf(view, id);
      return edge < 0 ? undefined : String(edgeCell(view, TYPE_COLUMN, edge));
    };
    const isWanted = (id: string): boolean => {
      const type = typeOf(id);
      return type !== undefined && (types === null || types.includes(type));
    };
    return [...ids].filter(isWanted).sort();
  }
}
