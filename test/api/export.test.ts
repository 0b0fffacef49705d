/** Exports over HTTP: what is asked for is what comes, in a stream, and what is wrong is said before it begins. */
import type { StixObject } from '../../src/model/stix-extension';
import { MODEL_EXTENSION } from '../../src/model/stix-extension';
import { useApi } from '../support/api-server';
import { node, relationship } from '../support/values';

const api = useApi();

const operation = node('Operation', 'Ransom', { severity: 9 });
const other = node('Operation', 'Spam', { severity: 1, validTo: '2020-01-01T00:00:00Z' });
const need = node('Requirement', 'loader', { need: 'loader', mode: 'ANY' });
const hosting = node('Service', 'Hosting', { category: 'bulletproof-hosting' });
const loader = node('Service', 'Loader', { category: 'loader', markings: ['TLP:GREEN'] });
const bare = node('Requirement', 'cash', { need: 'cash-out' });
const report = node('Report', 'R');
const links = [
  relationship('NEEDS', operation, need),
  relationship('NEEDS', operation, bare),
  relationship('SATISFIED_BY', need, loader, { switchDays: 3 }),
  relationship('DEPENDS_ON', loader, hosting),
];

beforeAll(async () => {
  const nodes = [operation, other, need, bare, hosting, loader, report];
  const claims = [{ id: 'claim--1', factId: loader.id, reportId: report.id, says: 'so' }];
  await api().services.writes.write({ nodes, relationships: links, claims }, { kind: 'test', actor: 'test' });
});

const get = (path: string): Promise<Response> => fetch(`${api().url}/export/${path}`);
const objectsOf = async (path: string): Promise<StixObject[]> => {
  const response = await get(path);
  expect(response.status).toBe(200);
  return ((await response.json()) as { objects: StixObject[] }).objects;
};
const namesOf = (objects: readonly StixObject[]): unknown[] =>
  objects.flatMap(({ type, name }) =>
    ['identity', 'extension-definition', 'relationship'].includes(type as string) ? [] : [name],
  );
const codeOf = async (path: string): Promise<[number, string]> => {
  const response = await get(path);
  const body = (await response.json()) as { errors: { extensions: { code: string } }[] };
  return [response.status, body.errors[0].extensions.code];
};

describe('GET /export/:format', () => {
  it.each([
    ['stix', 'application/stix+json;version=2.1', 'atlas.json'],
    ['graphml', 'application/graphml+xml', 'atlas.graphml'],
    ['gexf', 'application/gexf+xml', 'atlas.gexf'],
    ['csv', 'text/csv', 'atlas.csv'],
    ['dot', 'text/vnd.graphviz', 'atlas.dot'],
    [`attack-flow?operation=${operation.id}`, 'application/stix+json;version=2.1', 'atlas.json'],
  ])('%s comes with its media type, as a file, in pieces', async (path, type, file) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${file}"`);
    expect(response.headers.get('transfer-encoding')).toBe('chunked');
    expect((await response.text()).length).toBeGreaterThan(100);
  });

  it('takes types, filters, ids with hops, operations and an instant', async () => {
    expect(namesOf(await objectsOf('stix?type=Operation&claims=false')).sort()).toEqual(['Ransom', 'Spam']);
    const where = encodeURIComponent(JSON.stringify({ severity: { gte: 5 } }));
    expect(namesOf(await objectsOf(`stix?type=Operation&where=${where}`))).toEqual(['Ransom']);
    const around = await objectsOf(`stix?id=${loader.id}&hops=1&claims=false`);
    expect(namesOf(around).sort()).toEqual(['Hosting', 'Loader', 'loader']);
    const needed = await objectsOf(`stix?operation=${operation.id}&claims=false`);
    expect(namesOf(needed).sort()).toEqual(['Hosting', 'Loader', 'Ransom', 'cash', 'loader']);
    expect(needed.filter((object) => object.type === 'relationship')).toHaveLength(4);
    expect(namesOf(await objectsOf('stix?type=Operation&asOf=2024-01-01T00:00:00Z'))).toEqual(['Ransom']);
  });

  it('brings the reports of claims along, and leaves claims out when told to', async () => {
    const withClaims = await objectsOf('stix?type=Service');
    expect(namesOf(withClaims)).toContain('R');
    const service = withClaims.find((object) => object.id === loader.id);
    expect(service).toMatchObject({
      type: 'x-atlas-service',
      category: 'loader',
      object_marking_refs: ['marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb'],
      extensions: { [MODEL_EXTENSION]: { claims: [{ id: 'claim--1', report_id: report.id, says: 'so' }] } },
    });
    const without = await objectsOf('stix?type=Service&claims=false');
    expect(namesOf(without)).not.toContain('R');
    expect(JSON.stringify(without)).not.toContain('claim--1');
  });

  it('says what is wrong before anything is sent', async () => {
    expect(await codeOf('pdf')).toEqual([400, 'BAD_INPUT']);
    expect(await codeOf('stix?color=red')).toEqual([400, 'BAD_INPUT']);
    expect(await codeOf('stix?type=Nonsense')).toEqual([400, 'BAD_INPUT']);
    expect(await codeOf('stix?hops=-1')).toEqual([400, 'BAD_INPUT']);
    expect(await codeOf('stix?hops=9')).toEqual([400, 'BAD_INPUT']);
    expect(await codeOf('stix?claims=maybe')).toEqual([400, 'BAD_INPUT']);
    expect(await codeOf('stix?asOf=yesterday')).toEqual([400, 'BAD_INPUT']);
    expect(await codeOf('stix?asOf=2024-01-01T00:00:00Z&asOf=2024-01-01T00:00:00Z')).toEqual([
      400,
      'BAD_INPUT',
    ]);
    expect(await codeOf('stix?where=[1]')).toEqual([400, 'BAD_INPUT']);
    expect(await codeOf('stix?where={')).toEqual([400, 'BAD_INPUT']);
    expect(await codeOf(`stix?where=${encodeURIComponent('{"nonsense":{"eq":1}}')}`)).toEqual([
      400,
      'BAD_FILTER',
    ]);
    expect(await codeOf('stix?id=nobody')).toEqual([404, 'NODE_NOT_FOUND']);
    expect(await codeOf('attack-flow')).toEqual([400, 'BAD_INPUT']);
    expect(await codeOf(`attack-flow?operation=${loader.id}`)).toEqual([404, 'OPERATION_NOT_FOUND']);
  });

  it('goes no faster than its reader, and survives one that leaves', async () => {
    const controller = new AbortController();
    const response = await fetch(`${api().url}/export/stix`, { signal: controller.signal });
    controller.abort();
    await expect(response.text()).rejects.toThrow();
    expect((await get('dot')).status).toBe(200);
  });
});

describe('an attack flow', () => {
  it('leads from what is needed to the operation, over operators and conditions', async () => {
    const objects = await objectsOf(`attack-flow?operation=${operation.id}`);
    const byId = new Map(objects.map((object) => [object.id, object]));
    const action = (name: string) =>
      objects.find((object) => object.type === 'attack-action' && object.name === name)!;
    const next = (object: StixObject) =>
      ((object.effect_refs ?? object.on_true_refs ?? []) as string[]).map((id) => byId.get(id)!);
    const [toLoader] = next(action('Hosting'));
    expect(toLoader).toBe(action('Loader'));
    const [any] = next(toLoader);
    expect(any).toMatchObject({ type: 'attack-operator', operator: 'OR' });
    const [all] = next(any);
    expect(all).toMatchObject({ type: 'attack-operator', operator: 'AND' });
    expect(next(all)).toEqual([]);
    const condition = objects.find((object) => object.type === 'attack-condition')!;
    expect(condition.description).toBe('cash-out is at hand');
    expect(next(condition)).toEqual([all]);
    const flow = objects.find((object) => object.type === 'attack-flow')!;
    expect(flow.start_refs).toEqual([action('Hosting').id, condition.id].sort());
  });
});
