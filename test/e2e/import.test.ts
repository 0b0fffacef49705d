import { gzipSync } from 'node:zlib';
import { findClaims } from '../../src/store/claim.store';
import { findNodes } from '../../src/store/node.store';
import {
  bundleOf,
  type MemoryAtlas,
  openMemoryAtlas,
  stixId,
  stixObject,
  stixRelationship,
} from '../support/memory-atlas';

const group = stixObject('intrusion-set', 1, { confidence: 75 });
const malware = stixObject('malware', 2, { is_family: true });
const technique = stixObject('attack-pattern', 3);
const uses = stixRelationship(10, 'uses', stixId('intrusion-set', 1), stixId('malware', 2));
const implementsIt = stixRelationship(11, 'uses', stixId('malware', 2), stixId('attack-pattern', 3));

describe('importing', () => {
  let atlas: MemoryAtlas;
  beforeEach(async () => {
    atlas = await openMemoryAtlas();
  });
  afterEach(() => atlas.engine.close());

  const node = async (id: string) => (await findNodes(atlas.engine, [id])).get(id);

  it('counts what becomes of every object, and changes nothing the second time', async () => {
    const bundle = bundleOf(uses, group, implementsIt, technique, malware, { type: 'malware' });
    const first = await atlas.importOne(bundle);
    expect(first).toMatchObject({ format: 'stix', read: 6, created: 5, stubbed: 0, rejected: 1 });
    expect(first.reasons).toEqual([{ code: 'MISSING_ID', count: 1, example: expect.any(String) }]);
    const changes = await atlas.changeCount();
    const second = await atlas.importing([bundle, gzipSync(JSON.stringify(bundle))]);
    expect(second.totals).toEqual({
      read: 12,
      created: 0,
      updated: 0,
      unchanged: 10,
      stubbed: 0,
      rejected: 2,
    });
    expect(second.seq).toBeNull();
    expect(await atlas.changeCount()).toBe(changes);
  });

  it('gives the same graph in any order of objects', async () => {
    const other = await openMemoryAtlas();
    await atlas.importOne([group, malware, technique, uses, implementsIt]);
    await other.importOne([implementsIt, uses, technique, malware, group]);
    const [here, there] = [await atlas.state(), await other.state()] as { nodes: { type: string }[] }[];
    const withoutReport = ({ nodes, ...rest }: { nodes: { type: string }[] }) => ({
      ...rest,
      nodes: nodes.filter(({ type }) => type !== 'Report'),
    });
    expect(withoutReport(here)).toEqual(withoutReport(there));
    await other.engine.close();
  });

  it('keeps a relationship whose ends are not there, and fills them in later', async () => {
    expect(await atlas.importOne(bundleOf(uses, implementsIt))).toMatchObject({
      read: 2,
      stubbed: 2,
      created: 0,
    });
    expect(await atlas.importOne(bundleOf(uses, implementsIt))).toMatchObject({ unchanged: 2, stubbed: 0 });
    expect(await node(stixId('malware', 2))).toMatchObject({ type: 'Malware', digest: null });
    expect(await atlas.importOne(bundleOf(malware, group))).toMatchObject({ created: 2 });
    expect((await node(stixId('malware', 2)))?.properties.name).toBe('malware 2');
    const projection = await atlas.services.projections.current();
    expect(projection.edges.ids).toHaveLength(2);
  });

  it('lets a newer version replace an older one, never the other way round', async () => {
    const version = (day: number, name: string) =>
      stixObject('malware', 2, { modified: `2024-01-0${day}T00:00:00.000Z`, name });
    await atlas.importOne([version(2, 'second')]);
    expect(await atlas.importOne([version(1, 'first')])).toMatchObject({ unchanged: 1 });
    expect((await node(stixId('malware', 2)))?.properties.name).toBe('second');
    expect(await atlas.importOne([version(3, 'third')])).toMatchObject({ updated: 1, reasons: [] });
    const same = await atlas.importOne([version(3, 'third, mended')]);
    expect(same).toMatchObject({ updated: 1, reasons: [{ code: 'SAME_MODIFIED_OTHER_CONTENT', count: 1 }] });
    expect((await node(stixId('malware', 2)))?.properties.name).toBe('third, mended');
  });

  it('takes the latest of several versions in one file, and is stable when they claim the same time', async () => {
    const at = (name: string, modified: string) => stixObject('malware', 2, { name, modified });
    const file = [
      at('new', '2024-03-01T00:00:00Z'),
      at('old', '2024-01-01T00:00:00Z'),
      ...Array.from({ length: 2500 }, (_, i) => stixObject('tool', i + 100)),
      at('newest', '2024-03-01T00:00:00.000Z'),
    ];
    expect(await atlas.importOne(file)).toMatchObject({
      read: 2503,
      created: 2501,
      unchanged: 2,
      reasons: [{ code: 'REPEATED_ID', count: 2 }],
    });
    expect((await node(stixId('malware', 2)))?.properties.name).toBe('newest');
    expect(await atlas.importOne(file)).toMatchObject({ created: 0, updated: 0, unchanged: 2503 });
  });

  it('keeps one claim an object and report, with confidence and origin', async () => {
    const author = stixId('identity', 8);
    const named = { ...malware, created_by_ref: author };
    const file = await atlas.importOne([group, named], {
      source: 'A feed',
      reliability: 'B',
      confidence: 40,
    });
    await atlas.importOne([group, named], { source: 'A feed', reliability: 'B', confidence: 40 });
    const facts = [stixId('intrusion-set', 1), stixId('malware', 2)];
    const claims = await findClaims(atlas.engine, facts);
    expect(claims.get(facts[0])).toEqual([
      expect.objectContaining({
        reportId: file.report,
        confidence: 75,
        originKey: 'A feed',
        derivation: 'REPORTED',
      }),
    ]);
    expect(claims.get(facts[1])).toEqual([expect.objectContaining({ confidence: 40, originKey: author })]);
    const report = await node(file.report ?? '');
    expect(report).toMatchObject({ type: 'Report', properties: { publisher: 'A feed', reliability: 'B' } });
    await atlas.importOne([{ ...named, name: 'other' }]);
    expect((await findClaims(atlas.engine, facts)).get(facts[1])).toHaveLength(2);
  });

  it('writes nothing in a dry run, and says what a real run then does', async () => {
    await atlas.importOne([stixObject('tool', 50)]);
    const before = await atlas.state();
    const changes = await atlas.changeCount();
    const objects = [
      uses,
      group,
      malware,
      { id: 'x--1' },
      stixRelationship(12, 'uses', stixId('malware', 2), stixId('tool', 50)),
      stixRelationship(13, 'uses', stixId('malware', 2), stixId('tool', 51)),
      ...Array.from({ length: 4000 }, (_, i) => stixObject('tool', i + 100)),
    ];
    const { totals, isDryRun } = await atlas.importing([objects], { isDryRun: true });
    expect(isDryRun).toBe(true);
    expect(totals).toEqual({ read: 4006, created: 4004, updated: 0, unchanged: 0, stubbed: 1, rejected: 1 });
    expect(await atlas.state()).toEqual(before);
    expect(await atlas.changeCount()).toBe(changes);
    expect((await atlas.importing([objects])).totals).toEqual(totals);
  });

  it('tells of its progress, and leaves whole batches when it is cancelled', async () => {
    const objects = Array.from({ length: 5000 }, (_, i) => stixObject('tool', i));
    const controller = new AbortController();
    const seen: number[] = [];
    const cut = await atlas.importing([objects, [malware]], undefined, {
      signal: controller.signal,
      onProgress: ({ done, total }) => {
        seen.push(done, total);
        controller.abort();
      },
    });
    expect(cut.isCancelled).toBe(true);
    expect(cut.files).toHaveLength(1);
    expect(seen.slice(0, 2)).toEqual([cut.totals.created + 1, 5000]);
    const projection = await atlas.services.projections.current();
    expect(projection.vertices.ids.length).toBe(cut.totals.created + 1);
    expect((await atlas.importing([objects])).totals).toMatchObject({
      unchanged: cut.totals.created,
      created: 5000 - cut.totals.created,
    });
  });

  it('keeps names that look like statements as names', async () => {
    const name = "'}) DETACH DELETE n // `x` $rows \\u0000 {id: 1}";
    await atlas.importOne([{ ...malware, name, [name]: { [name]: 1 } }, group, uses]);
    expect((await node(stixId('malware', 2)))?.properties).toMatchObject({
      name,
      customProperties: { [name]: { [name]: 1 } },
    });
    expect((await atlas.services.projections.current()).edges.ids).toHaveLength(1);
  });

  it('imports cycles and ends that are the same', async () => {
    const ids = [1, 2, 3].map((number) => stixId('malware', number));
    const links = ids.map((id, i) => stixRelationship(i, 'uses', id, ids[(i + 1) % 3]));
    const loop = stixRelationship(9, 'derived-from', ids[0], ids[0]);
    const report = await atlas.importOne(
      bundleOf(...links, loop, ...[1, 2, 3].map((i) => stixObject('malware', i))),
    );
    expect(report).toMatchObject({ read: 7, created: 7 });
  });

  it('moves a relationship with a later version of it, and refuses other ends in the same version', async () => {
    await atlas.importOne([group, malware, technique, uses]);
    const elsewhere = { ...uses, target_ref: stixId('attack-pattern', 3) };
    expect(await atlas.importOne([elsewhere])).toMatchObject({ rejected: 1, reasons: [{ count: 1 }] });
    const ends = async () => {
      const { edges, to, vertices } = await atlas.services.projections.current();
      return edges.ids.map((_, edge) => vertices.ids[to[edge]]);
    };
    expect(await ends()).toEqual([malware.id]);
    const later = { ...elsewhere, modified: '2025-01-01T00:00:00Z' };
    expect(await atlas.importOne([later])).toMatchObject({ updated: 1, rejected: 0 });
    expect(await ends()).toEqual([technique.id]);
  });
});

describe('a file that cannot be read', () => {
  let atlas: MemoryAtlas;
  beforeAll(async () => {
    atlas = await openMemoryAtlas();
    await atlas.importOne([malware]);
  });
  afterAll(() => atlas.engine.close());

  const whole = JSON.stringify(
    bundleOf(group, technique, ...Array.from({ length: 3000 }, (_, i) => stixObject('tool', i))),
  );
  it.each<[string, string | Buffer, string]>([
    ['cut off', whole.slice(0, -20), 'TRUNCATED'],
    ['empty', '', 'INVALID_JSON'],
    ['JSON of something else', '{"objects":[{"a":1},{"b":2}]}', 'NOT_STIX'],
    ['JSON without objects', '{"a":1}', 'NOT_STIX'],
    ['a scalar', '42', 'UNKNOWN_FORMAT'],
    ['JSON Schema', '{"id":"https://x/schema.json","type":"object"}', 'NOT_STIX'],
    ['damaged at its end', `${whole.slice(0, -2)}x]}`, 'INVALID_JSON'],
    ['gzip cut off', gzipSync(whole).subarray(0, 500), 'BAD_GZIP'],
    ['named gzip but not', Buffer.from([0x1f, 0x8b, 0x08, 0xff, 0xff]), 'BAD_GZIP'],
    ['nesting without end', `{"objects":[${'['.repeat(1e6)}`, 'TOO_DEEP'],
    [
      'in another encoding',
      Buffer.from('{"objects":[{"type":"tool","id":"tool--1","name":"caf\u00e9"}]}', 'latin1'),
      'BAD_ENCODING',
    ],
  ])('%s is reported by its code and changes nothing', async (_name, content, code) => {
    const before = await atlas.state();
    const changes = await atlas.changeCount();
    const report = await atlas.importOne(content);
    expect(report).toMatchObject({ read: 0, error: { code }, reasons: [{ code, count: 1 }] });
    expect(report.error?.message).not.toMatch(/\n|at .*\.ts/);
    expect(await atlas.state()).toEqual(before);
    expect(await atlas.changeCount()).toBe(changes);
  });

  it('is found fast among 100 MB of nonsense, and the other files go on', async () => {
    const nonsense = Buffer.alloc(100 * 2 ** 20, 'nonsense ');
    const started = Date.now();
    const { files } = await atlas.importing([nonsense, [group]]);
    expect(Date.now() - started).toBeLessThan(5000);
    expect(files.map(({ error, created }) => [error?.code, created])).toEqual([
      ['UNKNOWN_FORMAT', 0],
      [undefined, 1],
    ]);
  });

  it('refuses options out of range and formats that are not', async () => {
    await expect(atlas.importing([[malware]], { reliability: 'Z' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    await expect(atlas.importing([[malware]], { confidence: 101 })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    const report = await atlas.importOne([malware], { format: 'none' });
    expect(report.error?.code).toBe('UNKNOWN_FORMAT');
  });
});
