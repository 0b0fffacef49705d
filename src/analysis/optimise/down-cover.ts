/**
 * Down covers: for every component, which actions keep it down on which days, as a profile of expressions.
 *
 * What: hits and needs are combined group by group in order of need; a cycle is unrolled to its least fixed point, so that
 *   nothing is down only because of itself.
 * Formula: down_c = OR(own hits, down of what it depends on, emptiness of its requirements sustained for their grace).
 * Preconditions: those of EffectSystem. `columns[a]` is the column of action a, -1 where it has no effect here.
 * Params: days.
 * Returns: per vertex of need-order a cover: profile, the days on which it may begin (onsets), and whether it is exact. A
 *   cover that is not exact is an upper bound: it is down at least whenever the component is.
 * Complexity: O(pieces * arcs); a cyclic group of m members takes up to m rounds.
 * Exact unless a rebuild clock may stand still, a latent supplier's clock may start on more than one day, or a cyclic
 *   group grows beyond its node budget.
 * Reference: Tarski, "A lattice-theoretical fixpoint theorem", doi:10.2140/pjm.1955.5.285; see
 *   docs/analysis/optimisation.md.
 * Example: A and B depend on each other; the action on A is the whole cover of both.
 */
import { type EffectSystem } from '../effect/effect-system';
import { type CoverExpressions, FALSE } from './cover-expression';
import { needArcs, needOrder } from './need-order';
import {
  breakpoints,
  isNever,
  NEVER,
  nodeAt,
  orProfiles,
  profileOf,
  profileOfIntervals,
  sameProfile,
  sustained,
  type TimedNode,
  type TimeProfile,
} from './time-profile';

/** Days on which something may begin, ascending; null when it may be any day. */
export type Onsets = readonly number[] | null;

export interface Cover {
  readonly profile: TimeProfile;
  readonly onsets: Onsets;
  readonly isExact: boolean;
}

export const NO_COVER: Cover = { profile: NEVER, onsets: [], isExact: true };

export interface CoverInput {
  readonly system: EffectSystem;
  readonly expressions: CoverExpressions;
  readonly columns: ArrayLike<number>;
  /** Latest day an OUTAGE effect can end: [action][effect]; what the closed form says with every action taken, or later. */
  readonly latestEnd: (action: number, effect: number) => number;
}

const GROUP_NODE_BUDGET = 20000;
const ROUNDING = 1e-9;

/** Covers of all components (0 .. components - 1) and of the emptiness of all requirements that components need. */
export function downCovers(input: CoverInput): Cover[] {
  const { system } = input;
  const arcs = needArcs(system);
  const count = system.components.length;
  const covers: Cover[] = new Array(arcs.length).fill(NO_COVER);
  const own = ownCovers(input);
  const groups = needOrder(arcs, new Uint8Array(arcs.length).fill(1));
  for (const group of groups) {
    const isCycle = group.length > 1 || arcs[group[0]].includes(group[0]);
    if (isCycle) coverGroup(input, group, arcs, own, covers);
    else covers[group[0]] = coverOf(input, group[0], own, covers, count);
  }
  return covers;
}

function ownCovers(input: CoverInput): Cover[] {
  const { system, expressions, columns } = input;
  const timed: TimedNode[][] = system.components.map(() => []);
  const mayStall = new Uint8Array(system.components.length);
  system.actions.forEach((action, a) => {
    if (columns[a] < 0) return;
    action.effects.forEach((effect, e) => {
      if (effect.kind !== 'OUTAGE') return;
      const component = system.components[effect.target];
      const plainEnd = effect.startDay + Math.min(effect.holdDays, component.rebuildDays);
      const end = component.rebuiltWith.length === 0 ? plainEnd : Math.max(plainEnd, input.latestEnd(a, e));
      if (end > plainEnd + ROUNDING) mayStall[effect.target] = 1;
      if (Math.min(end, system.horizonDays) - effect.startDay <= ROUNDING) return;
      timed[effect.target].push({ start: effect.startDay, end, node: expressions.action(columns[a]) });
    });
  });
  return timed.map((each, c) => ({
    profile: profileOfIntervals(expressions, each, system.horizonDays),
    onsets: onsetUnion(each.map((hit) => [hit.start])),
    isExact: mayStall[c] === 0,
  }));
}

export function onsetUnion(lists: readonly Onsets[]): Onsets {
  const days = new Set<number>();
  for (const list of lists) {
    if (list === null) return null;
    for (const day of list) days.add(day);
  }
  return [...days].sort((a, b) => a - b);
}

export function delayed(onsets: Onsets, days: number): Onsets {
  return onsets === null ? null : onsets.map((day) => day + days);
}

/** Is latent supply certain at this day: has any want that may hold now begun at least switchDays ago? */
export function isSwitchedIn(wantOnsets: Onsets, switchDays: number, day: number): boolean {
  if (wantOnsets === null) return switchDays <= ROUNDING;
  let latest = Number.NaN;
  for (const each of wantOnsets) if (each <= day + ROUNDING) latest = each;
  return day - latest >= switchDays - ROUNDING;
}

/** Days a want for this requirement may begin. */
export function wantOnsets(system: EffectSystem, r: number, covers: readonly Cover[]): Onsets {
  const primaries = system.requirements[r].suppliers.filter((each) => !each.latent);
  return onsetUnion(primaries.map((each) => covers[each.component].onsets));
}

/** With one day on which a want may begin the clocks of latent suppliers are known. */
export function hasKnownClocks(system: EffectSystem, r: number, onsets: Onsets): boolean {
  if (onsets !== null && onsets.length <= 1) return true;
  return !system.requirements[r].suppliers.some((each) => each.latent);
}

function coverOf(
  input: CoverInput,
  v: number,
  own: readonly Cover[],
  covers: readonly Cover[],
  count: number,
): Cover {
  return v < count ? componentCover(input, v, own, covers) : emptinessCover(input, v - count, covers);
}

function componentCover(
  input: CoverInput,
  c: number,
  own: readonly Cover[],
  covers: readonly Cover[],
): Cover {
  const { system, expressions } = input;
  const count = system.components.length;
  const component = system.components[c];
  const parts = [
    own[c],
    ...component.dependsOn.map((q) => covers[q]),
    ...component.needs.map((r) => covers[count + r]),
  ];
  return {
    profile: orProfiles(
      expressions,
      parts.map((each) => each.profile),
      system.horizonDays,
    ),
    onsets: onsetUnion(parts.map((each) => each.onsets)),
    isExact: parts.every((each) => each.isExact || isNever(each.profile)),
  };
}

/** Days without any supply that have lasted the grace of the requirement. */
function emptinessCover(input: CoverInput, r: number, covers: readonly Cover[]): Cover {
  const { system, expressions } = input;
  if (system.ownersOf.start[r] === system.ownersOf.start[r + 1]) return NO_COVER;
  const { suppliers, graceDays } = system.requirements[r];
  const served = suppliers.map((each) => covers[each.component]);
  const wants = wantOnsets(system, r, covers);
  if (system.unseenShare[r] > 0 || wants?.length === 0) return NO_COVER;
  const latent = suppliers.filter((each) => each.latent);
  const switches = latent.flatMap((s) => delayed(wants, s.switchDays) ?? []);
  const days = [...breakpoints(served.map((each) => each.profile)), ...switches];
  const empty = profileOf(days, system.horizonDays, (day) => {
    const serving = suppliers.flatMap((s, i) => {
      const serves = !s.latent || isSwitchedIn(wants, s.switchDays, day);
      return serves ? [nodeAt(served[i].profile, day)] : [];
    });
    if (serving.length < system.needed[r]) return FALSE;
    return expressions.atLeast(serving.length - system.needed[r] + 1, serving);
  });
  const onsets = delayed(onsetUnion([wants, ...served.map((each) => each.onsets)]), graceDays);
  return {
    profile: sustained(expressions, empty, graceDays, system.horizonDays),
    onsets,
    isExact: hasKnownClocks(system, r, wants) && served.every((each) => each.isExact),
  };
}

function coverGroup(
  input: CoverInput,
  group: readonly number[],
  arcs: readonly (readonly number[])[],
  own: readonly Cover[],
  covers: Cover[],
): void {
  const { system, expressions } = input;
  const count = system.components.length;
  const isPlain = group.every((v) => v < count);
  const members = new Set(group);
  const sources = group.flatMap((v) => [
    ...(v < count ? [own[v]] : []),
    ...arcs[v].filter((w) => !members.has(w)).map((w) => covers[w]),
  ]);
  const union: Cover = {
    profile: orProfiles(
      expressions,
      sources.map((each) => each.profile),
      system.horizonDays,
    ),
    onsets: onsetUnion(sources.map((each) => each.onsets)),
    isExact: isPlain && sources.every((each) => each.isExact),
  };
  if (isPlain || isNever(union.profile)) for (const v of group) covers[v] = union;
  else if (unroll(input, group, own, covers)) settle(input, group, union, sources, covers);
  else for (const v of group) covers[v] = { profile: union.profile, onsets: null, isExact: false };
}

/** Onsets and exactness of a group that was unrolled to its fixed point. */
function settle(
  input: CoverInput,
  group: readonly number[],
  union: Cover,
  sources: readonly Cover[],
  covers: Cover[],
): void {
  const { system } = input;
  const count = system.components.length;
  const hasGrace = group.some((v) => v >= count && system.requirements[v - count].graceDays > 0);
  const onsets = hasGrace ? onsetUnion(group.map((v) => covers[v].profile.at)) : union.onsets;
  const isExact = sources.every((each) => each.isExact);
  for (const v of group) covers[v] = { profile: covers[v].profile, onsets, isExact };
}

/** Rounds of the group's equations from "nothing is down"; true when they ended at the least fixed point. */
function unroll(
  input: CoverInput,
  group: readonly number[],
  own: readonly Cover[],
  covers: Cover[],
): boolean {
  const { system, expressions } = input;
  const count = system.components.length;
  const needs = group.filter((v) => v >= count).map((v) => system.requirements[v - count]);
  if (needs.some((each) => each.suppliers.some((s) => s.latent))) return false;
  const hasGrace = needs.some((each) => each.graceDays > 0);
  for (const v of group) covers[v] = NO_COVER;
  const budget = expressions.size() + GROUP_NODE_BUDGET;
  for (let round = 0; round <= group.length; round += 1) {
    let hasChanged = false;
    for (const v of group) {
      const next = coverOf(input, v, own, covers, count);
      if (sameProfile(next.profile, covers[v].profile)) continue;
      covers[v] = next;
      hasChanged = true;
    }
    if (!hasChanged) return true;
    if (expressions.size() > budget) return false;
  }
  return !hasGrace;
}
