/**
 * Least fixed point of "down" at one instant: what is down because of the hits, and nothing only because of itself.
 *
 * What: starts from the components hit themselves and propagates: a component goes down with anything it depends on, and
 *   with a requirement of its own that has had no supply for its days of grace.
 * Formula: down(p) = hit(p) OR any down(q), p depends on q, OR any unmet(r), p needs r; the smallest solution. Supply of
 *   an ANY requirement is nothing when no supplier is up and no share is unseen; of a counted one, when fewer than
 *   `needed` are up. A latent supplier counts once the want has lasted its switchDays.
 * Preconditions: `area` holds every component and requirement the hits can reach; the clocks are those of the past.
 * Params: days.
 * Returns: sets state.down (1 or 0) and state.upCount for the area.
 * Complexity: O(arcs of the area).
 * Exact. Cycles are safe: the greatest fixed point of "up" is the complement.
 * Reference: Tarski, "A lattice-theoretical fixpoint theorem", Pacific J. Math. 5, 1955, doi:10.2140/pjm.1955.5.285.
 * Example: two components that depend on each other are both up without a hit, both down when one is hit.
 */
import { type EffectSystem, EPSILON } from './effect-system';

/** The part of a system that some effects can reach; everything outside it stays as it is. */
export interface EffectArea {
  readonly components: Int32Array;
  readonly requirements: Int32Array;
  readonly operations: Int32Array;
}

export interface SweepState {
  readonly hits: Int32Array;
  readonly down: Uint8Array;
  readonly upCount: Int32Array;
  /** Strength of the strongest INTERCEPT in force on a component. */
  readonly intercepted: Float64Array;
  /** Day the unbroken want, lack of all supply and shortage of a requirement, and loss of an operation began; NaN: none. */
  readonly wantSince: Float64Array;
  readonly emptySince: Float64Array;
  readonly shortSince: Float64Array;
  readonly lossSince: Float64Array;
  readonly requirementLoss: Float64Array;
  readonly participation: Float64Array;
  readonly stack: Int32Array;
  readonly mark: Uint8Array;
}

export function sweepState(system: EffectSystem): SweepState {
  const c = system.components.length;
  const r = system.requirements.length;
  const o = system.operations.length;
  return {
    hits: new Int32Array(c),
    down: new Uint8Array(c),
    upCount: new Int32Array(r),
    intercepted: new Float64Array(c),
    wantSince: new Float64Array(r).fill(Number.NaN),
    emptySince: new Float64Array(r).fill(Number.NaN),
    shortSince: new Float64Array(r).fill(Number.NaN),
    lossSince: new Float64Array(o).fill(Number.NaN),
    requirementLoss: new Float64Array(r),
    participation: new Float64Array(o).fill(1),
    stack: new Int32Array(c),
    mark: new Uint8Array(c + r + o),
  };
}

/** Days since a clock started, 0 when it has not. */
export function elapsed(since: number, day: number): number {
  return Number.isNaN(since) ? 0 : day - since;
}

/** May supplier entry s serve at this day, were it up? */
export function mayServe(system: EffectSystem, state: SweepState, s: number, day: number): boolean {
  if (system.supplierLatent[s] === 0) return true;
  const waited = elapsed(state.wantSince[system.supplierRequirement[s]], day);
  return waited >= system.supplierSwitchDays[s] - EPSILON;
}

function isUnmet(system: EffectSystem, state: SweepState, r: number, day: number): boolean {
  if (!isEmpty(system, state, r)) return false;
  return elapsed(state.emptySince[r], day) >= system.requirements[r].graceDays - EPSILON;
}

export function isEmpty(system: EffectSystem, state: SweepState, r: number): boolean {
  if (system.isShared[r] === 1) return state.upCount[r] === 0 && system.unseenShare[r] === 0;
  return state.upCount[r] < system.needed[r];
}

export function settleDownState(
  system: EffectSystem,
  state: SweepState,
  area: EffectArea,
  day: number,
): void {
  const { down, upCount, stack } = state;
  for (const r of area.requirements) {
    let count = 0;
    for (let s = system.supplierStart[r]; s < system.supplierStart[r + 1]; s += 1) {
      if (mayServe(system, state, s, day)) count += 1;
    }
    upCount[r] = count;
  }
  let depth = 0;
  const fell = (c: number): void => {
    if (down[c] === 1) return;
    down[c] = 1;
    stack[depth] = c;
    depth += 1;
  };
  for (const c of area.components) down[c] = 0;
  for (const c of area.components) if (state.hits[c] > 0) fell(c);
  while (depth > 0) {
    depth -= 1;
    const c = stack[depth];
    const { dependents, supplies, ownersOf } = system;
    for (let i = dependents.start[c]; i < dependents.start[c + 1]; i += 1) fell(dependents.item[i]);
    for (let i = supplies.start[c]; i < supplies.start[c + 1]; i += 1) {
      const s = supplies.item[i];
      if (!mayServe(system, state, s, day)) continue;
      const r = system.supplierRequirement[s];
      upCount[r] -= 1;
      if (ownersOf.start[r] === ownersOf.start[r + 1] || !isUnmet(system, state, r, day)) continue;
      for (let j = ownersOf.start[r]; j < ownersOf.start[r + 1]; j += 1) fell(ownersOf.item[j]);
    }
  }
}

/** Everything downstream of the targets of some effects, ascending. */
export function effectArea(
  system: EffectSystem,
  state: SweepState,
  components: readonly number[],
  operations: readonly number[],
): EffectArea {
  const { mark } = state;
  const c = system.components.length;
  const r = system.requirements.length;
  const found: number[] = [];
  const visit = (key: number): void => {
    if (mark[key] === 1) return;
    mark[key] = 1;
    found.push(key);
  };
  for (const each of components) visit(each);
  for (const each of operations) visit(c + r + each);
  const { dependents, supplies, ownersOf, operationsOf } = system;
  for (let next = 0; next < found.length; next += 1) {
    const key = found[next];
    if (key < c) {
      for (let i = dependents.start[key]; i < dependents.start[key + 1]; i += 1) visit(dependents.item[i]);
      for (let i = supplies.start[key]; i < supplies.start[key + 1]; i += 1) {
        visit(c + system.supplierRequirement[supplies.item[i]]);
      }
    } else if (key < c + r) {
      const q = key - c;
      for (let i = ownersOf.start[q]; i < ownersOf.start[q + 1]; i += 1) visit(ownersOf.item[i]);
      for (let i = operationsOf.start[q]; i < operationsOf.start[q + 1]; i += 1) {
        visit(c + r + operationsOf.item[i]);
      }
    }
  }
  for (const key of found) mark[key] = 0;
  const keys = Int32Array.from(found).sort();
  return {
    components: keys.filter((key) => key < c),
    requirements: keys.filter((key) => key >= c && key < c + r).map((key) => key - c),
    operations: keys.filter((key) => key >= c + r).map((key) => key - c - r),
  };
}
