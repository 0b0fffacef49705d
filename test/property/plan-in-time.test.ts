/** What a search for plans does with its time: clocks and solvers of these tests are as slow as a test needs them. */
import fc from 'fast-check';
import { expandActions } from '../../src/analysis/optimise/action-expansion';
import { bestPlan } from '../../src/analysis/optimise/best-plan';
import { cutSetGreedy } from '../../src/analysis/optimise/cut-set-greedy';
import type { MilpControls, MilpOutcome, MilpSolver } from '../../src/analysis/optimise/milp-model';
import { nextPlans } from '../../src/analysis/optimise/next-plans';
import { paretoFrontier } from '../../src/analysis/optimise/pareto-frontier';
import { brokenLimits } from '../../src/analysis/optimise/plan-limits';
import { type PlanProblem, planScorer } from '../../src/analysis/optimise/plan-problem';
import { trimmed } from '../../src/analysis/optimise/plan-trimming';
import type { PlanningModel } from '../../src/analysis/optimise/planning-model';
import { type SampleAveragePlan, sampleAveragePlan } from '../../src/analysis/optimise/sample-average';
import { scenarioProblem } from '../../src/analysis/optimise/scenario-sample';
import { EVERY_FEATURE, problemArbitrary, recordsArbitrary } from '../support/plan-arbitrary';
import { modelOf } from '../support/plan-model';

const SMALL = { ...EVERY_FEATURE, maxActions: 6 };
const SAMPLE = { scenarios: 12, replications: 3, testScenarios: 100 };

/** Models with more doubt than is enumerated. */
const doubtfulModels = fc
  .record({
    records: recordsArbitrary(SMALL),
    doubts: fc.array(fc.double({ min: 0.2, max: 0.9, noNaN: true }), { minLength: 30, maxLength: 30 }),
    budget: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ records, doubts, budget }) => modelOf(records, doubts, budget));

const doubtful = (): PlanningModel =>
  modelOf(fc.sample(recordsArbitrary(SMALL), { numRuns: 1, seed: 11 })[0], Array(30).fill(0.6), 2);

const greedyAsKnown = (model: PlanningModel): number[] => {
  const known = scenarioProblem(model, expandActions(model), { kind: 'asKnown' });
  return cutSetGreedy(known, planScorer(known));
};

/** A clock that stands still unless it is moved on. */
function handClock(): { now: () => number; pass: (seconds: number) => void } {
  let seconds = 0;
  return {
    now: () => seconds,
    pass: (more) => {
      seconds += more;
    },
  };
}

/** A clock that a second passes on whenever it is read. */
function racingClock(): () => number {
  let seconds = 0;
  return () => seconds++;
}

/** A solver that finds no plan; it works until it is stopped, a second at a time, with the bound it has by then. */
function slowSolver(
  pass: (seconds: number) => void,
  boundAt: (seconds: number) => number,
): MilpSolver & { readonly solves: number[] } {
  const solves: number[] = [];
  return {
    name: 'slow',
    solves,
    solve(_model, { seconds, interrupt }: MilpControls): MilpOutcome {
      let spent = 0;
      while (spent < seconds && interrupt?.(boundAt(spent)) !== true) {
        pass(1);
        spent += 1;
      }
      solves.push(spent);
      const values = new Float64Array(0);
      const bound = boundAt(spent);
      return {
        status: 'stopped',
        objective: Number.NaN,
        bound,
        values,
        nodes: 0,
        wasInterrupted: spent < seconds,
      };
    },
  };
}

const unused: MilpSolver = {
  name: 'unused',
  solve() {
    throw new Error('there is no time to solve anything');
  },
};

/** The first sample of a model, and what a plan does in it. */
const inFirstSample = (model: PlanningModel, actions: readonly number[]): number =>
  planScorer(
    scenarioProblem(model, expandActions(model), { kind: 'sample', count: SAMPLE.scenarios, seed: 0 }),
  ).objective(actions);

describe('a plan without time', () => {
  it('of a sample does at least as much as what gains most as known', () => {
    fc.assert(
      fc.property(doubtfulModels, fc.constantFrom(0, 1e12), (model, largeFrom) => {
        const { now, pass } = handClock();
        // Time is over before gains are sought on the sample: they would find a step, and no more.
        const onPhase = (phase: string) => pass(phase.endsWith('stating the programme') ? 100 : 0);
        const hurried = sampleAveragePlan(model, unused, { ...SAMPLE, seconds: 60, now, onPhase, largeFrom });
        const known = inFirstSample(model, greedyAsKnown(model));
        expect(hurried.plan.objective).toBeGreaterThanOrEqual(known * (1 - 1e-9) - 1e-9);
        expect(hurried.plan.status).toBe('feasible');
      }),
      { numRuns: 150 },
    );
  });

  it('is not empty while one measure would gain, however fast time passes', () => {
    fc.assert(
      fc.property(
        problemArbitrary(SMALL),
        doubtfulModels,
        fc.constantFrom(0, 1e12),
        (given, model, largeFrom) => {
          const gains = (problem: PlanProblem): boolean =>
            problem.actions.some(
              (_, a) => brokenLimits(problem, [a]).length === 0 && planScorer(problem).objective([a]) > 1e-6,
            );
          const problem = { ...given, limits: { ...given.limits, mustTake: [] } };
          const alone = bestPlan(problem, unused, { seconds: 0.5, now: racingClock(), largeFrom });
          if (gains(problem)) expect(alone.objective).toBeGreaterThan(0);
          const options = { ...SAMPLE, seconds: 0.5, now: racingClock(), largeFrom };
          const sampled = sampleAveragePlan(model, unused, options);
          if (gains(sampled.problem)) expect(sampled.plan.objective).toBeGreaterThan(0);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is tested on ten fresh scenarios at least, and on as many more as there is time for', () => {
    const model = doubtful();
    const fresh = (actions: readonly number[], count: number): number =>
      planScorer(
        scenarioProblem(model, expandActions(model), { kind: 'sample', count, seed: -7919 }),
      ).objective(actions);
    const { now, pass } = handClock();
    const onPhase = (phase: string) => pass(phase.startsWith('testing') ? 100 : 0);
    const solver = slowSolver(pass, () => 1);
    const late = sampleAveragePlan(model, solver, { ...SAMPLE, seconds: 60, now, onPhase });
    expect(late.expected).toBeCloseTo(fresh(late.plan.actions, 10), 9);
    const calm = sampleAveragePlan(model, solver, { ...SAMPLE, seconds: 60, now });
    expect(calm.expected).toBeCloseTo(fresh(calm.plan.actions, SAMPLE.testScenarios), 9);
    expect(late.halfWidth).toBeGreaterThan(calm.halfWidth);
  });
});

describe('the time of several samples', () => {
  const plan = (boundAt: (seconds: number) => number): { sampled: SampleAveragePlan; solves: number[] } => {
    const { now, pass } = handClock();
    const solver = slowSolver(pass, boundAt);
    const sampled = sampleAveragePlan(doubtful(), solver, { ...SAMPLE, seconds: 90, now });
    return { sampled, solves: solver.solves };
  };

  it("is the first one's whole while it has no bound", () => {
    for (const bound of [Number.POSITIVE_INFINITY, 1e9]) {
      const { sampled, solves } = plan(() => bound);
      expect(solves).toEqual([77]);
      expect([sampled.replications, sampled.plan.status]).toEqual([1, 'feasible']);
    }
  });

  it("is shared where each has a bound by its share, and what a late bound took is not the others'", () => {
    const early = plan(() => 0);
    expect(early.solves).toHaveLength(3);
    expect(early.sampled.replications).toBe(3);
    for (const seconds of early.solves) expect(Math.abs(seconds - 27)).toBeLessThanOrEqual(1);
    const late = plan((seconds) => (seconds < 60 ? 1e9 : 0));
    expect(late.solves[0]).toBe(60);
    expect(late.sampled.replications).toBe(1);
    expect(late.sampled.plan.status).toBe('optimal');
  });

  it('shows which sample is worked on', () => {
    const { now, pass } = handClock();
    const phases: string[] = [];
    const onPhase = (phase: string) => phases.push(phase);
    sampleAveragePlan(
      doubtful(),
      slowSolver(pass, () => 0),
      { ...SAMPLE, seconds: 90, now, onPhase },
    );
    const parts = ['stating the programme', 'seeking a first plan', 'solving the programme'];
    expect(phases).toEqual([
      'seeking the best as known',
      ...[1, 2, 3].flatMap((i) => [
        `drawing sample ${i} of 3`,
        ...parts.map((part) => `sample ${i} of 3: ${part}`),
      ]),
      'testing on fresh scenarios',
    ]);
  });
});

describe('what is asked beside a plan', () => {
  it('ends with the plan itself where nothing is left of the time', () => {
    fc.assert(
      fc.property(problemArbitrary(SMALL), (given) => {
        const problem = { ...given, limits: { ...given.limits, mustTake: [] } };
        const startFrom = cutSetGreedy(problem, planScorer(problem));
        const objective = planScorer(problem).objective(startFrom);
        const options = { seconds: 0, now: () => 0, startFrom };
        const frontier = paretoFrontier(problem, unused, options);
        expect(frontier.isComplete).toBe(false);
        expect(frontier.points).toHaveLength(1);
        expect(frontier.points[0].objective).toBeCloseTo(objective, 9);
        const plans = nextPlans(problem, unused, { ...options, count: 4 });
        expect(plans.map((each) => each.objective)).toEqual([frontier.points[0].objective]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('leaving out what adds nothing', () => {
  it('keeps the effect, leaves nothing in that could go, and ends when it is told to', () => {
    fc.assert(
      fc.property(problemArbitrary(SMALL), fc.nat(4), (given, polls) => {
        const measures = given.measures.map((each) => ({ ...each, conflicts: [], requires: [] }));
        const NONE = Number.POSITIVE_INFINITY;
        const limits = { ...given.limits, budget: NONE, maxMeasures: NONE, maxExposure: NONE, mustTake: [] };
        const partnerCapacity = given.limits.partnerCapacity.map(() => NONE);
        const free = { ...given, measures, limits: { ...limits, maxCollateral: NONE, partnerCapacity } };
        const scorer = planScorer(free);
        const seen = new Set<number>();
        const all = [...free.actions.keys()].filter((a) => {
          const { measure } = free.actions[a];
          return !seen.has(measure) && seen.add(measure);
        });
        const whole = scorer.objective(all);
        const kept = trimmed(free, all, whole, { isOver: () => false });
        expect(scorer.objective(kept)).toBeGreaterThanOrEqual(whole * (1 - 1e-9));
        for (const a of kept) {
          const without = scorer.objective(kept.filter((each) => each !== a));
          expect(without).toBeLessThan(scorer.objective(kept));
        }
        let polled = 0;
        const cut = trimmed(free, all, whole, { isOver: () => polled++ >= polls });
        expect(all.length - cut.length).toBeLessThanOrEqual(polls);
        expect(scorer.objective(cut)).toBeGreaterThanOrEqual(whole * (1 - 1e-9));
      }),
      { numRuns: 100 },
    );
  });
});
