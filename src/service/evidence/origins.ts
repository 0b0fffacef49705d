/**
 * Independent origins of a fact. Many reports may rest on one observation; what counts is from how many places it was learnt.
 *
 * 1. A claim that was taken back counts for nothing.
 * 2. A claim whose report only repeats others on this fact adds no origin: it leads to those it repeats. Reports that repeat
 *    each other in a circle, with nothing outside, are one origin. A repeated report that makes no claim here itself is still where it came from.
 * 3. Every other claim has keys: its origin key if it has one; else the sources of its report, by id and name; else the report.
 * 4. Claims that share a key, by any chain of shared keys, are one origin.
 */
import type { ClaimValue } from '../../model/values';
import type { RecordOf } from './report-record';

export interface Origin {
  /** The least of its keys: `key:..`, `source:..` or `report:..`. */
  readonly key: string;
  /** Claims that it was learnt by, in order of id. */
  readonly claims: readonly ClaimValue[];
  /** Claims that only repeat it, in order of id. */
  readonly repeatedBy: readonly ClaimValue[];
}

export const isStanding = (claim: ClaimValue): boolean => claim.retractedAt === undefined;

/** Origins of a fact by the claims about it, in order of key. O(c²) for c claims in the worst case, of circles. */
export function originsOf(claims: readonly ClaimValue[], recordOf: RecordOf): Origin[] {
  const standing = claims.filter(isStanding);
  const roots = new RootFinder(standing);
  const groups = new KeyGroups();
  const members: { readonly keys: readonly string[]; readonly claim?: ClaimValue }[] = [];
  const repetitions: { readonly key: string; readonly claim: ClaimValue }[] = [];
  for (const claim of standing) {
    const found = roots.of(claim);
    if (found.isRoot) {
      const keys = found.circle.flatMap((each) => keysOf(each, recordOf));
      groups.join(keys);
      members.push({ keys, claim });
      continue;
    }
    for (const { claim: root, reportId } of found.leadsTo) {
      const keys = root ? keysOf(root, recordOf) : keysOfReport(reportId, recordOf);
      groups.join(keys);
      members.push({ keys });
      repetitions.push({ key: keys[0], claim });
    }
  }
  return collect(groups, members, repetitions);
}

function collect(
  groups: KeyGroups,
  members: readonly { readonly keys: readonly string[]; readonly claim?: ClaimValue }[],
  repetitions: readonly { readonly key: string; readonly claim: ClaimValue }[],
): Origin[] {
  const origins = new Map<string, { claims: Map<string, ClaimValue>; repeatedBy: Map<string, ClaimValue> }>();
  const origin = (key: string) => {
    const own = groups.least(key);
    const found = origins.get(own) ?? { claims: new Map(), repeatedBy: new Map() };
    origins.set(own, found);
    return found;
  };
  for (const { keys, claim } of members) {
    const { claims } = origin(keys[0]);
    if (claim) claims.set(claim.id, claim);
  }
  for (const { key, claim } of repetitions) origin(key).repeatedBy.set(claim.id, claim);
  const byId = (list: Map<string, ClaimValue>) => [...list.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return [...origins]
    .map(([key, { claims, repeatedBy }]) => ({ key, claims: byId(claims), repeatedBy: byId(repeatedBy) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function keysOf({ originKey, reportId }: ClaimValue, recordOf: RecordOf): string[] {
  return originKey === undefined ? keysOfReport(reportId, recordOf) : [`key:${originKey}`];
}

function keysOfReport(reportId: string, recordOf: RecordOf): string[] {
  const { sources, sourceNames } = recordOf(reportId);
  if (sources.length === 0) return [`report:${reportId}`];
  return [...sources.map((id) => `source:${id}`), ...sourceNames.map((name) => `key:${name}`)];
}

interface Root {
  readonly claim?: ClaimValue;
  readonly reportId: string;
}

type Found =
  | { readonly isRoot: true; readonly circle: readonly ClaimValue[] }
  | { readonly isRoot: false; readonly leadsTo: readonly Root[] };

/** Follows claims to those that they repeat. */
class RootFinder {
  private readonly byReport = new Map<string, ClaimValue[]>();

  constructor(claims: readonly ClaimValue[]) {
    for (const claim of claims) {
      this.byReport.set(claim.reportId, [...(this.byReport.get(claim.reportId) ?? []), claim]);
    }
  }

  /** Whether a claim is an origin, alone or in a circle of repetitions that nothing leads out of; else where it leads. */
  of(claim: ClaimValue): Found {
    const { reached, outside } = this.reach(claim);
    if (reached.size === 1 && outside.length === 0) return { isRoot: true, circle: [claim] };
    const isClosed =
      outside.length === 0 && [...reached].every((each) => this.reach(each).reached.has(claim));
    if (isClosed) return { isRoot: true, circle: [...reached] };
    const leadsTo = [...reached].filter((each) => each !== claim && this.isEnd(each));
    return {
      isRoot: false,
      leadsTo: [...leadsTo.map((each) => ({ claim: each, reportId: each.reportId })), ...outside],
    };
  }

  private isEnd(claim: ClaimValue): boolean {
    const { reached, outside } = this.reach(claim);
    return outside.length === 0 && [...reached].every((each) => this.reach(each).reached.has(claim));
  }

  /** Claims that one rests on, itself among them, and repeated reports that make no claim here. */
  private reach(start: ClaimValue): {
    readonly reached: ReadonlySet<ClaimValue>;
    readonly outside: readonly Root[];
  } {
    const reached = new Set([start]);
    const outside = new Map<string, Root>();
    for (const claim of reached) {
      for (const reportId of claim.repeats ?? []) {
        if (reportId === claim.reportId) continue;
        const repeated = this.byReport.get(reportId);
        if (!repeated) outside.set(reportId, { reportId });
        for (const each of repeated ?? []) reached.add(each);
      }
    }
    return { reached, outside: [...outside.values()] };
  }
}

/** Keys that belong together, each group known by the least of them. */
class KeyGroups {
  private readonly parent = new Map<string, string>();

  join(keys: readonly string[]): void {
    for (const key of keys) {
      const [least, other] = [this.least(keys[0]), this.least(key)].sort();
      if (least !== other) this.parent.set(other, least);
    }
  }

  least(key: string): string {
    let least = key;
    for (let next = this.parent.get(least); next !== undefined; next = this.parent.get(least)) least = next;
    return least;
  }
}
