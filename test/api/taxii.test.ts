/** The TAXII 2.1 server over HTTP; the sections named are those of the OASIS Standard. */
import type { StixObject } from '../../src/model/stix-extension';
import { useApi } from '../support/api-server';
import { bundleOf, stixId, stixObject, stixRelationship } from '../support/memory-atlas';

const api = useApi({ ATLAS_MAX_BODY_MB: '1' });
const TAXII = 'application/taxii+json;version=2.1';
const ROOT = '/taxii2/atlas';

interface Resource {
  readonly objects?: readonly StixObject[];
  readonly versions?: readonly string[];
  readonly collections?: readonly {
    readonly id: string;
    readonly alias?: string;
    readonly can_write: boolean;
  }[];
  readonly more?: boolean;
  readonly next?: string;
  readonly id?: string;
  readonly status?: string;
  readonly [name: string]: unknown;
}

async function call(
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; headers: Headers; body: Resource }> {
  const headers = { accept: TAXII, ...(init.headers as object) };
  const response = await fetch(`${api().url}${path}`, { ...init, headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}
const get = async (path: string): Promise<Resource> => {
  const { status, body } = await call(path);
  expect([path, status]).toEqual([path, 200]);
  return body;
};
const objectsAt = (query = '', collection = 'everything') =>
  get(`${ROOT}/collections/${collection}/objects/${query}`);
const idsOf = ({ objects = [] }: Resource) => objects.map((object) => object.id);

const malware = [1, 2, 3].map((number) => stixObject('malware', number, { is_family: true }));
const actor = stixObject('threat-actor', 4);
const uses = stixRelationship(5, 'uses', actor.id as string, malware[0].id as string);
const importing = async (...objects: object[]) =>
  api().data('mutation ($text: String!) { importBundle(input: { content: { text: $text } }) { seq } }', {
    text: JSON.stringify(bundleOf(...objects)),
  });

beforeAll(async () => {
  await importing(malware[0], malware[1]);
  await importing(actor, uses);
  await importing(malware[2], { ...malware[0], modified: '2024-06-01T00:00:00.000Z', name: 'renamed' });
});

describe('discovery', () => {
  it('leads to the API root and its collections (4.1, 4.2, 5.1, 5.2)', async () => {
    const { headers, body } = await call('/taxii2/');
    expect(headers.get('content-type')).toBe(TAXII);
    expect(body.api_roots).toEqual([`${api().url}${ROOT}/`]);
    expect(await get(`${ROOT}/`)).toMatchObject({ versions: [TAXII], max_content_length: 1024 * 1024 });
    const { collections = [] } = await get(`${ROOT}/collections/`);
    expect(collections).toMatchObject([{ alias: 'everything', can_read: true, can_write: true }]);
    expect(await get(`${ROOT}/collections/${collections[0].id}/`)).toEqual(collections[0]);
    expect(await get(`${ROOT}/collections/everything`)).toEqual(collections[0]);
  });
});

describe('objects and manifests', () => {
  it('come in the order in which they came in, the last version of each (3.3, 5.3, 5.4)', async () => {
    const all = await objectsAt('?limit=1000');
    const own = idsOf(all).filter((id) => /^(malware|threat-actor|relationship)/.test(String(id)));
    expect(own).toHaveLength(5);
    expect(own.indexOf(malware[1].id as string)).toBe(0);
    expect(new Set(own.slice(-2))).toEqual(new Set([malware[0].id, malware[2].id]));
    expect(all.objects?.find((object) => object.id === malware[0].id)).toMatchObject({ name: 'renamed' });
    const manifest = await get(`${ROOT}/collections/everything/manifest/?limit=1000`);
    expect(idsOf(manifest)).toEqual(idsOf(all));
    const dates = (manifest.objects ?? []).map((entry) => String(entry.date_added));
    expect(dates).toEqual([...dates].sort());
    expect(manifest.objects?.find((entry) => entry.id === malware[0].id)).toMatchObject({
      version: '2024-06-01T00:00:00.000Z',
      media_type: 'application/stix+json;version=2.1',
    });
  });

  it('come in pages that leave nothing out and repeat nothing (3.5)', async () => {
    const all = idsOf(await objectsAt('?limit=1000'));
    const paged: unknown[] = [];
    let next: string | undefined;
    do {
      const { headers, body } = await call(
        `${ROOT}/collections/everything/objects/?limit=2${next ? `&next=${next}` : ''}`,
      );
      expect(body.objects?.length).toBeLessThanOrEqual(2);
      expect(headers.get('x-taxii-date-added-first')! <= headers.get('x-taxii-date-added-last')!).toBe(true);
      paged.push(...idsOf(body));
      expect(body.more ?? false).toBe(body.next !== undefined);
      next = body.next;
    } while (next);
    expect(paged).toEqual(all);
  });

  it('come after a time, and what comes later is not missed (3.4)', async () => {
    const { headers } = await call(`${ROOT}/collections/everything/objects/?limit=1000`);
    const last = headers.get('x-taxii-date-added-last')!;
    expect(last).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(await objectsAt(`?added_after=${last}`)).toEqual({});
    await importing(stixObject('tool', 9));
    expect(idsOf(await objectsAt(`?added_after=${last}&match[type]=tool`))).toEqual([stixId('tool', 9)]);
  });

  it('match ids, types, versions and versions of STIX (3.4.1)', async () => {
    expect(idsOf(await objectsAt(`?match[id]=${actor.id},${malware[1].id}`)).sort()).toEqual(
      [malware[1].id, actor.id].sort(),
    );
    expect(new Set(idsOf(await objectsAt('?match[type]=malware,relationship')))).toEqual(
      new Set([...malware.map(({ id }) => id), uses.id]),
    );
    expect(await objectsAt('?match[spec_version]=2.0')).toEqual({});
    expect(idsOf(await objectsAt('?match[spec_version]=2.0,2.1&match[type]=threat-actor'))).toEqual([
      actor.id,
    ]);
    const versions = async (match: string) =>
      ((await objectsAt(`?match[id]=${malware[0].id}&match[version]=${match}`)).objects ?? []).map(
        ({ name }) => name,
      );
    expect(await versions('all')).toEqual(['malware 1', 'renamed']);
    expect(await versions('first')).toEqual(['malware 1']);
    expect(await versions('last')).toEqual(['renamed']);
    expect(await versions('first,last')).toEqual(['malware 1', 'renamed']);
    expect(await versions('2024-01-01T00:00:00Z')).toEqual(['malware 1']);
    expect(await versions('2023-01-01T00:00:00Z')).toEqual([]);
  });

  it('are found one by one, with their versions (5.6, 5.8)', async () => {
    const path = `${ROOT}/collections/everything/objects/${malware[0].id}`;
    expect(await get(`${path}/`)).toMatchObject({ objects: [{ name: 'renamed' }] });
    expect(await get(`${path}/versions/`)).toEqual({
      versions: ['2024-01-01T00:00:00.000Z', '2024-06-01T00:00:00.000Z'],
    });
    expect((await call(`${ROOT}/collections/everything/objects/${stixId('malware', 99)}/`)).status).toBe(404);
  });
});

describe('what is added', () => {
  const post = (objects: unknown, headers: object = {}, collection = 'everything') =>
    call(`${ROOT}/collections/${collection}/objects/`, {
      method: 'POST',
      headers: { 'content-type': TAXII, ...headers },
      body: typeof objects === 'string' ? objects : JSON.stringify({ objects }),
    });

  it('is imported after the answer, with a status for each object (5.5, 4.3)', async () => {
    const bad = { type: 'malware', id: '', name: 'no id' };
    const { status, body } = await post([stixObject('malware', 20), bad]);
    expect(status).toBe(202);
    expect(body).toMatchObject({ status: 'pending', total_count: 2, pending_count: 2 });
    await api().services.taxiiInbox.settled();
    expect(await get(`${ROOT}/status/${body.id}/`)).toMatchObject({
      status: 'complete',
      success_count: 1,
      failure_count: 1,
      pending_count: 0,
      successes: [{ id: stixId('malware', 20) }],
      failures: [{ id: '', message: expect.stringContaining('needs an id') }],
    });
    expect(idsOf(await objectsAt(`?match[id]=${stixId('malware', 20)}`))).toHaveLength(1);
  });

  it('is refused where it is none', async () => {
    const codeOf = async (answer: Promise<{ status: number; body: Resource }>) => {
      const { status, body } = await answer;
      expect(body).toMatchObject({ title: body.error_code, http_status: String(status) });
      return [status, body.error_code];
    };
    expect(await codeOf(post('{'))).toEqual([400, 'MALFORMED_JSON']);
    expect(await codeOf(post('null'))).toEqual([400, 'BAD_INPUT']);
    expect(await codeOf(post([]))).toEqual([400, 'BAD_INPUT']);
    expect(await codeOf(post([1], { 'content-type': 'application/json' }))).toEqual([
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ]);
    expect(await codeOf(post('x'.repeat(1024 * 1024 + 1)))).toEqual([413, 'BODY_TOO_LARGE']);
    expect(await codeOf(call(`${ROOT}/status/nothing/`))).toEqual([404, 'STATUS_NOT_FOUND']);
    expect(await codeOf(call(`${ROOT}/collections/nothing/`))).toEqual([404, 'COLLECTION_NOT_FOUND']);
    expect(await codeOf(call('/taxii2/nothing/'))).toEqual([404, 'NO_SUCH_ROUTE']);
    expect(await codeOf(call('/taxii2/', { headers: { accept: 'text/html' } }))).toEqual([
      406,
      'NOT_ACCEPTABLE',
    ]);
    expect(
      await codeOf(call('/taxii2/', { headers: { accept: 'application/taxii+json;version=2.0' } })),
    ).toEqual([406, 'NOT_ACCEPTABLE']);
    for (const query of [
      'limit=0',
      'limit=x',
      'added_after=now',
      'match[version]=now',
      'match[version]=first,2024-01-01T00:00:00Z',
      'limit=1&limit=2',
    ]) {
      expect(await codeOf(call(`${ROOT}/collections/everything/objects/?${query}`))).toEqual([
        400,
        'BAD_INPUT',
      ]);
    }
    expect(await codeOf(call(`${ROOT}/collections/everything/objects/?next=x`))).toEqual([400, 'BAD_CURSOR']);
    const refused = await call(`${ROOT}/collections/everything/objects/?next=x`);
    expect(refused.body).toMatchObject({ description: expect.stringMatching(/^next expected a cursor/) });
    for (const accept of ['*/*', 'application/taxii+json', 'text/html, application/*;q=0.1']) {
      expect((await call('/taxii2/', { headers: { accept } })).status).toBe(200);
    }
    const many = await Promise.all(Array.from({ length: 25 }, () => post([stixObject('malware', 21)])));
    expect(many.map(({ status }) => status)).toContain(202);
    await api().services.taxiiInbox.settled();
  });

  it('waits in a queue of its own length', () => {
    const { taxiiInbox, views } = api().services;
    const add = async () =>
      taxiiInbox.add(
        (await views.whole()).viewer,
        Buffer.from(JSON.stringify({ objects: [stixObject('malware', 22)] })),
      );
    return expect(Promise.all(Array.from({ length: 30 }, add))).rejects.toMatchObject({ code: 'INBOX_FULL' });
  });
});

describe('collections', () => {
  const create = `mutation ($input: NodeInput!) { createNode(input: $input) { id } }`;

  it('are saved queries, made and changed as other nodes are; what cannot be answered is refused', async () => {
    await api().services.taxiiInbox.settled();
    const collection = {
      name: 'Actors',
      alias: 'actors',
      types: ['ThreatActor'],
      where: { name: { contains: 'threat' } },
    };
    const { createNode } = await api().data<{ createNode: { id: string } }>(create, {
      input: { collection },
    });
    const { collections = [] } = await get(`${ROOT}/collections/`);
    expect(collections.find(({ alias }) => alias === 'actors')).toMatchObject({
      title: 'Actors',
      can_write: false,
    });
    expect(idsOf(await objectsAt('?match[type]=threat-actor,malware,tool', 'actors'))).toEqual([actor.id]);
    const bad = (more: object) => api().codes(create, { input: { collection: { name: 'Bad', ...more } } });
    expect(await bad({ types: ['Nonsense'] })).toEqual(['BAD_INPUT']);
    expect(await bad({ where: { nonsense: { eq: 1 } } })).toEqual(['BAD_FILTER']);
    expect(await bad({ nodeIds: ['nobody'] })).toEqual(['NODE_NOT_FOUND']);
    const update = `mutation ($id: ID!, $input: NodeInput!) { updateNode(id: $id, input: $input, expectedRevision: 1) { status } }`;
    expect(
      await api().codes(update, { id: createNode.id, input: { collection: { types: ['Nonsense'] } } }),
    ).toEqual(['BAD_INPUT']);
    await api().data(update, {
      id: createNode.id,
      input: { collection: { types: ['Malware'], where: null } },
    });
    expect(idsOf(await objectsAt('?match[type]=threat-actor', 'actors'))).toEqual([]);
  });

  it('let go of objects where they accept any, and the graph keeps these (5.7)', async () => {
    const collection = { name: 'Own', alias: 'own', types: ['Malware'], acceptsObjects: true };
    await api().data(create, { input: { collection } });
    const path = `${ROOT}/collections/own/objects/${malware[1].id}/`;
    expect((await call(path)).status).toBe(200);
    expect((await call(path, { method: 'DELETE' })).status).toBe(200);
    expect((await call(path)).status).toBe(404);
    expect((await call(path, { method: 'DELETE' })).status).toBe(404);
    expect(idsOf(await objectsAt(`?match[id]=${malware[1].id}`))).toHaveLength(1);
    const refused = await call(`${ROOT}/collections/everything/objects/${malware[1].id}/`, {
      method: 'DELETE',
    });
    expect([refused.status, refused.body.error_code]).toEqual([403, 'READ_ONLY_COLLECTION']);
  });
});
