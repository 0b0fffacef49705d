import fc from 'fast-check';
import { effectSystem } from '../../src/analysis/effect/effect-system';
import { type BestPlan, bestPlan } from '../../src/analysis/optimise/best-plan';
import { cutSetGreedy } from '../../src/analysis/optimise/cut-set-greedy';
import { isSubmodular, lazyGreedyPlan } from '../../src/analysis/optimise/lazy-greedy';
import type { MilpSolver } from '../../src/analysis/optimise/milp-model';
import { nextPlans } from '../../src/analysis/optimise/next-plans';
import { paretoFrontier } from '../../src/analysis/optimise/pareto-frontier';
import { brokenLimits } from '../../src/analysis/optimise/plan-limits';
import { type PlanProblem, planCost, planScorer } from '../../src/analysis/optimise/plan-problem';
import { highsSolver } from '../../src/service/solver/highs.solver';
import { EVERY_FEATURE, problemArbitrary, type SystemFeatures } from '../support/plan-arbitrary';

let solver: MilpSolver;
beforeAll(async () => {
  solver = await highsSolver();
});

const now = () => performance.now() / 1000;
const best = (problem: PlanProblem): BestPlan => bestPlan(problem, solver, { seconds: 20, now });
const withBudget = (problem: PlanProblem, budget: number): PlanProblem => ({
  ...problem,
  limits: { ...problem.limits, budget },
});
const SMALL: SystemFeatures = { ...EVERY_FEATURE, maxActions: 6 };
const runs = (numRuns: number) => ({ numRuns });

/** Every plan that keeps the limits, by brute force. */
function allPlans(problem: PlanProblem): { actions: number[]; value: number; cost: number }[] {
  const scorer = planScorer(problem);
  return Array.from({ length: 1 << problem.actions.length }, (_, mask) =>
    [...problem.actions.keys()].filter((a) => ((mask >> a) & 1) === 1),
  )
    .filter((actions) => brokenLimits(problem, actions).length === 0)
    .map((actions) => ({ actions, value: scorer.objective(actions), cost: planCost(problem, actions) }));
}

describe('laws of the best plan', () => {
  it('more budget never hurts', () => {
    fc.assert(
      fc.property(problemArbitrary(SMALL), fc.nat(6), (problem, more) => {
        const richer = best(withBudget(problem, problem.limits.budget + more));
        expect(richer.objective).toBeGreaterThanOrEqual(best(problem).objective - 1e-6);
      }),
      runs(15),
    );
  });

  it('the same problem gives the same bytes', () => {
    fc.assert(
      fc.property(problemArbitrary(SMALL), (problem) => {
        const bytes = () => JSON.stringify({ ...best(problem), seconds: 0 });
        expect(bytes()).toBe(bytes());
      }),
      runs(20),
    );
  });

  it('an added supplier under ANY that no measure reaches never helps', () => {
    const features = {
      cycles: true,
      durations: true,
      shares: true,
      grace: true,
      nestedNeeds: true,
      maxActions: 6,
    };
    fc.assert(
      fc.property(problemArbitrary(features), fc.nat(4), (problem, pick) => {
        const [scenario] = problem.scenarios;
        const { system } = scenario;
        const r = pick % system.requirements.length;
        fc.pre(system.requirements[r].mode === 'ANY');
        const free = { component: system.components.length, share: 0.5, latent: false, switchDays: 0 };
        const requirements = system.requirements.map((each, i) =>
          i === r ? { ...each, suppliers: [...each.suppliers, free] } : each,
        );
        const component = { rebuildDays: 0, rebuiltWith: [], dependsOn: [], needs: [] };
        const components = [...system.components, component];
        const more = effectSystem({ ...system, requirements, components });
        // The unseen share shrinks by what is now named, so supply is never less than before.
        const added = { ...problem, scenarios: [{ ...scenario, system: more }] };
        expect(best(added).objective).toBeLessThanOrEqual(best(problem).objective + 1e-6);
      }),
      runs(25),
    );
  });

  it('greedy keeps the limits and never beats the optimum', () => {
    fc.assert(
      fc.property(problemArbitrary(SMALL), (problem) => {
        const scorer = planScorer(problem);
        const greedy = cutSetGreedy(problem, scorer);
        expect(brokenLimits(problem, greedy)).toEqual([]);
        expect(scorer.objective(greedy)).toBeLessThanOrEqual(best(problem).bound + 1e-6);
      }),
      runs(15),
    );
  });
});

describe('the frontier', () => {
  it('is the brute-force Pareto set, monotone in cost and effect', () => {
    fc.assert(
      fc.property(problemArbitrary(SMALL), (problem) => {
        const frontier = paretoFrontier(problem, solver, { seconds: 20, now, maxPoints: 40 });
        expect(frontier.isComplete).toBe(true);
        const expected: { cost: number; value: number }[] = [];
        for (const plan of allPlans(problem).sort((a, b) => a.cost - b.cost || b.value - a.value)) {
          const last = expected[expected.length - 1];
          if (last === undefined || plan.value > last.value + 1e-6) expected.push(plan);
        }
        expect(frontier.points.map((each) => each.cost)).toEqual(expected.map((each) => each.cost));
        frontier.points.forEach((each, i) => {
          expect(each.objective).toBeCloseTo(expected[i].value, 5);
        });
      }),
      runs(15),
    );
  });
});

describe('the next plans', () => {
  it('are the best distinct sets of measures by brute force', () => {
    fc.assert(
      fc.property(problemArbitrary({ ...SMALL, maxActions: 5 }), (problem) => {
        const found = nextPlans(problem, solver, { seconds: 20, now, count: 4 });
        const byMeasures = new Map<string, number>();
        for (const { actions, value } of allPlans(problem)) {
          const key = [...new Set(actions.map((a) => problem.actions[a].measure))].sort().join();
          byMeasures.set(key, Math.max(byMeasures.get(key) ?? 0, value));
        }
        const expected = [...byMeasures.values()].sort((a, b) => b - a).slice(0, 4);
        expect(found).toHaveLength(expected.length);
        found.forEach((each, i) => {
          expect(each.objective).toBeCloseTo(expected[i], 5);
        });
      }),
      runs(20),
    );
  });
});

describe('lazy greedy', () => {
  const unitCosts = (problem: PlanProblem): PlanProblem => ({
    ...problem,
    measures: problem.measures.map(() => ({
      cost: 1,
      exposure: 0,
      collateral: 0,
      conflicts: [],
      requires: [],
    })),
    actions: problem.actions.map((each, measure) => ({ ...each, measure, partner: -1 })),
    limits: { ...problem.limits, budget: 3, maxExposure: Number.POSITIVE_INFINITY, partnerCapacity: [] },
  });

  it('claims its guarantee only where the effect is submodular, and keeps it', () => {
    let claimed = 0;
    fc.assert(
      fc.property(problemArbitrary({ cycles: true, durations: true, maxActions: 7 }), (random) => {
        const problem = unitCosts(random);
        const greedy = lazyGreedyPlan(problem, planScorer(problem));
        const optimum = Math.max(...allPlans(problem).map((each) => each.value));
        expect(Number.isFinite(greedy.bound)).toBe(isSubmodular(problem.scenarios[0]));
        expect(greedy.bound).toBeGreaterThanOrEqual(optimum - 1e-9);
        if (Number.isFinite(greedy.bound)) claimed += 1;
      }),
      runs(150),
    );
    expect(claimed).toBeGreaterThan(10);
  });
});
