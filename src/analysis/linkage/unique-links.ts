/**
 * What: which matching pairs of records may be joined without asking anybody, because nothing else could be meant.
 *
 * Formula: records belong to sides (reporters). A pair (a, b) of two sides is unique when a matches nobody of b's side but b,
 * and b nobody of a's side but a; records that are joined already count as one. Of the unique pairs, those of a component
 * are dropped together when joining them all would put two records of one side, or a pair that is judged apart, into one
 * group. So the answer does not depend on the order of the pairs.
 *
 * Preconditions: pairs of records in 0..n-1; pairs judged apart are not among the matches.
 * Params: sides - side of each record, undefined where it is not known: such a record is never joined with another of unknown
 * side; matches; joined - pairs that are joined already; apart - pairs that must not be.
 * Returns: for each match, whether it is `unique`, `ambiguous` (another record could be meant), `conflicting` (unique by itself,
 * but not together with others) or `same-side`.
 * Complexity: O((n + m) α(n) + m log m) for m pairs. Exact.
 * Reference: one-to-one matching constraints in record linkage, M. Jaro, JASA 84(406), 1989, doi:10.1080/01621459.1989.10478785.
 * Example: `uniqueLinks(['A', 'B', 'B'], [[0, 1]], [], [])` is `['unique']`; with the match `[0, 2]` too, both are `ambiguous`.
 */
import { DisjointSet } from '../graph/disjoint-set';
import type { RecordPair } from './judged-groups';

export type LinkVerdict = 'unique' | 'ambiguous' | 'conflicting' | 'same-side';

export function uniqueLinks(
  sides: readonly (string | undefined)[],
  matches: readonly RecordPair[],
  joined: readonly RecordPair[],
  apart: readonly RecordPair[],
): LinkVerdict[] {
  const base = new DisjointSet(sides.length);
  for (const [a, b] of joined) base.union(a, b);
  const sidesOf = sidesOfGroups(sides, matches, joined, base);
  const partners = partnersBySide(matches, base, sidesOf);
  const isOnly = (record: number, other: number): boolean =>
    sidesOf(other).every((side) => (partners.get(`${base.find(record)} ${side}`)?.size ?? 0) <= 1);
  const verdicts = matches.map(([a, b]): LinkVerdict => {
    if ((sides[a] ?? '') === (sides[b] ?? '')) return 'same-side';
    return isOnly(a, b) && isOnly(b, a) ? 'unique' : 'ambiguous';
  });
  const unique = matches.filter((_, index) => verdicts[index] === 'unique');
  const isSpoilt = spoiltComponents(sides, unique, joined, apart, base);
  return verdicts.map((verdict, index) =>
    verdict === 'unique' && isSpoilt(matches[index][0]) ? 'conflicting' : verdict,
  );
}

/** Sides of all records that are joined with a record. */
function sidesOfGroups(
  sides: readonly (string | undefined)[],
  matches: readonly RecordPair[],
  joined: readonly RecordPair[],
  base: DisjointSet,
): (record: number) => readonly string[] {
  const found = new Map<number, Set<string>>();
  for (const record of new Set([...matches, ...joined].flat())) {
    const known = found.get(base.find(record)) ?? new Set<string>();
    found.set(base.find(record), known.add(sides[record] ?? ''));
  }
  const lists = new Map([...found].map(([root, set]) => [root, [...set]] as const));
  return (record) => lists.get(base.find(record)) ?? [];
}

/** Records that a record matches, by the sides of their groups; those joined already count as one. */
function partnersBySide(
  matches: readonly RecordPair[],
  base: DisjointSet,
  sidesOf: (record: number) => readonly string[],
): Map<string, Set<number>> {
  const partners = new Map<string, Set<number>>();
  const note = (record: number, other: number): void => {
    for (const side of sidesOf(other)) {
      const key = `${base.find(record)} ${side}`;
      const known = partners.get(key);
      if (known) known.add(base.find(other));
      else partners.set(key, new Set([base.find(other)]));
    }
  };
  for (const [a, b] of matches) {
    note(a, b);
    note(b, a);
  }
  return partners;
}

/** Whether joining all unique pairs would put into the group of a record what does not belong together. */
function spoiltComponents(
  sides: readonly (string | undefined)[],
  unique: readonly RecordPair[],
  joined: readonly RecordPair[],
  apart: readonly RecordPair[],
  base: DisjointSet,
): (record: number) => boolean {
  const trial = new DisjointSet(sides.length);
  for (const [a, b] of joined) trial.union(a, b);
  for (const [a, b] of unique) trial.union(a, b);
  const spoilt = new Set<number>();
  for (const [a, b] of apart) if (trial.find(a) === trial.find(b)) spoilt.add(trial.find(a));
  const seen = new Map<string, number>();
  for (const record of new Set([...unique, ...joined].flat())) {
    const key = `${trial.find(record)} ${sides[record] ?? ''}`;
    const other = seen.get(key);
    if (other === undefined) seen.set(key, base.find(record));
    else if (other !== base.find(record)) spoilt.add(trial.find(record));
  }
  return (record) => spoilt.has(trial.find(record));
}
