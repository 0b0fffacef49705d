import { bestPlan } from '../../src/analysis/optimise/best-plan';
import type { MilpSolver } from '../../src/analysis/optimise/milp-model';
import { type PlanProblem, planScorer } from '../../src/analysis/optimise/plan-problem';
import { naiveEffect } from './naive-effect';

const now = () => performance.now() / 1000;

/** The limits, written out again: shares no code with what is tested. */
export function keepsLimits(problem: PlanProblem, actions: readonly number[]): boolean {
  const taken = actions.map((a) => problem.actions[a].measure);
  const { budget, maxExposure, partnerCapacity } = problem.limits;
  if (new Set(taken).size < taken.length) return false;
  if (taken.reduce((sum, m) => sum + problem.measures[m].cost, 0) > budget) return false;
  if (taken.reduce((sum, m) => sum + problem.measures[m].exposure, 0) > maxExposure) return false;
  if (partnerCapacity.some((cap, p) => actions.filter((a) => problem.actions[a].partner === p).length > cap))
    return false;
  return taken.every(
    (m) =>
      problem.measures[m].conflicts.every((other) => !taken.includes(other)) &&
      problem.measures[m].requires.every((other) => taken.includes(other)),
  );
}

/** Best value over all sets of at most `most` actions that keep the limits. */
function bruteForce(problem: PlanProblem, most: number, worth: (actions: number[]) => number): number {
  let best = 0;
  const n = problem.actions.length;
  for (let mask = 0; mask < 1 << n; mask += 1) {
    const actions = [...problem.actions.keys()].filter((a) => ((mask >> a) & 1) === 1);
    if (actions.length <= most && keepsLimits(problem, actions)) best = Math.max(best, worth(actions));
  }
  return best;
}

/**
 * Plans, and compares with brute force over the day-by-day definition: from the start that greedy finds and from nothing, so that
 * a good start does not hide what the programme misses.
 */
export function expectOptimal(problem: PlanProblem, solver: MilpSolver, maxSubsetActions?: number): void {
  const worth = (actions: readonly number[]) => naiveEffect(problem.scenarios[0].system, actions).objective;
  const most = bruteForce(problem, problem.actions.length, worth);
  for (const start of [undefined, []]) {
    const plan = bestPlan(problem, solver, { seconds: 30, now, maxSubsetActions }, start);
    expect(plan.status).toBe('optimal');
    expect(keepsLimits(problem, plan.actions)).toBe(true);
    expect(plan.objective).toBeCloseTo(worth(plan.actions), 6);
    expect(plan.objective).toBeCloseTo(most, 4);
  }
}

/** The same for many actions: at most `most` of them are taken, and the kernel that the definition confirmed evaluates. */
export function expectOptimalAmongFew(problem: PlanProblem, solver: MilpSolver, most: number): void {
  const limited = { ...problem, limits: { ...problem.limits, maxMeasures: most } };
  const plan = bestPlan(limited, solver, { seconds: 60, now });
  expect(plan.status).toBe('optimal');
  const scorer = planScorer(problem);
  expect(plan.objective).toBeCloseTo(bruteForce(problem, most, scorer.objective), 4);
}
