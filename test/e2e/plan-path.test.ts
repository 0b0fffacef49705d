/**
 * From the curated ecosystem to a lesson, over HTTP, by people who may see and do different things: a scenario, the best plan,
 * its review by a second person, its outcome, and what the record then says.
 */
import { createServices } from '../../src/compose';
import { serve } from '../../src/http/server';
import { createLog } from '../../src/log';
import { testConfig } from '../support/api-server';
import { describeStores } from '../support/stores';
import { JWT_ENVIRONMENT, tokenOf } from '../support/tokens';
import { SOURCE_WORKER } from '../support/worker-files';

const ana = tokenOf('ANALYST', 'AMBER_STRICT', [], 'ana');
const ben = tokenOf('EDITOR', 'RED', [], 'ben');
const cay = tokenOf('ANALYST', 'RED', [], 'cay');

interface Measure {
  readonly type: string;
  readonly targetId: string;
  readonly partnerId: string | null;
  readonly startDay: number;
  readonly cost: number;
}
interface Answer<T> {
  readonly data?: T;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

describeStores('a plan, from scenario to lesson', (store) => {
  let url = '';
  let close: () => Promise<void> = async () => undefined;
  beforeAll(async () => {
    const services = createServices(store().engine, { runs: { workerFile: SOURCE_WORKER } });
    await services.seeds.load();
    const server = await serve(services, testConfig(JWT_ENVIRONMENT), { log: createLog('silent') });
    url = server.url;
    close = async () => {
      await services.runs.close();
      await server.close();
    };
  }, 120_000);
  afterAll(() => close());

  async function ask<T>(token: string, query: string, variables: object = {}): Promise<Answer<T>> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer<T>;
  }
  async function data<T>(token: string, query: string, variables?: object): Promise<T> {
    const answer = await ask<T>(token, query, variables);
    if (answer.errors || !answer.data) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  }
  const codes = async (token: string, query: string, variables?: object) =>
    ((await ask(token, query, variables)).errors ?? []).map(({ extensions }) => extensions.code);

  const STATE = `query ($id: ID!) { planState(id: $id) { status digest isApprovalValid plan { revision predictedLoss approvedBy } steps { measure { id } } } }`;
  interface State {
    planState: {
      status: string;
      digest: string;
      isApprovalValid: boolean;
      plan: { revision: number; predictedLoss: number | null; approvedBy: string | null };
      steps: { measure: { id: string } }[];
    };
  }
  const MOVE = `mutation ($id: ID!, $rev: Int!, $to: PlanStatus!, $digest: String) {
    movePlan(id: $id, expectedRevision: $rev, to: $to, expectedDigest: $digest) { id } }`;
  const state = async (token: string, id: string) => (await data<State>(token, STATE, { id })).planState;
  async function move(token: string, id: string, to: string): Promise<string[]> {
    const { plan, digest } = await state(token, id);
    return codes(token, MOVE, { id, rev: plan.revision, to, digest });
  }

  it('leads from a scenario over the best plan and two people to what the record learns', async () => {
    const nobody = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ count }' }),
    });
    expect(nobody.status).toBe(401);

    type Top = { chokepoints: { chokepoints: { id: string }[] } };
    const { chokepoints } = await data<Top>(ana, '{ chokepoints(first: 1) { chokepoints { id } } }');
    const [{ id: top }] = chokepoints.chokepoints;
    const SAVE = `mutation ($remove: [ID!]) { saveScenario(input: {name: "Without the first", sharedWith: ["ana", "ben"]}, scenario: {remove: $remove}) { id } }`;
    const { saveScenario } = await data<{ saveScenario: { id: string } }>(ana, SAVE, { remove: [top] });
    type Standings = { scenarioComparison: { chokepoints: { id: string }[] }[] };
    const COMPARE = '{ scenarioComparison(ids: ["ID"]) { chokepoints { id } } }'.replace(
      'ID',
      saveScenario.id,
    );
    const [now, without] = (await data<Standings>(ana, COMPARE)).scenarioComparison;
    expect(now.chokepoints[0].id).toBe(top);
    expect(without.chokepoints.map(({ id }) => id)).not.toContain(top);
    expect(await codes(cay, COMPARE)).toEqual(['NODE_NOT_FOUND']);

    const OPTIMISE = `mutation { run: optimiseDisruption(limits: {budget: 8, maxMeasures: 2}, doubt: AS_KNOWN, waitSeconds: 30) {
      status error { code message } result { ... on PlanResult { objective bound status measures { type targetId partnerId startDay cost } } } } }`;
    type Run = {
      run: {
        status: string;
        error: object | null;
        result: { objective: number; bound: number; measures: Measure[] };
      };
    };
    const { run } = await data<Run>(ana, OPTIMISE);
    expect(run).toMatchObject({ status: 'DONE', error: null });
    expect(run.result.measures.length).toBeGreaterThan(0);
    expect(run.result.objective).toBeLessThanOrEqual(run.result.bound * (1 + 1e-9));

    const measures = run.result.measures.map(({ type, targetId, partnerId, startDay, cost }) => ({
      measureType: type,
      targetIds: [targetId],
      partnerId,
      startDay,
      cost,
    }));
    const input = {
      name: 'The best we can',
      measures,
      markings: ['TLP:AMBER+STRICT'],
      sharedWith: ['ana', 'ben'],
    };
    const CREATE = 'mutation ($input: PlanDraftInput!) { createPlan(input: $input) { id } }';
    const { createPlan } = await data<{ createPlan: { id: string } }>(ana, CREATE, { input });
    const { id } = createPlan;
    const PREDICT =
      'mutation ($id: ID!, $rev: Int!) { predictPlan(id: $id, expectedRevision: $rev, runs: 20) { id } }';
    await data(ana, PREDICT, { id, rev: (await state(ana, id)).plan.revision });
    expect((await state(ana, id)).plan.predictedLoss).toBeGreaterThan(0);

    expect(await codes(cay, STATE, { id })).toEqual(['PLAN_NOT_FOUND']);
    type Total = { plans: { totalCount: number }; measures: { totalCount: number } };
    const SEEN = '{ plans { totalCount } measures { totalCount } }';
    expect(await data<Total>(cay, SEEN)).toEqual({ plans: { totalCount: 0 }, measures: { totalCount: 0 } });

    expect(await move(ana, id, 'REVIEW')).toEqual([]);
    expect(await move(ana, id, 'APPROVED')).toEqual(['FORBIDDEN']);
    expect(await move(ben, id, 'APPROVED')).toEqual([]);
    expect(await state(ana, id)).toMatchObject({ isApprovalValid: true, plan: { approvedBy: 'ben' } });
    expect(await move(ana, id, 'EXECUTING')).toEqual([]);

    const BELIEFS =
      '{ durationBeliefs { measureType observed medianDays } calibration { record { cases } } }';
    type Beliefs = {
      durationBeliefs: { measureType: string; observed: number; medianDays: number }[];
      calibration: { record: { cases: number } };
    };
    const before = await data<Beliefs>(ana, BELIEFS);
    const [{ measure }] = (await state(ana, id)).steps;
    const OUTCOME = 'mutation ($input: OutcomeDraftInput!) { recordOutcome(input: $input) { id } }';
    const outcome = {
      achievedById: measure.id,
      metric: 'downtime',
      downtimeDays: 2,
      regeneratedAt: '2026-06-01T00:00:00Z',
    };
    await data(ana, OUTCOME, { input: outcome });
    const after = await data<Beliefs>(ana, BELIEFS);
    expect(after.calibration.record.cases).toBe(before.calibration.record.cases + 1);
    const sum = ({ durationBeliefs }: Beliefs) =>
      durationBeliefs.reduce((total, each) => total + each.observed, 0);
    expect(sum(after)).toBe(sum(before) + 1);
    const CALIBRATION = '{ calibration { record { cases } } }';
    expect(await data(cay, CALIBRATION)).toEqual({ calibration: before.calibration });
    expect(await move(ana, id, 'DONE')).toEqual([]);

    const BRIEF = 'query ($id: ID!) { planBrief(id: $id, format: MARKDOWN) { text } }';
    const { planBrief } = await data<{ planBrief: { text: string } }>(ben, BRIEF, { id });
    expect(planBrief.text).toContain('Expected effect');
    expect(planBrief.text).toContain('downtime');
  }, 240_000);
});
