/**
 * What: groups of records that are judged to be the same, and the judgements that contradict them.
 *
 * Formula: the classes of the reflexive, symmetric, transitive closure of `same`; a pair of `apart` contradicts them when both
 * its records lie in one class.
 *
 * Preconditions: pairs of records in 0..n-1.
 * Params: n records; same - pairs judged the same; apart - pairs judged not to be.
 * Returns: `groupOf(x)` the least record of its class; `membersOf(x)` in order; `contradictions`, each with the shortest chain of
 * `same` pairs that leads from one of its records to the other (ties by record number).
 * Complexity: O(n + |same| log |same| + |apart|), and O(class) for each contradiction. Exact.
 * Reference: Tarjan, van Leeuwen, J. ACM 31(2), 1984, doi:10.1145/62.2160 (closure); breadth-first search (chains).
 * Example: `judgedGroups(3, [[0, 1], [1, 2]], [[0, 2]]).contradictions` is `[{ pair: 0, chain: [0, 1, 2] }]`.
 */
import { DisjointSet } from '../graph/disjoint-set';

export type RecordPair = readonly [number, number];

export interface Contradiction {
  /** Index of the pair in `apart`. */
  readonly pair: number;
  /** Records from one end of the pair to the other, each judged the same as the next. */
  readonly chain: readonly number[];
}

export interface JudgedGroups {
  groupOf(record: number): number;
  membersOf(record: number): readonly number[];
  readonly contradictions: readonly Contradiction[];
}

export function judgedGroups(
  count: number,
  same: readonly RecordPair[],
  apart: readonly RecordPair[],
): JudgedGroups {
  const sets = new DisjointSet(count);
  const neighbours = new Map<number, number[]>();
  const link = (from: number, to: number): void => {
    const known = neighbours.get(from);
    if (known) known.push(to);
    else neighbours.set(from, [to]);
  };
  for (const [a, b] of same) {
    if (a === b) continue;
    sets.union(a, b);
    link(a, b);
    link(b, a);
  }
  const members = new Map<number, number[]>();
  for (const record of [...neighbours.keys()].sort((a, b) => a - b)) {
    const root = sets.find(record);
    const known = members.get(root);
    if (known) known.push(record);
    else members.set(root, [record]);
  }
  const membersOf = (record: number): readonly number[] => members.get(sets.find(record)) ?? [record];
  const contradictions = apart.flatMap(([a, b], pair) =>
    sets.find(a) === sets.find(b) ? [{ pair, chain: shortestChain(neighbours, a, b) }] : [],
  );
  return { groupOf: (record) => membersOf(record)[0], membersOf, contradictions };
}

function shortestChain(
  neighbours: ReadonlyMap<number, readonly number[]>,
  from: number,
  to: number,
): number[] {
  const before = new Map<number, number>([[from, from]]);
  for (const record of before.keys()) {
    if (record === to) break;
    for (const next of [...(neighbours.get(record) ?? [])].sort((a, b) => a - b)) {
      if (!before.has(next)) before.set(next, record);
    }
  }
  const chain = [to];
  while (chain[0] !== from) chain.unshift(before.get(chain[0]) as number);
  return chain;
}
