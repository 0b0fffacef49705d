import fc from 'fast-check';
import { simulatePlan } from '../../src/analysis/effect/plan-simulation';
import { expandActions } from '../../src/analysis/optimise/action-expansion';
import { bestPlan } from '../../src/analysis/optimise/best-plan';
import { doubtfulEdges, informationValue, settled } from '../../src/analysis/optimise/information-value';
import type { MilpSolver } from '../../src/analysis/optimise/milp-model';
import { minimumCostTakedown } from '../../src/analysis/optimise/minimum-cost-takedown';
import { type ModelInPlay, modelInPlay } from '../../src/analysis/optimise/model-in-play';
import { brokenLimits } from '../../src/analysis/optimise/plan-limits';
import { planCost, planScorer } from '../../src/analysis/optimise/plan-problem';
import type { PlanningModel } from '../../src/analysis/optimise/planning-model';
import { sampleAveragePlan } from '../../src/analysis/optimise/sample-average';
import { drawnScenario, scenarioProblem } from '../../src/analysis/optimise/scenario-sample';
import { highsSolver } from '../../src/service/solver/highs.solver';
import { naiveEffect } from '../support/naive-effect';
import { recordsArbitrary, type SystemFeatures } from '../support/plan-arbitrary';
import { modelOf } from '../support/plan-model';

let solver: MilpSolver;
beforeAll(async () => {
  solver = await highsSolver();
});

const now = () => performance.now() / 1000;
const NEVER = Number.POSITIVE_INFINITY;

/** A model of which nothing is left out. */
function everything({ measures, components, requirements, dependencies }: PlanningModel): ModelInPlay {
  const all = (list: readonly unknown[]): number[] => [...list.keys()];
  return {
    measures: new Set(all(measures)),
    components: all(components),
    requirements: all(requirements),
    dependencies: all(dependencies),
    componentAt: Int32Array.from(all(components)),
    requirementAt: Int32Array.from(all(requirements)),
  };
}

const FEATURES: SystemFeatures = {
  cycles: true,
  durations: true,
  shares: true,
  nestedNeeds: true,
  grace: true,
  maxActions: 5,
};
const doubtful = (count: number) =>
  fc.array(fc.constantFrom(0.2, 0.5, 0.9), { minLength: count, maxLength: count });
const models = (count: number) =>
  fc
    .record({
      records: recordsArbitrary(FEATURES),
      doubts: doubtful(count),
      budget: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ records, doubts, budget }) => modelOf(records, doubts, budget));

describe('plans in doubt', () => {
  it('with few doubts the expected effect is exact: all worlds are weighed, and the best plan is brute force', () => {
    fc.assert(
      fc.property(models(3), (model) => {
        const expansion = expandActions(model);
        const problem = scenarioProblem(model, expansion, { kind: 'sample', count: 8, seed: 1 });
        expect(problem.of).toBe('model');
        expect(problem.scenarios.reduce((sum, each) => sum + each.weight, 0)).toBeCloseTo(1, 12);
        let optimum = 0;
        for (let mask = 0; mask < 1 << problem.actions.length; mask += 1) {
          const actions = [...problem.actions.keys()].filter((a) => ((mask >> a) & 1) === 1);
          if (actions.length > model.limits.budget) continue;
          const value = problem.scenarios.reduce((sum, { system, isLive, weight }) => {
            const live = actions.filter((a) => isLive[a] === 1);
            return sum + weight * naiveEffect(system, live).objective;
          }, 0);
          optimum = Math.max(optimum, value);
        }
        const plan = bestPlan(problem, solver, { seconds: 20, now });
        expect(plan.status).toBe('optimal');
        expect(plan.objective).toBeCloseTo(optimum, 4);
      }),
      { numRuns: 15 },
    );
  });

  it('a certain edge made doubtful never raises the guaranteed value', () => {
    fc.assert(
      fc.property(models(4), fc.nat(10), (model, pick) => {
        const edges = doubtfulEdges(model);
        fc.pre(edges.length > 0);
        const { edge } = edges[pick % edges.length];
        const guaranteed = (each: PlanningModel): number => {
          const problem = scenarioProblem(each, expandActions(each), { kind: 'guaranteed' });
          return bestPlan(problem, solver, { seconds: 20, now }).objective;
        };
        expect(guaranteed(model)).toBeLessThanOrEqual(guaranteed(settled(model, edge, true)) + 1e-6);
      }),
      { numRuns: 20 },
    );
  });

  it('the guaranteed value is kept in every world that can be drawn', () => {
    fc.assert(
      fc.property(models(5), fc.nat(1000), (model, seed) => {
        const expansion = expandActions(model);
        const problem = scenarioProblem(model, expansion, { kind: 'guaranteed' });
        const plan = bestPlan(problem, solver, { seconds: 20, now });
        for (let stream = 0; stream < 10; stream += 1) {
          const world = drawnScenario(model, expansion, seed, stream);
          const live = plan.actions.filter((a) => world.isLive[a] === 1);
          expect(naiveEffect(world.system, live).objective).toBeGreaterThanOrEqual(plan.objective - 1e-6);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('knowing an edge is never worth less than nothing, and nothing where no doubt is left', () => {
    fc.assert(
      fc.property(models(2), (model) => {
        const choice = { kind: 'sample', count: 8, seed: 1 } as const;
        const { edges, isComplete } = informationValue(model, solver, { seconds: 20, now, choice });
        expect(isComplete).toBe(true);
        expect(edges).toHaveLength(doubtfulEdges(model).length);
        for (const each of edges) {
          expect(each.value).toBeGreaterThanOrEqual(0);
          expect(each.value > 1e-5 && !each.flips).toBe(false);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('what measures cannot change has no part in what they do', () => {
    const every = recordsArbitrary({ ...FEATURES, latent: true, rebuilding: true, otherEffects: true });
    fc.assert(
      fc.property(every, doubtful(6), fc.nat(), fc.nat(31), (records, doubts, seed, mask) => {
        const model = modelOf(records, doubts, 5);
        const expansion = expandActions(model);
        const taken = [...expansion.actions.keys()].filter((a) => ((mask >> a) & 1) === 1);
        const measures = taken.map((a) => expansion.actions[a].measure);
        const parts = [
          modelInPlay(model, measures),
          modelInPlay(model, model.measures.keys()),
          everything(model),
        ];
        const [own, all, uncut] = parts.map((play) => {
          const { system, isLive } = drawnScenario(model, expansion, seed, 3, play);
          return naiveEffect(
            system,
            taken.filter((a) => isLive[a] === 1),
          ).objective;
        });
        expect(own).toBeCloseTo(uncut, 9);
        expect(all).toBeCloseTo(uncut, 9);
      }),
      { numRuns: 200 },
    );
  });

  it('a sample says it is one, and its plan is judged on fresh scenarios that the simulation agrees with', () => {
    const records = fc.sample(recordsArbitrary(FEATURES), { numRuns: 1, seed: 11 })[0];
    const model = modelOf(records, [0.5, 0.4, 0.6, 0.5, 0.7, 0.5, 0.5, 0.8, 0.5], 2);
    const sampled = sampleAveragePlan(model, solver, {
      seconds: 20,
      now,
      scenarios: 20,
      replications: 3,
      testScenarios: 400,
    });
    expect(sampled.plan.of).toBe('sample');
    const expansion = expandActions(model);
    const scenarioOf = (run: number) => drawnScenario(model, expansion, 99, run);
    const simulated = simulatePlan(sampled.plan.actions, scenarioOf, { runs: 400 });
    const tolerance = 3 * (sampled.halfWidth / 1.96 + simulated.standardError);
    expect(Math.abs(simulated.mean - sampled.expected)).toBeLessThanOrEqual(tolerance + 1e-9);
    expect(sampled.halfWidth).toBeGreaterThan(0);
    const drawn = (seed: number, count: number) =>
      scenarioProblem(model, expansion, { kind: 'sample', count, seed });
    const fresh = planScorer(drawn(-7919, 400));
    for (const replication of [0, 1, 2]) {
      const { actions } = bestPlan(drawn(7919 * replication, 20), solver, { seconds: 20, now });
      expect(sampled.expected).toBeGreaterThanOrEqual(fresh.objective(actions) - 1e-9);
    }
  });

  it('begins a large sample with what is best as known, and has that plan when there is no time for more', () => {
    const records = fc.sample(recordsArbitrary(FEATURES), { numRuns: 1, seed: 11 })[0];
    const model = modelOf(records, [0.5, 0.4, 0.6, 0.5, 0.7, 0.5, 0.5, 0.8, 0.5], 2);
    const shared = { scenarios: 20, replications: 3, testScenarios: 100, largeFrom: 0 };
    const hurried = sampleAveragePlan(model, solver, { ...shared, seconds: 0, now: () => 0 });
    expect(hurried.plan.actions.length).toBeGreaterThan(0);
    expect(hurried.replications).toBe(1);
    expect(hurried.statisticalGapUpper).not.toBeNaN();
    const calm = sampleAveragePlan(model, solver, { ...shared, seconds: 20, now });
    const usual = sampleAveragePlan(model, solver, { ...shared, seconds: 20, now, largeFrom: 1e12 });
    expect(calm.plan.objective).toBeCloseTo(usual.plan.objective, 6);
  });
});

describe('the cheapest full takedown', () => {
  it('is the minimum over all sets of actions that stop the operations, by the day-by-day definition', () => {
    let reached = 0;
    fc.assert(
      fc.property(
        recordsArbitrary({ cycles: true, nestedNeeds: true, maxActions: 7 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 7, maxLength: 7 }),
        (records, costs) => {
          const vital = {
            ...records,
            horizonDays: 1,
            discountPerDay: 0,
            requirements: records.requirements.map((each) => ({ ...each, criticality: 1 })),
          };
          const base = modelOf(vital, [], 100);
          const model = { ...base, measures: base.measures.map((each, m) => ({ ...each, cost: costs[m] })) };
          const problem = scenarioProblem(model, expandActions(model), { kind: 'asKnown' });
          const operations = [0];
          const takedown = minimumCostTakedown(problem, solver, {
            seconds: 20,
            now,
            operations,
            minDowntimeDays: 30,
          });
          let cheapest = NEVER;
          for (let mask = 0; mask < 1 << problem.actions.length; mask += 1) {
            const actions = [...problem.actions.keys()].filter((a) => ((mask >> a) & 1) === 1);
            const { severityLost } = naiveEffect(vital, actions);
            if (severityLost[0] < vital.operations[0].severity - 1e-9) continue;
            cheapest = Math.min(cheapest, planCost(problem, actions));
          }
          if (cheapest === NEVER) {
            expect(takedown.status).toBe('infeasible');
            expect(takedown.outOfReach).toEqual(operations);
            return;
          }
          reached += 1;
          expect(takedown.status).toBe('optimal');
          expect(takedown.cost).toBe(cheapest);
          expect(brokenLimits(problem, takedown.actions)).toEqual([]);
          expect(planScorer(problem).objective(takedown.actions)).toBeGreaterThan(0);
        },
      ),
      { numRuns: 50 },
    );
    expect(reached).toBeGreaterThan(10);
  });
});
