/** Predictions that are kept with plans, and scenarios that are kept and compared. */
import { type AskedAtlas, openAskedAtlas, viewerOf } from '../support/asking';

const ana = viewerOf('ana');
const ben = viewerOf('ben');
const node = (field: string, value: object) => ({ node: { [field]: value } });
const link = (field: string, value: object) => ({ relationship: { [field]: value } });
const HOST = 'x-atlas-service--host';
const OP = 'campaign--op';
const NEED = 'x-atlas-requirement--hosting';
const POLICE = 'x-atlas-partner--police';
const objects = [
  node('operation', { id: OP, name: 'Operation', severity: 4 }),
  node('requirement', {
    id: NEED,
    name: 'Hosting',
    need: 'bulletproof-hosting',
    mode: 'ANY',
    completeness: 'COMPLETE',
    criticality: 1,
  }),
  node('service', { id: HOST, name: 'Host', category: 'BULLETPROOF_HOSTING' }),
  node('partner', { id: POLICE, name: 'Police', partnerKind: 'LAW_ENFORCEMENT' }),
  link('needs', { from: OP, to: NEED }),
  link('satisfiedBy', { from: NEED, to: HOST, supplierRole: 'PRIMARY', share: 1 }),
];
const SECOND_HOST = {
  service: { id: 'x-atlas-service--second', name: 'Second host', category: 'BULLETPROOF_HOSTING' },
};
const SECOND_SUPPLY = {
  satisfiedBy: { from: NEED, to: 'x-atlas-service--second', supplierRole: 'PRIMARY', share: 1 },
};
const SECOND = [{ node: SECOND_HOST }, { relationship: SECOND_SUPPLY }];
const OBJECTS = `mutation ($objects: [ObjectInput!]!) { importObjects(objects: $objects) { items { status problem } } }`;
const CREATE = `mutation ($input: PlanDraftInput!) { createPlan(input: $input) { id } }`;
const PREDICT = `mutation ($id: ID!, $rev: Int!, $dryRun: Boolean! = false) {
  predictPlan(id: $id, expectedRevision: $rev, runs: 50, dryRun: $dryRun) { node { revision ... on Plan {
    predictedLoss predictedLowLoss predictedHighLoss graphVersion prediction planStatus } } } }`;
const COMPARE = `query ($id: ID!) { planComparison(id: $id, runs: 50) {
  before { loss graphVersion } after { loss lowLoss highLoss ceiling warnings } change
  operations { id before after } impossible { measure { id } reason } } }`;
interface Comparison {
  planComparison: {
    before: { loss: number } | null;
    after: { loss: number; ceiling: number };
    change: number | null;
    operations: { id: string; before: number; after: number }[];
    impossible: { reason: string }[];
  };
}
const SAVE = `mutation ($input: ScenarioDraftInput!, $scenario: PlanScenarioInput!, $dryRun: Boolean! = false) {
  saveScenario(input: $input, scenario: $scenario, dryRun: $dryRun) { id } }`;
const STANDINGS = `query ($ids: [ID!]!) { scenarioComparison(ids: $ids) {
  name scenario { id } operationsInScope chokepointCount chokepoints { id severityLost operationsLost } } }`;

const takedown = {
  measureType: 'HOST_TAKEDOWN',
  targetIds: [HOST],
  partnerId: POLICE,
  effect: 'OUTAGE',
  holdMedianDays: 60,
  pSuccess: 1,
  leadDays: 5,
  cost: 3,
};

describe('predictions of plans', () => {
  let atlas: AskedAtlas;
  beforeEach(async () => {
    atlas = await openAskedAtlas();
    await atlas.data(ana, OBJECTS, { objects });
  });
  afterEach(() => atlas.close());

  const create = async (input: object) =>
    (await atlas.data<{ createPlan: { id: string } }>(ana, CREATE, { input })).createPlan.id;
  const compare = async (id: string) => (await atlas.data<Comparison>(ana, COMPARE, { id })).planComparison;

  it('are kept with the plan, and move when the graph does', async () => {
    const id = await create({ name: 'Host', operationIds: [OP], horizonDays: 100, measures: [takedown] });
    expect((await compare(id)).before).toBeNull();
    type Predicted = {
      predictPlan: { node: { predictedLoss: number; planStatus: string; predictedLowLoss: number } };
    };
    const { predictPlan } = await atlas.data<Predicted>(ana, PREDICT, { id, rev: 1 });
    expect(predictPlan.node.planStatus).toBe('DRAFT');
    expect(predictPlan.node.predictedLoss).toBeGreaterThan(0);
    expect(predictPlan.node.predictedLoss).toBeLessThanOrEqual(400);
    const same = await compare(id);
    expect(same.before?.loss).toBe(predictPlan.node.predictedLoss);
    expect(same).toMatchObject({ change: 0, operations: [], impossible: [], after: { ceiling: 400 } });
    await atlas.data(ana, OBJECTS, { objects: SECOND });
    const moved = await compare(id);
    expect(moved.change).toBeLessThan(0);
    expect(moved.after.loss).toBe(0);
    expect(moved.operations).toEqual([{ id: OP, before: predictPlan.node.predictedLoss, after: 0 }]);
  });

  it('are the same for the same graph and seed, and refused where nothing can be predicted', async () => {
    const id = await create({ name: 'Host', operationIds: [OP], measures: [takedown] });
    expect((await compare(id)).after).toEqual((await compare(id)).after);
    expect(await atlas.codes(ana, PREDICT, { id, rev: 7 })).toEqual(['STALE_REVISION']);
    expect(await atlas.codes(ana, COMPARE.replace('runs: 50', 'runs: 0'), { id })).toEqual(['BAD_INPUT']);
    expect(await atlas.codes(ben, COMPARE, { id })).toEqual(['PLAN_NOT_FOUND']);
    const empty = await create({ name: 'Empty' });
    expect(await atlas.codes(ana, COMPARE, { id: empty })).toEqual(['PLAN_EMPTY']);
    await atlas.data(ana, OBJECTS, {
      objects: [node('service', { id: 'x-atlas-service--idle', name: 'Idle' })],
    });
    const idle = await create({
      name: 'Idle',
      operationIds: [OP],
      measures: [{ ...takedown, targetIds: ['x-atlas-service--idle'] }],
    });
    expect(await atlas.codes(ana, COMPARE, { id: idle })).toEqual(['PLAN_NO_MEASURE']);
  });

  it('leave out a measure whose basis has expired by the day it would take effect, and say so', async () => {
    const warrant = 'x-atlas-legal-instrument--warrant';
    await atlas.data(ana, OBJECTS, {
      objects: [
        node('legalInstrument', { id: warrant, name: 'Warrant', expiresAt: '2020-01-01T00:00:00.000Z' }),
      ],
    });
    const late = { ...takedown, instrumentId: warrant };
    const id = await create({ name: 'Late', operationIds: [OP], measures: [late] });
    expect(await atlas.codes(ana, COMPARE, { id })).toEqual(['PLAN_NO_MEASURE']);
    const both = [late, { ...takedown, measureType: 'SEIZE_DOMAIN' }];
    const { impossible } = await compare(await create({ name: 'Both', operationIds: [OP], measures: both }));
    expect(impossible).toMatchObject([{ reason: expect.stringContaining('expired') }]);
  });

  it('end with a code where the run that makes them has no result', async () => {
    const short = await openAskedAtlas({ runs: { maxSeconds: 1e-6 } });
    try {
      await short.data(ana, OBJECTS, { objects });
      const input = { name: 'Host', operationIds: [OP], measures: [takedown] };
      const { createPlan } = await short.data<{ createPlan: { id: string } }>(ana, CREATE, { input });
      expect(await short.codes(ana, COMPARE, { id: createPlan.id })).toEqual(['ANALYSIS_WITHOUT_RESULT']);
    } finally {
      await short.close();
    }
  });

  it('count what the plan supposes', async () => {
    const scenario = {
      addNodes: [SECOND_HOST],
      addRelationships: [SECOND_SUPPLY],
    };
    const { saveScenario } = await atlas.data<{ saveScenario: { id: string } }>(ana, SAVE, {
      input: { name: 'A second host' },
      scenario,
    });
    const id = await create({
      name: 'x',
      operationIds: [OP],
      scenarioId: saveScenario.id,
      measures: [takedown],
    });
    expect((await compare(id)).after.loss).toBe(0);
  });
});

describe('scenarios', () => {
  let atlas: AskedAtlas;
  beforeEach(async () => {
    atlas = await openAskedAtlas();
    await atlas.data(ana, OBJECTS, { objects });
  });
  afterEach(() => atlas.close());

  type Standing = {
    name: string;
    operationsInScope: number;
    chokepoints: { id: string; severityLost: number }[];
  };

  it('are compared with how things are, and write nothing into the graph', async () => {
    const save = async (name: string, scenario: object) =>
      (await atlas.data<{ saveScenario: { id: string } }>(ana, SAVE, { input: { name }, scenario }))
        .saveScenario.id;
    const more = await save('A second host', {
      addNodes: [SECOND_HOST],
      addRelationships: [SECOND_SUPPLY],
    });
    const less = await save('No operation', { remove: [OP] });
    const { scenarioComparison } = await atlas.data<{ scenarioComparison: Standing[] }>(ana, STANDINGS, {
      ids: [more, less],
    });
    const [now, second, none] = scenarioComparison;
    expect(now.chokepoints[0]).toMatchObject({ id: HOST, severityLost: 4 });
    expect(second.name).toBe('A second host');
    expect(second.chokepoints[0]?.severityLost ?? 0).toBe(0);
    expect(none).toMatchObject({ operationsInScope: 0, chokepoints: [] });
    const { services } = await atlas.data<{ services: { totalCount: number } }>(
      ana,
      '{ services { totalCount } }',
    );
    expect(services.totalCount).toBe(1);
  });

  it('must hold together, and are for those whom they are shared with', async () => {
    const codes = (scenario: object, input: object = { name: 'x' }) =>
      atlas.codes(ana, SAVE, { input, scenario });
    expect(await codes({ remove: ['nothing'] })).toEqual(['SCENARIO_INVALID']);
    expect(await codes({}, { name: ' ' })).toEqual(['BAD_INPUT']);
    const { saveScenario } = await atlas.data<{ saveScenario: { id: string } }>(ana, SAVE, {
      input: { name: 'Mine', sharedWith: ['ana'] },
      scenario: { remove: [HOST] },
    });
    expect(await atlas.codes(ben, STANDINGS, { ids: [saveScenario.id] })).toEqual(['NODE_NOT_FOUND']);
    expect(
      await atlas.codes(ana, STANDINGS, { ids: Array.from({ length: 11 }, () => saveScenario.id) }),
    ).toEqual(['BAD_INPUT']);
  });
});
