/** The programme against the day-by-day definition, plan by plan: what it promises, not what is found with it. */
import fc from 'fast-check';
import type { MilpSolver } from '../../src/analysis/optimise/milp-model';
import { type PlanProblem, planScorer } from '../../src/analysis/optimise/plan-problem';
import { type PlanProgramme, planProgramme } from '../../src/analysis/optimise/plan-programme';
import { highsSolver } from '../../src/service/solver/highs.solver';
import { naiveEffect } from '../support/naive-effect';
import { EVERY_FEATURE, problemArbitrary } from '../support/plan-arbitrary';
import { keepsLimits } from '../support/plan-brute-force';

let solver: MilpSolver;
beforeAll(async () => {
  solver = await highsSolver();
});

/** What the programme promises of a plan: its value with the actions fixed. */
function promised(programme: PlanProgramme, actions: readonly number[]): number {
  const model = programme.builder.model();
  programme.columns.forEach((column, a) => {
    model.colLower[column] = actions.includes(a) ? 1 : 0;
    model.colUpper[column] = model.colLower[column];
  });
  const outcome = solver.solve(model, { seconds: 20, relativeGap: 0, seed: 0 });
  expect(outcome.status).toBe('optimal');
  return outcome.objective;
}

const worth = (problem: PlanProblem, actions: readonly number[]): number =>
  naiveEffect(problem.scenarios[0].system, actions).objective;

/** A problem with plans that keep its limits, the first and the second drawn. */
const withPlans = (features: Parameters<typeof problemArbitrary>[0]) =>
  problemArbitrary(features).chain((problem) => {
    const plan = fc
      .subarray([...problem.actions.keys()])
      .map((actions) => (keepsLimits(problem, actions) ? actions : []));
    return fc.record({ problem: fc.constant(problem), first: plan, second: plan });
  });

describe('the programme promises of every plan', () => {
  it('just its effect where it says that nothing is only bounded, cycles and k-of-n included', () => {
    const rings = { cycles: true, nestedNeeds: true, maxActions: 8 };
    const problems = fc.oneof(withPlans(rings), withPlans({ ...rings, durations: true, grace: true }));
    fc.assert(
      fc.property(problems, ({ problem, first }) => {
        const programme = planProgramme(problem);
        const value = promised(programme, first);
        if (programme.bounds.length === 0) expect(value).toBeCloseTo(worth(problem, first), 5);
        else expect(value).toBeGreaterThanOrEqual(worth(problem, first) - 1e-6);
      }),
      { numRuns: 250 },
    );
  });

  it('no less than its effect, whatever plan a cut was made at, and just the effect of that plan', () => {
    fc.assert(
      fc.property(withPlans({ ...EVERY_FEATURE, maxActions: 6 }), ({ problem, first, second }) => {
        const programme = planProgramme(problem, 0);
        const { byScenario } = planScorer(problem).score(first);
        for (const bound of programme.bounds)
          programme.cut(bound, first, byScenario[bound.scenario][bound.operation]);
        expect(promised(programme, first)).toBeCloseTo(worth(problem, first), 5);
        expect(promised(programme, second)).toBeGreaterThanOrEqual(worth(problem, second) - 1e-6);
      }),
      { numRuns: 200 },
    );
  });
});
