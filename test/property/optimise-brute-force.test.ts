import fc from 'fast-check';
import { bestPlan } from '../../src/analysis/optimise/best-plan';
import type { MilpSolver } from '../../src/analysis/optimise/milp-model';
import type { PlanProblem } from '../../src/analysis/optimise/plan-problem';
import { highsSolver } from '../../src/service/solver/highs.solver';
import { naiveEffect } from '../support/naive-effect';
import { EVERY_FEATURE, problemArbitrary } from '../support/plan-arbitrary';

let solver: MilpSolver;
beforeAll(async () => {
  solver = await highsSolver();
});

const now = () => performance.now() / 1000;

function keepsLimits(problem: PlanProblem, actions: readonly number[]): boolean {
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

function bruteForce(problem: PlanProblem): number {
  let best = 0;
  const n = problem.actions.length;
  for (let mask = 0; mask < 1 << n; mask += 1) {
    const actions = [...problem.actions.keys()].filter((a) => ((mask >> a) & 1) === 1);
    if (keepsLimits(problem, actions)) {
      best = Math.max(best, naiveEffect(problem.scenarios[0].system, actions).objective);
    }
  }
  return best;
}

function expectOptimal(problem: PlanProblem): void {
  const plan = bestPlan(problem, solver, { seconds: 30, now });
  expect(plan.status).toBe('optimal');
  expect(keepsLimits(problem, plan.actions)).toBe(true);
  expect(plan.objective).toBeCloseTo(naiveEffect(problem.scenarios[0].system, plan.actions).objective, 6);
  expect(plan.objective).toBeCloseTo(bruteForce(problem), 4);
}

describe('the best plan equals brute force', () => {
  it('with substitutes, k-of-n, conflicts and cycles', () => {
    fc.assert(
      fc.property(problemArbitrary({ cycles: true, nestedNeeds: true, maxActions: 8 }), expectOptimal),
      { numRuns: 150 },
    );
  });
  it('with every feature', () => {
    fc.assert(fc.property(problemArbitrary({ ...EVERY_FEATURE, maxActions: 7 }), expectOptimal), {
      numRuns: 100,
    });
  });
});
