/**
 * Time profile: a piecewise constant function from days to expression nodes.
 *
 * What: `at[i]` is the day piece i starts, `node[i]` what holds from then to the next piece; at[0] = 0, and the last piece
 *   runs to the horizon. Adjacent pieces are different.
 * Formula: sustained(p, g)(t) = AND of p over the closed window [t - g, t], FALSE before day g: what has lasted g days.
 * Preconditions: breakpoints in [0, horizon); days nearer than 1e-9 are one day.
 * Params: days.
 * Returns: new profiles; inputs stay.
 * Complexity: combine O(breakpoints * profiles), sustained O(breakpoints * pieces in a window).
 * Exact.
 * Reference: docs/analysis/optimisation.md.
 * Example: sustained of "x on [0, 10)" with g = 4 is "x on [4, 10)".
 */
import { type CoverExpressions, FALSE } from './cover-expression';

export interface TimeProfile {
  readonly at: readonly number[];
  readonly node: readonly number[];
}

export interface TimedNode {
  readonly start: number;
  readonly end: number;
  readonly node: number;
}

export const NEVER: TimeProfile = { at: [0], node: [FALSE] };
const SAME_DAY = 1e-9;

export function isNever(profile: TimeProfile): boolean {
  return profile.node.length === 1 && profile.node[0] === FALSE;
}

export function sameProfile(a: TimeProfile, b: TimeProfile): boolean {
  return a.at.length === b.at.length && a.at.every((day, i) => day === b.at[i] && a.node[i] === b.node[i]);
}

/** Ascending distinct days of [0, horizon), day 0 included. */
export function distinctDays(days: Iterable<number>, horizon: number): number[] {
  const sorted = [...days].filter((day) => day > SAME_DAY && day < horizon - SAME_DAY).sort((a, b) => a - b);
  const distinct = [0];
  for (const day of sorted) if (day - distinct[distinct.length - 1] > SAME_DAY) distinct.push(day);
  return distinct;
}

/** Index of the piece that holds at a day. */
export function pieceAt(profile: TimeProfile, day: number): number {
  let low = 0;
  let high = profile.at.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (profile.at[middle] <= day + SAME_DAY) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function nodeAt(profile: TimeProfile, day: number): number {
  return profile.node[pieceAt(profile, day)];
}

export function profileOf(
  days: Iterable<number>,
  horizon: number,
  nodeFrom: (day: number) => number,
): TimeProfile {
  const at: number[] = [];
  const node: number[] = [];
  for (const day of distinctDays(days, horizon)) {
    const here = nodeFrom(day);
    if (node.length > 0 && node[node.length - 1] === here) continue;
    at.push(day);
    node.push(here);
  }
  return { at, node };
}

export function breakpoints(profiles: readonly TimeProfile[]): number[] {
  return profiles.flatMap((each) => each.at as number[]);
}

/** OR of nodes that each hold over an interval. */
export function profileOfIntervals(
  expressions: CoverExpressions,
  timed: readonly TimedNode[],
  horizon: number,
): TimeProfile {
  const days = timed.flatMap((each) => [each.start, each.end]);
  return profileOf(days, horizon, (day) =>
    expressions.or(
      timed
        .filter((each) => each.start <= day + SAME_DAY && each.end > day + SAME_DAY)
        .map((each) => each.node),
    ),
  );
}

export function orProfiles(
  expressions: CoverExpressions,
  profiles: readonly TimeProfile[],
  horizon: number,
): TimeProfile {
  const active = profiles.filter((each) => !isNever(each));
  if (active.length === 0) return NEVER;
  if (active.length === 1) return active[0];
  return profileOf(breakpoints(active), horizon, (day) =>
    expressions.or(active.map((each) => nodeAt(each, day))),
  );
}

/** What has held without a break for `graceDays`, gated by the lack it had all the while. */
export function sustained(
  expressions: CoverExpressions,
  profile: TimeProfile,
  graceDays: number,
  horizon: number,
): TimeProfile {
  if (graceDays <= SAME_DAY || isNever(profile)) return profile;
  const days = [graceDays, ...profile.at, ...profile.at.map((day) => day + graceDays)];
  return profileOf(days, horizon, (day) => {
    if (day < graceDays - SAME_DAY) return FALSE;
    const to = pieceAt(profile, day);
    const wanted: number[] = [];
    for (let i = pieceAt(profile, day - graceDays); i <= to; i += 1) {
      wanted.push(expressions.anyLack(profile.node[i]));
    }
    return expressions.gated(profile.node[to], expressions.and(wanted));
  });
}
