/** The ranking of chokepoints, and how sure it is, as jobs: the same as the query gives, to whoever may see it. */
import { graphql } from 'graphql';
import { createContext } from '../../src/graphql/context';
import { apiSchema } from '../../src/graphql/schema';
import { LOCAL_VIEWER, type Viewer } from '../../src/model/viewer';
import { useApi } from '../support/api-server';
import { node, relationship } from '../support/values';

const host = node('Service', 'host', { category: 'bulletproof-hosting', setupDays: 90 });
const panel = node('Infrastructure', 'panel', { setupDays: 90 });
const hidden = node('Infrastructure', 'hidden panel', {
  setupDays: 90,
  markings: ['TLP:RED'],
  sharedWith: ['desk'],
});
const operation = node('Operation', 'campaign', { severity: 5 });
const hosting = node('Requirement', 'hosting', {
  need: 'hosting',
  mode: 'ANY',
  completeness: 'COMPLETE',
  criticality: 1,
});
const links = [
  relationship('NEEDS', operation, hosting),
  relationship('SATISFIED_BY', hosting, panel, { switchDays: 0 }),
  relationship('SATISFIED_BY', hosting, hidden, { switchDays: 0 }),
  relationship('DEPENDS_ON', panel, host),
];

const ann: Viewer = { id: 'ann', role: 'ANALYST', clearance: 'AMBER', groups: [], seesAll: false };
const QUERY = '{ ranking: chokepoints(first: 5) { totalCount chokepoints { id severityLost } } }';
const JOB = `mutation { run: analyseChokepoints(limit: 5, waitSeconds: 20) { status result { exactness ... on ChokepointsResult {
  totalCount operationsInScope severityInScope
  chokepoints { rank id component { id } loss { severityLost operationIds } withMarket { severityLost }
    cheapestCutSets { cost members { id } } } } } } }`;

interface Ranking {
  readonly totalCount: number;
  readonly chokepoints: readonly { readonly id: string; readonly severityLost: number }[];
}
interface Run {
  readonly status: string;
  readonly result: {
    readonly exactness: string;
    readonly totalCount: number;
    readonly severityInScope: number;
    readonly chokepoints: readonly {
      readonly id: string;
      readonly component: { readonly id: string };
      readonly loss: { readonly severityLost: number };
      readonly cheapestCutSets: readonly { readonly members: readonly object[] }[];
    }[];
  };
}

describe('chokepoints as a job', () => {
  const api = useApi();
  beforeAll(() =>
    api().services.writes.write(
      { nodes: [host, panel, hidden, operation, hosting], relationships: links, claims: [] },
      { kind: 'TEST', actor: 'test' },
    ),
  );
  async function ask<T>(who: Viewer, source: string): Promise<T> {
    const contextValue = await createContext(api().services, { pageSize: 500 }, 'test', who);
    const { data, errors } = await graphql({ schema: apiSchema(), source, contextValue });
    if (errors) throw errors[0].originalError ?? errors[0];
    return data as T;
  }

  it.each([
    ['all', LOCAL_VIEWER, 3, 2],
    ['part', ann, 2, 1],
  ] as const)('rank what the query ranks, where the viewer sees %s', async (_what, who, count, order) => {
    const { ranking } = await ask<{ ranking: Ranking }>(who, QUERY);
    const { run } = await ask<{ run: Run }>(who, JOB);
    expect(run.status).toBe('DONE');
    expect(run.result).toMatchObject({ exactness: 'EXACT', totalCount: count, severityInScope: 5 });
    expect(ranking.totalCount).toBe(count);
    expect(run.result.chokepoints.map(({ id, loss }) => [id, loss.severityLost])).toEqual(
      ranking.chokepoints.map(({ id, severityLost }) => [id, severityLost]),
    );
    for (const { id, component, cheapestCutSets } of run.result.chokepoints) {
      expect(component.id).toBe(id);
      expect(cheapestCutSets[0].members).toHaveLength(order);
    }
  });

  it.each([
    ['all', LOCAL_VIEWER],
    ['part', ann],
  ] as const)('say how sure that is as the query does, where the viewer sees %s', async (_what, who) => {
    const own = `id rank rankInterval { low high stability exactness } pChokepoint { value low high exactness }
      severityLostInterval { low high mean { value exactness } }`;
    const summary = 'facts claims origins unclaimedFacts scenarios seed status';
    const options = 'confidence: { scenarios: 100, seed: 9 }';
    const { ranking } = await ask<{
      ranking: { totalCount: number; chokepoints: object[]; confidence: object };
    }>(
      who,
      `{ ranking: chokepoints(first: 5, ${options}) { totalCount chokepoints { ${own} } confidence { ${summary} } } }`,
    );
    const { run } = await ask<{ run: { status: string; result: object } }>(
      who,
      `mutation { run: analyseConfidence(limit: 5, ${options}, waitSeconds: 20) { status result { isStopped exactness
        ... on ConfidenceResult { totalCount chokepoints { ${own} component { id } } summary { ${summary} } } } } }`,
    );
    const { chokepoints, totalCount, confidence } = ranking;
    expect(confidence).toMatchObject({ scenarios: 128, seed: 9, status: 'COMPLETE' });
    expect(run).toMatchObject({
      status: 'DONE',
      result: { isStopped: false, exactness: 'ESTIMATE', totalCount, chokepoints, summary: confidence },
    });
  });

  it('refuses what the query refuses', async () => {
    for (const args of ['limit: 0', 'scope: { horizonDays: -1 }']) {
      for (const job of ['analyseChokepoints', 'analyseConfidence'])
        await expect(ask(ann, `mutation { ${job}(${args}) { id } }`)).rejects.toMatchObject({
          code: 'BAD_INPUT',
        });
    }
    const few = 'mutation { analyseConfidence(confidence: { scenarios: 3 }) { id } }';
    await expect(ask(ann, few)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});
