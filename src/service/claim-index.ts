/**
 * Which claims there are, and who may see each: loaded once, then moved on by the changes. Only views in which something
 * is hidden need it, so it is not loaded before the first of them.
 */

import type { Properties } from '../model/values';
import { type ChangeValue, listChanges } from '../store/change.store';
import { findClaims, loadClaims } from '../store/claim.store';
import type { StoreEngine } from '../store/engine';

/** What a claim says of who may see it. */
export interface ClaimSharing {
  readonly id: string;
  readonly reportId: string;
  /** Properties that it speaks of; none means the fact as a whole. */
  readonly about: readonly string[];
  readonly markings: readonly string[];
  readonly sharedWith: readonly string[];
}

export type ClaimsByFact = ReadonlyMap<string, readonly ClaimSharing[]>;

const CHANGES_A_PAGE = 200;
const NONE: readonly string[] = [];

interface ClaimLike {
  readonly id: string;
  readonly factId: string;
  readonly reportId: string;
  readonly about?: readonly string[] | null;
  readonly values?: Properties | string | null;
  readonly markings?: readonly string[] | null;
  readonly sharedWith?: readonly string[] | null;
}

/** Properties that a claim speaks of: those it is about, and those it gives values of. */
function namesIn(about: readonly string[], values: ClaimLike['values']): readonly string[] {
  if (values === null || values === undefined) return about;
  const given = typeof values === 'string' ? (JSON.parse(values) as Properties) : values;
  return [...new Set([...about, ...Object.keys(given)])];
}

const sharingOf = ({ id, reportId, about, values, markings, sharedWith }: ClaimLike): ClaimSharing => ({
  id,
  reportId,
  about: namesIn(about ?? NONE, values),
  markings: markings ?? NONE,
  sharedWith: sharedWith ?? NONE,
});

const touchedBy = (change: ChangeValue): string[] => [
  ...change.nodeIds,
  ...change.relationshipIds,
  ...(change.factIds ?? []),
  ...change.deletedIds,
];

export class ClaimIndex {
  private claims = new Map<string, readonly ClaimSharing[]>();
  private seq = -1;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly engine: StoreEngine) {}

  /** Claims of every fact, at least as new as a change. The map is never changed once given. */
  at(seq: number): Promise<ClaimsByFact> {
    const next = this.turn.then(() => this.advance(seq));
    this.turn = next.catch(() => undefined);
    return next;
  }

  private async advance(seq: number): Promise<ClaimsByFact> {
    if (this.seq < 0) {
      this.claims = await this.load();
      this.seq = seq;
    }
    while (this.seq < seq) {
      const changes = await listChanges(this.engine, this.seq, CHANGES_A_PAGE);
      if (changes.length === 0) break;
      const touched = [...new Set(changes.flatMap(touchedBy))];
      const found = await findClaims(this.engine, touched);
      const claims = new Map(this.claims);
      for (const id of touched) {
        const list = found.get(id);
        if (list) claims.set(id, list.map(sharingOf));
        else claims.delete(id);
      }
      this.claims = claims;
      this.seq = changes[changes.length - 1].seq;
    }
    return this.claims;
  }

  private async load(): Promise<Map<string, readonly ClaimSharing[]>> {
    const claims = new Map<string, ClaimSharing[]>();
    for (const row of await loadClaims(this.engine)) {
      const list = claims.get(row.factId);
      if (list) list.push(sharingOf(row));
      else claims.set(row.factId, [sharingOf(row)]);
    }
    return claims;
  }
}
