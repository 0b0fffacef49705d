/**
 * Does a set of actions keep every limit? And if no plan can, which limit stands in the way?
 *
 * What: a direct check, independent of the programme's rows, and a diagnosis that drops one limit at a time.
 * Preconditions: those of PlanProblem.
 * Params: in the units of the problem.
 * Returns: names of the limits broken, in a fixed order; empty when all are kept.
 * Complexity: O(actions + conflicts).
 * Exact.
 * Reference: minimal relaxations after Chinneck, "Feasibility and Infeasibility in Optimization",
 *   doi:10.1007/978-0-387-74932-7.
 * Example: two actions of cost 3 under a budget of 5 break ["budget"].
 */
import type { PlanLimits, PlanProblem } from './plan-problem';

export const LIMIT_NAMES = [
  'budget',
  'maxMeasures',
  'maxExposure',
  'maxCollateral',
  'partnerCapacity',
  'conflicts',
  'requires',
  'mustTake',
] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

const ROUNDING = 1e-7;

export function brokenLimits(problem: PlanProblem, actions: readonly number[]): LimitName[] {
  const { measures, limits } = problem;
  const taken = actions.map((a) => problem.actions[a].measure);
  const set = new Set(taken);
  const sum = (of: (m: number) => number) => taken.reduce((total, m) => total + of(m), 0);
  const isOver = (value: number, limit: number) => value > limit + ROUNDING * Math.max(1, Math.abs(limit));
  const broken: LimitName[] = [];
  if (
    isOver(
      sum((m) => measures[m].cost),
      limits.budget,
    )
  )
    broken.push('budget');
  if (taken.length > limits.maxMeasures || set.size < taken.length) broken.push('maxMeasures');
  if (
    isOver(
      sum((m) => measures[m].exposure),
      limits.maxExposure,
    )
  )
    broken.push('maxExposure');
  if (
    isOver(
      sum((m) => measures[m].collateral),
      limits.maxCollateral,
    )
  )
    broken.push('maxCollateral');
  const perPartner = (p: number) => actions.filter((a) => problem.actions[a].partner === p).length;
  if (limits.partnerCapacity.some((capacity, p) => perPartner(p) > capacity)) broken.push('partnerCapacity');
  if (taken.some((m) => measures[m].conflicts.some((other) => other !== m && set.has(other))))
    broken.push('conflicts');
  if (taken.some((m) => measures[m].requires.some((other) => !set.has(other)))) broken.push('requires');
  if (limits.mustTake.some((m) => !set.has(m))) broken.push('mustTake');
  return broken;
}

/** The problem without one of its limits. */
export function withoutLimit(problem: PlanProblem, name: LimitName): PlanProblem {
  const free: Partial<Record<LimitName, Partial<PlanLimits>>> = {
    budget: { budget: Number.POSITIVE_INFINITY },
    maxMeasures: { maxMeasures: Number.POSITIVE_INFINITY },
    maxExposure: { maxExposure: Number.POSITIVE_INFINITY },
    maxCollateral: { maxCollateral: Number.POSITIVE_INFINITY },
    partnerCapacity: { partnerCapacity: problem.limits.partnerCapacity.map(() => Number.POSITIVE_INFINITY) },
    mustTake: { mustTake: [] },
  };
  const measures =
    name === 'conflicts' || name === 'requires'
      ? problem.measures.map((each) => ({ ...each, [name]: [] as number[] }))
      : problem.measures;
  return { ...problem, measures, limits: { ...problem.limits, ...free[name] } };
}
