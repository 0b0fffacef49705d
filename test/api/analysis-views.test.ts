/** Analyses see what their viewer sees, at the time that was asked for, and are nobody else's. */
import { graphql } from 'graphql';
import { createContext } from '../../src/graphql/context';
import { apiSchema } from '../../src/graphql/schema';
import type { Viewer } from '../../src/model/viewer';
import { useApi } from '../support/api-server';
import { node, relationship } from '../support/values';

const operation = node('Operation', 'campaign');
const open = node('Service', 'open service');
const gone = node('Service', 'old service', { validTo: '2023-01-01T00:00:00Z' });
const secret = node('Service', 'secret service', { markings: ['TLP:RED'], sharedWith: ['desk'] });
const links = [open, gone, secret].map((service) => relationship('USES', operation, service));

const viewer = (id: string, more: Partial<Viewer> = {}): Viewer => ({
  id,
  role: 'ANALYST',
  clearance: 'AMBER',
  groups: [],
  seesAll: false,
  ...more,
});
const ann = viewer('ann');
const desk = viewer('dan', { clearance: 'RED', groups: ['desk'] });

const DEGREES = `mutation($asOf: DateTime) { run: analyseStructure(measure: DEGREE, asOf: $asOf, waitSeconds: 20) {
  id status asOf isFromCache result { ... on StructureResult { vertexCount edgeCount values { id value node { id } } } } } }`;

interface Run {
  readonly id: string;
  readonly isFromCache: boolean;
  readonly result: {
    readonly vertexCount: number;
    readonly edgeCount: number;
    readonly values: readonly { readonly id: string; readonly node: object | null }[];
  };
}

describe('analyses in a view', () => {
  const api = useApi();
  beforeAll(() =>
    api().services.writes.write(
      { nodes: [operation, open, gone, secret], relationships: links, claims: [] },
      { kind: 'TEST', actor: 'test' },
    ),
  );

  async function ask(who: Viewer, source: string, variableValues = {}) {
    const contextValue = await createContext(api().services, { pageSize: 500 }, 'test', who);
    return graphql({ schema: apiSchema(), source, contextValue, variableValues });
  }
  async function degrees(who: Viewer, asOf?: string): Promise<Run> {
    const { data, errors } = await ask(who, DEGREES, { asOf });
    if (errors) throw errors[0];
    return (data as unknown as { run: Run }).run;
  }
  const codeOf = async (who: Viewer, source: string) =>
    ((await ask(who, source)).errors?.[0].originalError as { code?: string } | undefined)?.code;

  it('count and name only what the viewer may see', async () => {
    const { result } = await degrees(ann);
    expect([result.vertexCount, result.edgeCount]).toEqual([3, 2]);
    expect(result.values.map(({ id }) => id)).not.toContain(secret.id);
    const whole = await degrees(desk);
    expect([whole.result.vertexCount, whole.result.edgeCount]).toEqual([4, 3]);
    expect(whole.isFromCache).toBe(false);
  });

  it('look at the graph as of the time asked for', async () => {
    const { result } = await degrees(ann, '2025-01-01T00:00:00Z');
    expect(result.vertexCount).toBe(2);
    expect(result.values.every(({ node: seen }) => seen !== null)).toBe(true);
  });

  it('belong to their viewer, with the sight of then', async () => {
    const { id } = await degrees(ann);
    expect((await ask(ann, `{ analysisRun(id: "${id}") { id } }`)).errors).toBeUndefined();
    const find = `{ analysisRun(id: "${id}") { id } }`;
    expect(await codeOf(desk, find)).toBe('ANALYSIS_RUN_NOT_FOUND');
    expect(await codeOf(viewer('ann', { clearance: 'CLEAR' }), find)).toBe('ANALYSIS_RUN_NOT_FOUND');
    expect(await codeOf(desk, `mutation { cancelAnalysis(id: "${id}") { id } }`)).toBe(
      'ANALYSIS_RUN_NOT_FOUND',
    );
  });

  it('are for analysts', async () => {
    const reader = viewer('rob', { role: 'READER' });
    for (const source of [
      DEGREES,
      '{ analysisRuns { totalCount } }',
      '{ analysisRun(id: "x") { id } }',
      'mutation { cancelAnalysis(id: "x") { id } }',
    ]) {
      expect(await codeOf(reader, source)).toBe('FORBIDDEN');
    }
  });
});
