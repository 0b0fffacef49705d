/**
 * Greedy over cut sets with local search: a good plan fast, and the start the exact search is given.
 *
 * What: candidates are single actions and, for each requirement, the cheapest actions that together take its supply
 *   (whole, or the largest shares first). The candidate with the best gain a unit of cost is added while one fits; then
 *   each action taken is dropped and the room refilled, while that helps.
 * Formula: gain(b | x) = f(x + b) - f(x), ranked by gain / cost of what b adds.
 * Preconditions: those of PlanProblem.
 * Params: `interrupt` is polled between evaluations, and obeyed once something that gains and fits is in the plan; `isEnough` between
 *   the steps of the local search.
 * Returns: actions ascending; ties by candidate order (actions by index, then requirements by index).
 * Complexity: every candidate once, then after each step those that share an operation with it.
 * Approximate: f is neither submodular nor supermodular and contains Densest-k-Subgraph, so no constant factor holds.
 * Reference: Densest-k-Subgraph: Feige, Peleg, Kortsarz, doi:10.1007/s004530010050.
 * Example: two suppliers of one need, each useless alone: single gain finds nothing, the cut set finds both.
 */
import type { EffectSystem } from '../effect/effect-system';
import { type PlanGain, planGain } from './plan-gain';
import { brokenLimits } from './plan-limits';
import { type PlanProblem, type PlanScorer, planCost } from './plan-problem';

export interface GreedyOptions {
  readonly interrupt?: () => boolean;
  /** Ends the local search alone. */
  readonly isEnough?: () => boolean;
  /** Only single actions, no cut sets and no local search: the baseline that plans are compared with. */
  readonly singlesOnly?: boolean;
  readonly passes?: number;
}

export function cutSetGreedy(
  problem: PlanProblem,
  scorer: PlanScorer,
  options: GreedyOptions = {},
): number[] {
  const singles = problem.actions.map((_, a) => [a]);
  const candidates = options.singlesOnly === true ? singles : [...singles, ...cutSets(problem)];
  const must = startWithMust(problem);
  const search = greedySearch(problem, candidates, must, options);
  fill(problem, search, options);
  let value = scorer.objective(search.plan);
  const passes = options.singlesOnly === true ? 0 : (options.passes ?? 2);
  for (let pass = 0; pass < passes; pass += 1) {
    let hasImproved = false;
    for (const dropped of [...search.plan]) {
      if (options.interrupt?.() === true || options.isEnough?.() === true) break;
      if (must.includes(dropped) || !search.plan.includes(dropped)) continue;
      const before = { plan: [...search.plan], rates: search.rates.slice() };
      search.plan.splice(search.plan.indexOf(dropped), 1);
      refresh(problem, search, [dropped]);
      search.banned = dropped;
      fill(problem, search, options);
      search.banned = -1;
      const next = scorer.objective(search.plan);
      // What was dropped may be what another measure of the plan requires.
      if (next > value * (1 + 1e-12) + 1e-12 && keepsLimits(problem, search.plan)) {
        value = next;
        hasImproved = true;
      } else {
        search.plan.splice(0, search.plan.length, ...before.plan);
        search.rates.set(before.rates);
      }
    }
    if (!hasImproved) break;
  }
  return search.plan.sort((a, b) => a - b);
}

/** A plan under construction, and for every candidate its exact gain a unit of cost at that plan. */
interface GreedySearch {
  readonly candidates: readonly (readonly number[])[];
  readonly plan: number[];
  readonly rates: Float64Array;
  readonly gain: PlanGain;
  /** Candidates that share an operation with some action, by operation. */
  readonly byOperation: readonly (readonly number[])[];
  banned: number;
}

function greedySearch(
  problem: PlanProblem,
  candidates: readonly (readonly number[])[],
  must: readonly number[],
  options: GreedyOptions,
): GreedySearch {
  const gain = planGain(problem);
  const byOperation: number[][] = problem.scenarios[0].system.operations.map(() => []);
  candidates.forEach((candidate, i) => {
    for (const o of new Set(candidate.flatMap((a) => gain.operationsOf(a)))) byOperation[o].push(i);
  });
  const rates = new Float64Array(candidates.length);
  const search: GreedySearch = { candidates, plan: [...must], rates, gain, byOperation, banned: -1 };
  // Out of time there is no plan but one of a gain known by then: the first that fits is looked for whatever it takes.
  let hasStep = false;
  for (let i = 0; i < candidates.length; i += 1) {
    if (hasStep && options.interrupt?.() === true) break;
    rates[i] = rateOf(problem, search, i);
    hasStep ||= rates[i] > LEAST_RATE && fits(problem, search, additions(problem, must, candidates[i]));
  }
  return search;
}

function rateOf(problem: PlanProblem, search: GreedySearch, i: number): number {
  const added = additions(problem, search.plan, search.candidates[i]);
  if (added.length === 0) return 0;
  return search.gain.of(search.plan, added) / Math.max(1e-9, planCost(problem, added));
}

/** Rates up to this are rounding. */
const LEAST_RATE = 1e-12;

function fits(problem: PlanProblem, { plan, banned }: GreedySearch, added: readonly number[]): boolean {
  if (added.length === 0 || (banned >= 0 && added.includes(banned))) return false;
  return keepsLimits(problem, [...plan, ...added]);
}

/** Whether a plan breaks no limit, but that something it must take may be missing: no action may be there to take. */
function keepsLimits(problem: PlanProblem, plan: readonly number[]): boolean {
  return brokenLimits(problem, plan).every((each) => each === 'mustTake');
}

/** Brings the rates up to date after some actions joined or left the plan. */
function refresh(problem: PlanProblem, search: GreedySearch, changed: readonly number[]): void {
  const stale = new Set<number>();
  for (const a of changed) {
    for (const o of search.gain.operationsOf(a)) for (const i of search.byOperation[o]) stale.add(i);
  }
  for (const i of stale) search.rates[i] = rateOf(problem, search, i);
}

/** Adds the candidate of the best rate that fits until none gains. */
function fill(problem: PlanProblem, search: GreedySearch, options: GreedyOptions): void {
  const { plan, rates, candidates } = search;
  const unfit = new Set<number>();
  const isOver = () => options.interrupt?.() === true;
  const before = plan.length;
  // The first step is taken in any case: without it there is no plan.
  while (plan.length === before || !isOver()) {
    let best = -1;
    for (let i = 0; i < candidates.length; i += 1) {
      if (rates[i] > LEAST_RATE && (best < 0 || rates[i] > rates[best]) && !unfit.has(i)) best = i;
    }
    if (best < 0) return;
    const added = additions(problem, plan, candidates[best]);
    if (!fits(problem, search, added)) {
      unfit.add(best);
      continue;
    }
    plan.push(...added);
    if (isOver()) return;
    refresh(problem, search, added);
  }
}

function startWithMust(problem: PlanProblem): number[] {
  return problem.limits.mustTake.flatMap((m) => {
    const first = problem.actions.findIndex((each) => each.measure === m);
    return first < 0 ? [] : [first];
  });
}

function additions(problem: PlanProblem, plan: readonly number[], candidate: readonly number[]): number[] {
  const taken = new Set(plan.map((a) => problem.actions[a].measure));
  return candidate.filter((a) => {
    const measure = problem.actions[a].measure;
    if (taken.has(measure)) return false;
    taken.add(measure);
    return true;
  });
}

/** For each requirement the cheapest ways to take its supply, by what the cheapest action on each supplier costs. */
function cutSets(problem: PlanProblem): number[][] {
  const { system } = problem.scenarios[0];
  const cheapest = cheapestActions(problem, system);
  const sets: number[][] = [];
  system.requirements.forEach((requirement, r) => {
    const reachable = requirement.suppliers
      .map((each) => ({ share: each.share, action: cheapest[each.component] }))
      .filter((each) => each.action >= 0)
      .map((each) => ({ ...each, cost: problem.measures[problem.actions[each.action].measure].cost }));
    const isShared = system.isShared[r] === 1;
    reachable.sort(
      (a, b) => (isShared ? a.cost / a.share - b.cost / b.share : a.cost - b.cost) || a.action - b.action,
    );
    const least = isShared ? 2 : requirement.suppliers.length - system.needed[r] + 1;
    const most = isShared ? reachable.length : Math.min(least, reachable.length);
    for (let size = Math.max(2, least); size <= most; size += 1) {
      sets.push([...new Set(reachable.slice(0, size).map((each) => each.action))]);
    }
  });
  return sets;
}

/** Per component the cheapest action that takes it down, itself or through what it depends on; -1 where none does. */
function cheapestActions(problem: PlanProblem, system: EffectSystem): Int32Array {
  const cheapest = new Int32Array(system.components.length).fill(-1);
  const order = [...problem.actions.keys()].sort((a, b) => costOf(problem, a) - costOf(problem, b) || a - b);
  for (const a of order) {
    const open = system.actions[a].effects
      .filter((each) => each.kind === 'OUTAGE')
      .map((each) => each.target);
    for (let c = open.pop(); c !== undefined; c = open.pop()) {
      if (cheapest[c] >= 0) continue;
      cheapest[c] = a;
      for (let i = system.dependents.start[c]; i < system.dependents.start[c + 1]; i += 1) {
        open.push(system.dependents.item[i]);
      }
    }
  }
  return cheapest;
}

function costOf(problem: PlanProblem, action: number): number {
  return problem.measures[problem.actions[action].measure].cost;
}
