import { join } from 'node:path';
import { readPlanProblem } from '../../src/ingest/plan-problem.reader';
import { PlanningService, type PlanRequest } from '../../src/service/planning/planning.service';
import { planningInput } from '../../src/service/planning/planning-input';
import type { FullPlanReport } from '../../src/service/planning/planning-report';
import { highsSolver } from '../../src/service/solver/highs.solver';

let service: PlanningService;
beforeAll(async () => {
  service = new PlanningService(await highsSolver(), () => performance.now() / 1000);
});

const REQUEST: PlanRequest = { seconds: 20, seed: 0, doubt: 'expected', scenarios: 10, replications: 2 };
const banks = join(__dirname, '../support/plans/spam-banks.json');

/** Two operations on one market each; the police of NL and DE may act, in DE the NL police only after a request. */
const base = {
  horizonDays: 100,
  operations: [
    { id: 'o1', severity: 2, needs: ['r1'] },
    { id: 'o2', severity: 1, needs: ['r2'] },
  ],
  requirements: [
    { id: 'r1', suppliers: [{ component: 'c1' }] },
    { id: 'r2', suppliers: [{ component: 'c2' }] },
  ],
  components: [{ id: 'c1' }, { id: 'c2' }],
  measures: [
    {
      id: 'm1',
      type: 'host-takedown',
      cost: 3,
      jurisdiction: 'DE',
      partnerKinds: ['POLICE'],
      effects: [{ target: 'c1' }],
    },
    {
      id: 'm2',
      type: 'seize-domain',
      cost: 2,
      jurisdiction: 'NL',
      capability: 'SEIZE',
      effects: [{ target: 'c2' }],
    },
  ],
  partners: [{ id: 'police-nl', kind: 'POLICE', jurisdictions: ['NL'], capabilities: ['SEIZE'] }],
  cooperation: [{ from: 'police-nl', to: 'DE', medianDays: 40 }],
  limits: { budget: 10 },
};

function planOf(change: object, request: Partial<PlanRequest> = {}): FullPlanReport {
  const input = planningInput(readPlanProblem('problem.json', JSON.stringify({ ...base, ...change })));
  return service.plan(input, { ...REQUEST, ...request });
}

const ids = (report: FullPlanReport) => report.measures.map((each) => each.id).sort();

describe('plans for a planning problem', () => {
  it('for the spam value chain takes the largest banks, and the loss is their shares', async () => {
    const one = await service.planFile(banks, { ...REQUEST, budget: 1 });
    expect([ids(one), one.objective, one.status, one.of]).toEqual([['stop-a'], 50, 'optimal', 'model']);
    const three = await service.planFile(banks, { ...REQUEST, budget: 3 });
    expect(ids(three)).toEqual(['stop-a', 'stop-b', 'stop-c']);
    expect(three.objective).toBeCloseTo(95, 9);
    const alone = planningInput(readPlanProblem('p', JSON.stringify({ ...base, ...domainsOnly })));
    expect(service.plan(alone, REQUEST).objective).toBeCloseTo(1, 9);
  });

  it('a partner acts at home at once and abroad after the days of cooperation', () => {
    const report = planOf({});
    expect(report.measures).toEqual([
      expect.objectContaining({ id: 'm1', partner: 'police-nl', effectDay: 40, jurisdiction: 'DE' }),
      expect.objectContaining({ id: 'm2', partner: 'police-nl', effectDay: 0 }),
    ]);
    expect(report.objective).toBeCloseTo(2 * 60 + 100, 9);
    expect(report.ceiling).toBe(300);
  });

  it('says for each measure that may not be taken why', () => {
    expect(planOf({ limits: { deadlineDays: 10 } }).excluded).toEqual([{ id: 'm1', reason: 'DEADLINE' }]);
    expect(planOf({ limits: { jurisdictions: ['DE'] } }).excluded).toEqual([
      { id: 'm2', reason: 'JURISDICTION' },
    ]);
    expect(planOf({ limits: { exclude: ['m1'] } }).excluded).toEqual([{ id: 'm1', reason: 'EXCLUDED' }]);
    const bankOnly = {
      partners: [{ id: 'bank', kind: 'BANK', jurisdictions: ['DE', 'NL'] }],
      cooperation: [],
    };
    const none = planOf(bankOnly);
    expect(none.excluded.map((each) => each.reason)).toEqual(['PARTNER', 'PARTNER']);
    expect(none.warnings.map((each) => each.code)).toContain('NO_FEASIBLE_MEASURE');
    expect([none.status, none.objective, ids(none)]).toEqual(['optimal', 0, []]);
  });

  it('with budget 0 the best plan is the empty one, proved', () => {
    const report = planOf({ limits: { budget: 0 } });
    expect([report.status, report.objective, report.gap, ids(report)]).toEqual(['optimal', 0, 0, []]);
  });

  it('when no plan exists names each limit that stands in the way', () => {
    expect(planOf({ limits: { budget: 1, mustTake: ['m1'] } })).toMatchObject({
      status: 'infeasible',
      relax: ['budget', 'mustTake'],
    });
    expect(planOf({ limits: { jurisdictions: ['NL'], mustTake: ['m1'] } }).relax).toEqual([
      'mustTake',
      'jurisdictions',
    ]);
  });

  it('stops when asked to, with the plan so far', () => {
    const report = planOf({}, { interrupt: () => true });
    expect(report.status).toBe('stopped');
    expect(report.bound).toBeGreaterThanOrEqual(report.objective);
  });

  it('has a plan and finite bounds where there is no time to prove anything', async () => {
    const hurried = new PlanningService(await highsSolver(), () => 0);
    const doubtful = base.requirements.map((each) => ({
      ...each,
      suppliers: each.suppliers.map((supplier) => ({ ...supplier, confidence: 0.5 })),
    }));
    const input = planningInput(readPlanProblem('test', JSON.stringify({ ...base, requirements: doubtful })));
    for (const doubt of ['expected', 'asKnown'] as const) {
      const report = hurried.plan(input, { ...REQUEST, doubt, scenarios: 3, seconds: 0 });
      expect(report.status).toBe('feasible');
      expect(report.measures.length).toBeGreaterThan(0);
      expect(report.bound).toBe(report.ceiling);
      expect(report.gap).toBeCloseTo((report.ceiling - report.objective) / report.objective, 9);
      if (report.sample) expect(report.sample.statisticalGapUpper).toBeLessThanOrEqual(report.ceiling);
    }
  });

  it('values partners and jurisdictions by what is lost without them', () => {
    const values = planOf({}, { marginal: true }).marginalValues;
    expect(values).toEqual([
      { kind: 'PARTNER', id: 'police-nl', name: null, value: 220, low: 220, high: 220 },
      { kind: 'JURISDICTION', id: 'DE', name: null, value: 120, low: 120, high: 120 },
      { kind: 'JURISDICTION', id: 'NL', name: null, value: 100, low: 100, high: 100 },
    ]);
  });

  it('a doubtful edge whose truth decides between measures is worth collecting on', () => {
    const requirements = [
      { id: 'r1', suppliers: [{ component: 'c1', confidence: 0.5 }] },
      { id: 'r2', suppliers: [{ component: 'c2' }] },
    ];
    const report = planOf(
      { requirements, cooperation: [], partners: [], limits: { budget: 3 } },
      { doubtfulEdges: true },
    );
    // In doubt m1 gives 100 = m2; knowing that r1 is not met by c1 saves the 100 of m2, knowing that it is gains 100 over m2.
    expect(report.of).toBe('model');
    expect(report.doubtfulEdges?.edges).toEqual([
      expect.objectContaining({ edge: 'r1 is met by c1', confidence: 0.5, value: 50, flips: true }),
    ]);
  });

  it('finds the cheapest takedown, and names operations out of reach', () => {
    const both = planOf({}, { takedown: { operations: ['o1', 'o2'], minDowntimeDays: 30 } });
    expect([ids(both), both.cost, both.status]).toEqual([['m1', 'm2'], 5, 'optimal']);
    const poor = planOf(
      { limits: { budget: 4 } },
      { takedown: { operations: ['o1', 'o2'], minDowntimeDays: 30 } },
    );
    expect([poor.status, poor.relax]).toEqual(['infeasible', ['budget']]);
    const never = planOf(
      { limits: { exclude: ['m1'] } },
      { takedown: { operations: ['o1'], minDowntimeDays: 30 } },
    );
    expect([never.status, never.outOfReach, never.relax]).toEqual(['infeasible', ['o1'], []]);
    expect(() => planOf({}, { takedown: { operations: ['o9'], minDowntimeDays: 1 } })).toThrow(
      expect.objectContaining({ code: 'OPERATION_NOT_FOUND' }),
    );
  });

  it('takes common causes, autonomy, unreachable components and customers of a component as documented', () => {
    const shared = planOf({
      commonCauses: [{ id: 'backend', members: ['c1', 'c2'] }],
      limits: { budget: 2 },
    });
    expect([ids(shared), shared.objective]).toEqual([['m2'], 300]);
    const dependencies = [{ from: 'c1', to: 'c2', autonomousDays: 30 }];
    expect(planOf({ dependencies, limits: { budget: 2 } }).objective).toBeCloseTo(100 + 2 * 70, 9);
    const components = [{ id: 'c1', reach: 'UNREACHABLE' }, { id: 'c2' }];
    const out = planOf({ components });
    expect([ids(out), out.warnings.map((each) => each.code)]).toEqual([['m2'], ['UNREACHABLE_TARGET']]);
    const demand = [
      { id: 'd', cost: 1, effects: [{ effect: 'DEMAND', target: 'c1', strength: 0.4, holdDays: 50 }] },
    ];
    expect(planOf({ measures: demand }).objective).toBeCloseTo(2 * 0.4 * 50, 9);
  });

  it('reports frontier, alternatives and simulation beside the plan', () => {
    const report = planOf({}, { frontier: true, alternatives: 2, simulationRuns: 4 });
    expect(report.frontier?.points.map((each) => [each.cost, each.objective])).toEqual([
      [0, 0],
      [2, 100],
      [3, 120],
      [5, 220],
    ]);
    expect(report.alternatives?.map((each) => each.objective)).toEqual([120, 100]);
    expect(report.simulation).toMatchObject({ runs: 4, mean: 220, standardError: 0 });
  });

  it('reports the plan before it is proved, and what is found before the rest is', () => {
    const reports: FullPlanReport[] = [];
    const onReport = (report: FullPlanReport) => reports.push(report);
    for (const doubt of ['expected', 'asKnown'] as const) {
      const last = planOf({}, { doubt, frontier: true, alternatives: 1, marginal: true, onReport });
      const [first, ...rest] = reports.splice(0);
      expect(first.status).toBe('stopped');
      expect(ids(first)).toEqual(['m1', 'm2']);
      expect(first.bound).toBe(first.ceiling);
      const { marginalValues: _missing, seconds: _later, ...known } = last;
      const { seconds: _before, ...before } = rest[rest.length - 1];
      expect(before).toEqual(known);
      expect(rest.some((each) => each.status === 'optimal' && each.frontier === undefined)).toBe(true);
    }
  });

  it('of a plan that cannot be reports none before', () => {
    const reports: FullPlanReport[] = [];
    const limits = { budget: 1, mustTake: ['m1'] };
    expect(planOf({ limits }, { onReport: (report) => reports.push(report) }).status).toBe('infeasible');
    expect(reports).toEqual([]);
  });

  it('of a file refuses to search for no time at all', async () => {
    for (const seconds of [0, -1, Number.NaN]) {
      await expect(service.planFile(banks, { ...REQUEST, seconds })).rejects.toMatchObject({
        code: 'BAD_INPUT',
        message: expect.stringContaining('seconds'),
      });
    }
  });

  it('says what it is doing, sample by sample and extra by extra', () => {
    const phases: string[] = [];
    const onPhase = (phase: string) => phases.push(phase);
    planOf({}, { doubt: 'expected', replications: 2, frontier: true, alternatives: 1, onPhase });
    expect(phases.slice(0, 5)).toEqual([
      'seeking the best as known',
      'drawing sample 1 of 2',
      'stating the programme',
      'seeking a first plan',
      'solving the programme',
    ]);
    expect(phases).toContain('tracing the frontier: solving the programme');
    expect(phases.indexOf('tracing the frontier')).toBeLessThan(phases.indexOf('seeking other plans'));
  });
});

const domainsOnly = {
  operations: [{ id: 'spam', severity: 1, needs: ['r'] }],
  requirements: [{ id: 'r', suppliers: [{ component: 'domains' }] }],
  components: [{ id: 'domains', detectDays: 0.5, setupDays: 0.5 }],
  measures: [{ id: 'seize', cost: 1, effects: [{ target: 'domains' }] }],
  partners: [],
  cooperation: [],
};
