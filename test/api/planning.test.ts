import { useApi } from '../support/api-server';
import * as eco from '../support/planning-ecosystem';
import { node, relationship } from '../support/values';

interface Frontier {
  readonly points: readonly { readonly cost: number; readonly objective: number }[];
}
interface Run {
  readonly id: string;
  readonly status: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly result: { readonly [field: string]: unknown; readonly frontier?: Frontier } | null;
}

const RUN = 'id kind status error { code message }';
const PLAN = `result { method exactness isStopped graphVersion ... on PlanResult {
  cost budget objective bound gap status of ceiling
  measures { id name type targetId target { __typename name } jurisdiction partnerName partner { name } effectDay pSuccess legalBasis instrument }
  operations { id name operation { name } downtimeDays severityLost }
  excluded { id reason } assumptions { code subject } warnings { code }
  alternatives { objective measures { targetId } } marginalValues { kind name value }
  frontier { points { cost objective } isComplete } simulation { mean p5 p95 } } }`;
const OPTIMISE = `mutation($scope: PlanScopeInput, $limits: PlanLimitsInput, $scenario: PlanScenarioInput, $takedown: TakedownInput,
  $alternatives: Int, $marginal: Boolean, $simulationRuns: Int, $frontier: Boolean, $doubt: Doubt = AS_KNOWN) {
  run: optimiseDisruption(scope: $scope, limits: $limits, scenario: $scenario, takedown: $takedown, doubt: $doubt,
    alternatives: $alternatives, marginal: $marginal, simulationRuns: $simulationRuns, frontier: $frontier,
    waitSeconds: 30) { ${RUN} ${PLAN} } }`;

describe('planning over the API', () => {
  const api = useApi({ ATLAS_WORKERS: '1', ATLAS_ANALYSIS_SECONDS: '100' });
  beforeAll(() => api().services.writes.write(eco.SMALL_ECOSYSTEM, { kind: 'TEST', actor: 'test' }));
  const codeOf = async (query: string, variables = {}): Promise<string> =>
    (await api().codes(query, variables))[0];
  const optimise = async (variables = {}): Promise<Run> =>
    (await api().data<{ run: Run }>(OPTIMISE, variables)).run;

  it('finds the best plan, with who takes each measure, on what basis, and a certificate', async () => {
    const { status, result } = await optimise({ limits: { budget: 4 } });
    expect(status).toBe('DONE');
    expect(result).toMatchObject({
      exactness: 'EXACT',
      isStopped: false,
      graphVersion: 1,
      status: 'OPTIMAL',
      of: 'MODEL',
      cost: 4,
      budget: 4,
      measures: [
        {
          type: 'HOST_TAKEDOWN',
          target: { __typename: 'FinancialChannel', name: 'mixer one' },
          jurisdiction: 'NL',
          partnerName: 'Dutch police',
          partner: { name: 'Dutch police' },
          effectDay: 30,
          legalBasis: 'warrant',
          instrument: null,
        },
      ],
      operations: [{ id: eco.attack.id, operation: { name: 'attack' } }],
      assumptions: expect.arrayContaining([{ code: 'RECOVERY_ASSUMED', subject: eco.owner.id }]),
    });
  }, 240_000);

  it('gives the frontier, alternatives, marginal values and a simulation where they are asked for', async () => {
    const { result } = await optimise({
      limits: { budget: 9 },
      frontier: true,
      alternatives: 1,
      marginal: true,
      simulationRuns: 50,
    });
    const points = result?.frontier?.points ?? [];
    expect(points.length).toBeGreaterThan(1);
    for (let i = 1; i < points.length; i += 1) {
      expect(points[i].cost).toBeGreaterThan(points[i - 1].cost);
      expect(points[i].objective).toBeGreaterThan(points[i - 1].objective);
    }
    expect(result?.alternatives).toHaveLength(1);
    expect(result?.marginalValues).toContainEqual(
      expect.objectContaining({ kind: 'PARTNER', name: 'Dutch police', value: result?.objective }),
    );
    expect(result?.simulation).toHaveProperty('p95');
  }, 240_000);

  it('averages over doubt by default, and says of what the certificate is', async () => {
    const { result } = await optimise({ limits: { budget: 4 }, doubt: 'EXPECTED' });
    expect(result).toMatchObject({ of: 'SAMPLE', exactness: 'ESTIMATE' });
  }, 240_000);

  it('supposes what a scenario adds', async () => {
    const cheap = node('Measure', 'cheap');
    const scenario = {
      addNodes: [{ measure: { id: cheap.id, name: 'cheap', measureType: 'HOST_TAKEDOWN', cost: 1 } }],
      addRelationships: [{ against: { from: cheap.id, to: eco.mixerOne.id } }],
    };
    const { result } = await optimise({ limits: { budget: 1, measureTypes: ['HOST_TAKEDOWN'] }, scenario });
    expect(result).toMatchObject({ cost: 1, measures: [{ name: 'cheap' }] });
  }, 240_000);

  it('finds the cheapest takedown, and says where there is none', async () => {
    const { result } = await optimise({ takedown: { operationIds: [eco.attack.id], minDowntimeDays: 8 } });
    expect(result).toMatchObject({ status: 'OPTIMAL', cost: 4 });
    const never = await optimise({ takedown: { operationIds: [eco.attack.id], minDowntimeDays: 3000 } });
    expect(never).toMatchObject({ status: 'FAILED', error: { code: 'PLAN_INFEASIBLE' } });
  }, 240_000);

  it('refuses bad input at once, and what cannot be planned by the run', async () => {
    expect(await codeOf(OPTIMISE, { limits: { budget: -1 } })).toBe('BAD_INPUT');
    expect(await codeOf(OPTIMISE, { limits: { partners: ['nobody'] } })).toBe('PARTNER_NOT_FOUND');
    const id = `host-takedown ${eco.mixerOne.id} NL`;
    expect(await codeOf(OPTIMISE, { limits: { mustTake: [id], partners: ['vendor'] } })).toBe(
      'MEASURE_NOT_LAWFUL',
    );
    const none = await optimise({ limits: { budget: 0 } });
    expect(none).toMatchObject({ status: 'FAILED', error: { code: 'PLAN_NO_MEASURE' } });
    expect(none.error?.message).toContain('budget');
  }, 240_000);

  it('finds the frontier and simulates as jobs of their own; a cancelled job says so', async () => {
    const { frontier } = await api().data<{ frontier: Run }>(
      `mutation { frontier: planFrontier(limits: { budget: 9 }, doubt: AS_KNOWN, waitSeconds: 30) {
        ${RUN} result { ... on PlanFrontierResult { frontier { points { cost } isComplete } } } } }`,
    );
    expect(frontier.result).toMatchObject({ frontier: { isComplete: true } });
    const id = `host-takedown ${eco.mixerOne.id} NL`;
    const simulate = `mutation($measures: [ID!]!, $runs: Int, $wait: Float, $limits: PlanLimitsInput) {
      run: simulateDisruption(measures: $measures, runs: $runs, waitSeconds: $wait, limits: $limits, behaviours: { learning: 0.5 }) {
        ${RUN} result { ... on SimulationResult { runs mean p5 p50 p95 closedForm measures { id effectDay } operations { name } } } } }`;
    const { run } = await api().data<{ run: Run }>(simulate, { measures: [id], runs: 100, wait: 30 });
    expect(run.result).toMatchObject({
      runs: 100,
      measures: [{ id, effectDay: 30 }],
      operations: [{ name: 'attack' }],
    });
    expect(await api().codes(simulate, { measures: ['x'], runs: 1 })).toEqual(['MEASURE_NOT_FOUND']);
    const excluded = { measures: [id], runs: 1, wait: 30, limits: { exclude: [id] } };
    expect((await api().data<{ run: Run }>(simulate, excluded)).run.error?.code).toBe(
      'PLAN_MEASURE_EXCLUDED',
    );
    const { run: long } = await api().data<{ run: Run }>(simulate, {
      measures: [id],
      runs: 2_000_000,
      wait: 0,
    });
    const { cancelled } = await api().data<{ cancelled: Run }>(
      `mutation($id: ID!) { cancelled: cancelAnalysis(id: $id) { ${RUN} } }`,
      { id: long.id },
    );
    expect(cancelled.status).toBe('CANCELLED');
  }, 240_000);

  it('tells who can act on a component, and why nobody can', async () => {
    const query = `query($id: ID!, $partners: [String!]) { reach(component: $id, partners: $partners) {
      component { name } reach jurisdictions reason
      measures { measureType jurisdiction reason partners { name days instrument partner { name } cooperationPath { name } } } } }`;
    const { reach } = await api().data<{ reach: unknown }>(query, { id: eco.shop.id });
    expect(reach).toMatchObject({
      component: { name: 'shop' },
      reason: null,
      measures: [
        {
          measureType: 'HOST_TAKEDOWN',
          jurisdiction: 'US',
          partners: [
            {
              name: 'Dutch police',
              days: 90,
              instrument: 'treaty',
              partner: { name: 'Dutch police' },
              cooperationPath: { name: 'way' },
            },
          ],
        },
        { measureType: 'WARN_CUSTOMERS' },
      ],
    });
    const none = await api().data<{ reach: { reason: string } }>(query, {
      id: eco.shop.id,
      partners: ['vendor'],
    });
    expect(none.reach.reason).toContain('no partner');
    expect(await codeOf(query, { id: eco.shop.id, partners: ['nobody'] })).toBe('PARTNER_NOT_FOUND');
    expect(await codeOf(query, { id: eco.attack.id })).toBe('COMPONENT_NOT_FOUND');
  });

  it('says how well the record predicts, once there is one, and moves when an outcome is recorded', async () => {
    const query = `{ calibration { quantity level skill beatsBaseRate record { hits cases } baseRate { hits cases }
      cases { name recorded isHit predicted { low median high } } } }`;
    expect(await codeOf(query)).toBe('CALIBRATION_TOO_FEW');
    const days = [2, 5, 9, 20, 40, 80];
    const actions = days.map((_, i) =>
      node('Intervention', `action ${i}`, { measureTypes: ['seize-domain'] }),
    );
    const outcomes = days.map((downtimeDays, i) =>
      node('Outcome', `outcome ${i}`, { metric: 'downtime', downtimeDays }),
    );
    const links = days.flatMap((_, i) => [
      relationship('RESULTED_IN', actions[i], outcomes[i]),
      relationship('HIT', actions[i], eco.shop),
    ]);
    const write = { kind: 'TEST', actor: 'test' };
    await api().services.writes.write(
      { nodes: [...actions, ...outcomes], relationships: links, claims: [] },
      write,
    );
    type Report = { record: { cases: number }; cases: { name: string; predicted: { median: number } }[] };
    const before = (await api().data<{ calibration: Report }>(query)).calibration;
    expect(before.record.cases).toBe(6);
    const measure = node('Measure', 'planned takedown', { measureType: 'seize-domain' });
    const outcome = node('Outcome', 'its outcome', { metric: 'downtime', downtimeDays: 300 });
    const achieved = [relationship('ACHIEVED', measure, outcome), relationship('AGAINST', measure, eco.shop)];
    await api().services.writes.write(
      { nodes: [measure, outcome], relationships: achieved, claims: [] },
      write,
    );
    const after = (await api().data<{ calibration: Report }>(query)).calibration;
    expect(after.record.cases).toBe(7);
    const medianOf = (report: Report) =>
      report.cases.find((each) => each.name === 'action 0')?.predicted.median;
    expect(medianOf(after)).toBeGreaterThan(medianOf(before) as number);
  });
});
