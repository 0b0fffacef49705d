/**
 * Greedy over cut sets with local search: a good plan fast, and the start the exact search is given.
 *
 * What: candidates are single actions and, for each requirement, the cheapest actions that together take its supply
 *   (whole, or the largest shares first). The candidate with the best gain a unit of cost is added while one fits; then
 *   each action taken is dropped and the room refilled, while that helps.
 * Formula: gain(b | x) = f(x + b) - f(x), ranked by gain / cost of what b adds.
 * Preconditions: those of PlanProblem.
 * Params: `interrupt` is polled between evaluations.
 * Returns: actions ascending; ties by candidate order (actions by index, then requirements by index).
 * Complexity: lazily re-evaluated, about (candidates + steps * few) evaluations a pass.
 * Approximate: f is neither submodular nor supermodular and contains Densest-k-Subgraph, so no constant factor holds.
 * Reference: lazy evaluation after Minoux, doi:10.1007/BFb0006528; Densest-k-Subgraph: Feige, Peleg, Kortsarz,
 *   doi:10.1007/s004530010050.
 * Example: two suppliers of one need, each useless alone: single gain finds nothing, the cut set finds both.
 */
import type { EffectSystem } from '../effect/effect-system';
import { brokenLimits } from './plan-limits';
import { type PlanProblem, type PlanScorer, planCost } from './plan-problem';

export interface GreedyOptions {
  readonly interrupt?: () => boolean;
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
  let best = fill(problem, scorer, candidates, must, options);
  let value = scorer.objective(best);
  const passes = options.singlesOnly === true ? 0 : (options.passes ?? 2);
  for (let pass = 0; pass < passes; pass += 1) {
    let hasImproved = false;
    for (const dropped of [...best]) {
      if (options.interrupt?.() === true) return best;
      if (must.includes(dropped) || !best.includes(dropped)) continue;
      const kept = best.filter((a) => a !== dropped);
      const others = candidates.filter((each) => !each.includes(dropped));
      const next = fill(problem, scorer, others, kept, options);
      const nextValue = scorer.objective(next);
      if (nextValue <= value * (1 + 1e-12) + 1e-12) continue;
      best = next;
      value = nextValue;
      hasImproved = true;
    }
    if (!hasImproved) break;
  }
  return best.sort((a, b) => a - b);
}

function startWithMust(problem: PlanProblem): number[] {
  return problem.limits.mustTake.flatMap((m) => {
    const first = problem.actions.findIndex((each) => each.measure === m);
    return first < 0 ? [] : [first];
  });
}

/** Adds the best candidate that fits until none gains; stale gains are refreshed only when they come to the top. */
function fill(
  problem: PlanProblem,
  scorer: PlanScorer,
  candidates: readonly (readonly number[])[],
  from: readonly number[],
  options: GreedyOptions,
): number[] {
  const plan = [...from];
  let value = scorer.objective(plan);
  const rateOf = (candidate: readonly number[]): number => {
    const added = additions(problem, plan, candidate);
    if (added.length === 0) return 0;
    const next = [...plan, ...added];
    if (brokenLimits(problem, next).some((each) => each !== 'mustTake')) return 0;
    return (scorer.objective(next) - value) / Math.max(1e-9, planCost(problem, added));
  };
  let ranked = rank(candidates.map((candidate, i) => ({ i, rate: rateOf(candidate), step: 0 })));
  for (let step = 1; ranked.length > 0; step += 1) {
    for (;;) {
      if (options.interrupt?.() === true) return plan;
      const top = ranked[0];
      if (top === undefined || top.step === step) break;
      const fresh = { i: top.i, rate: rateOf(candidates[top.i]), step };
      ranked = reinsert(ranked, fresh);
    }
    const top = ranked[0];
    if (top === undefined || top.rate <= 1e-12) break;
    plan.push(...additions(problem, plan, candidates[top.i]));
    value = scorer.objective(plan);
  }
  return plan;
}

interface Ranked {
  readonly i: number;
  readonly rate: number;
  readonly step: number;
}

function rank(list: readonly Ranked[]): Ranked[] {
  return list.filter((each) => each.rate > 1e-12).sort((a, b) => b.rate - a.rate || a.i - b.i);
}

/** Replaces the first of the ranked list by its fresh value, at its place; drops it when it gains nothing. */
function reinsert(ranked: Ranked[], fresh: Ranked): Ranked[] {
  ranked.shift();
  if (fresh.rate <= 1e-12) return ranked;
  let low = 0;
  let high = ranked.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = ranked[middle];
    if (other.rate > fresh.rate || (other.rate === fresh.rate && other.i < fresh.i)) low = middle + 1;
    else high = middle;
  }
  ranked.splice(low, 0, fresh);
  return ranked;
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
