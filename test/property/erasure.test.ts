/** Erasure: no trace of what was erased is left in anything a store holds, and nothing else is touched. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createServices } from '../../src/compose';
import { relationshipId } from '../../src/model/identity';
import { LOCAL_VIEWER } from '../../src/model/viewer';
import { BackupService } from '../../src/service/backup/backup.service';
import { RestoreService } from '../../src/service/backup/restore.service';
import { EmbeddedEngine } from '../../src/store/embedded/engine';
import type { StoreEngine } from '../../src/store/engine';
import { migrate } from '../../src/store/migrate';
import { viewOf } from '../support/projection-view';
import { describeStores } from '../support/stores';
import { claim } from '../support/values';

const NOW = () => new Date('2026-01-01T00:00:00.000Z');
const INTENT = { kind: 'import', actor: 'test' };
const folder = mkdtempSync(join(tmpdir(), 'chokepoint-atlas-erasure-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PERSON = 'threat-actor--person-"quoted"';
const MARK = 'Jane Q. Doe';
const ORDER = { id: PERSON, reason: 'Asked for', basis: 'GDPR Art. 17' };
const KEPT = ['Service', 'kept'] as const;

const linesOf = async (engine: StoreEngine): Promise<string[]> => {
  const path = join(folder, 'dump.gz');
  await new BackupService(engine, NOW).write(path);
  return gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n');
};

/** A person in every kind of record: described twice, related, claimed, judged, reported, referred to. */
async function write(engine: StoreEngine, space: string) {
  const services = createServices(engine);
  const id = `${PERSON}${space}`;
  const kept = { id: `x-atlas-service--kept${space}`, type: KEPT[0], properties: { name: KEPT[1] } };
  const report = {
    id: `report--about${space}`,
    type: 'Report',
    properties: { name: 'A report', objectRefs: [id, kept.id] },
  };
  const person = (name: string) => ({
    id,
    type: 'ThreatActor',
    properties: {
      name,
      kind: 'PERSON',
      standing: 'SUSPECT',
      legalBasis: 'Public charge',
      reviewAt: '2030-01-01T00:00:00Z',
      description: `${name} did it`,
      customProperties: { of: name },
    },
  });
  const link = (type: string, from: string, to: string) => ({
    id: relationshipId(type, from, to),
    type,
    from,
    to,
    properties: { description: `about ${MARK}` },
  });
  const links = [link('PROVIDED_BY', kept.id, id), link('MEMBER_OF', id, `threat-actor--group${space}`)];
  const mention = {
    id: `x-atlas-venue--mention${space}`,
    type: 'Venue',
    properties: { name: 'Venue', createdByRef: id, customProperties: { seen: [{ by: id }] } },
  };
  const claims = [
    claim({ id }, report.id, { says: `It is ${MARK}` }),
    claim(links[0], report.id, { says: `${MARK} runs it` }),
    claim(kept, report.id, { says: 'It is sold' }),
  ];
  const write = (batch: Parameters<typeof services.writes.write>[0], more = {}) =>
    services.writes.write(batch, { ...INTENT, ...more });
  await write({ nodes: [kept, report, mention, person(`${MARK} the first`)], relationships: links, claims });
  await write({ nodes: [person(MARK)], relationships: [], claims: [] });
  await write(
    { nodes: [], relationships: [], claims: [{ ...claims[0], says: `${MARK} again`, edited: true }] },
    { isClaimEdit: true },
  );
  return { services, id, kept, report, links, claims, person, write };
}

describeStores('erasure', (store, name) => {
  let run = 0;
  const fresh = async () => {
    run += 1;
    return write(store().engine, `-${run}`);
  };
  const viewNow = async (services: Awaited<ReturnType<typeof fresh>>['services']) =>
    services.views.view({ viewer: LOCAL_VIEWER });

  it('leaves no trace of text or id in a dump, and everything else as it was', async () => {
    const { services, id, kept, report, links } = await fresh();
    const { engine } = store();
    const before = await linesOf(engine);
    expect(before.filter((line) => line.includes(MARK)).length).toBeGreaterThan(6);
    const dry = await services.erasures.erase({ ...ORDER, id }, await viewNow(services), true);
    expect(await linesOf(engine)).toEqual(before);
    const report_ = await services.erasures.erase({ ...ORDER, id }, await viewNow(services), false);
    expect(report_).toMatchObject({ nodes: 1, relationships: 2, claims: 2, versions: 2 });
    expect({ ...report_, seq: undefined, tombstone: '' }).toEqual({ ...dry, seq: undefined, tombstone: '' });
    const after = await linesOf(engine);
    const text = after.join('\n');
    expect(text).not.toContain(MARK);
    for (const gone of [id, ...links.map((link) => link.id)]) {
      expect(text).not.toContain(JSON.stringify(gone).slice(1, -1));
      expect(text).not.toContain(JSON.stringify(JSON.stringify(gone)).slice(3, -3));
    }
    expect(text).toContain(report_.tombstone);
    const isOther = (line: string) =>
      line.includes(kept.id) && line.startsWith('{"node":"Entity"') && !line.includes(report.id);
    expect(after.filter(isOther)).toEqual(before.filter(isOther));
    const claimed = await services.evidence.find([kept.id]);
    expect(claimed.get(kept.id)).toHaveLength(1);
  });

  it('is seen at once by whoever keeps something of the graph, on every replica', async () => {
    const { services, id, kept } = await fresh();
    const other = createServices(await store().peer());
    const seen = async (each: typeof services) => {
      const projection = await each.projections.current();
      const hits = await each.searches.search(await viewNow(each), MARK, (hit) => hit === id);
      return [projection.vertices.ids.includes(id), hits.length];
    };
    expect([await seen(services), await seen(other)]).toEqual([
      [true, 1],
      [true, 1],
    ]);
    const seq = (await services.projections.current()).seq;
    await services.projections.at(seq - 1);
    await services.erasures.erase({ ...ORDER, id }, await viewNow(services), false);
    expect([await seen(services), await seen(other)]).toEqual([
      [false, 0],
      [false, 0],
    ]);
    for (const each of [services, other]) {
      const past = await each.projections.at(seq);
      expect(past.vertices.ids).not.toContain(id);
      expect(past.vertices.ids).toContain(kept.id);
      expect((await each.nodes.find([id], { knownAtSeq: seq })).size).toBe(0);
      expect((await each.evidence.find([id], { knownAtSeq: seq })).get(id)).toEqual([]);
    }
    expect(viewOf(await services.projections.current())).toEqual(
      viewOf(await createServices(store().engine).projections.current()),
    );
  });

  it('refuses the id from then on, and what leads to it', async () => {
    const { services, id, kept, report, links, person, write } = await fresh();
    await services.erasures.erase({ ...ORDER, id }, await viewNow(services), false);
    const again = await write({
      nodes: [person(MARK), kept],
      relationships: links,
      claims: [claim({ id }, report.id, { says: MARK }), claim(kept, id, { says: MARK })],
    });
    expect(again.items.map(({ status, problem }) => [status, problem?.code])).toEqual([
      ['rejected', 'ERASED'],
      ['unchanged', undefined],
      ['rejected', 'ERASED'],
      ['rejected', 'ERASED'],
    ]);
    expect((await linesOf(store().engine)).join('\n')).not.toContain(MARK);
    expect(await services.erasures.among([id, kept.id])).toEqual([id]);
  });

  it('erases one relationship and leaves its ends', async () => {
    const { services, id, links, write } = await fresh();
    const report = await services.erasures.erase(
      { ...ORDER, id: links[0].id },
      await viewNow(services),
      false,
    );
    expect(report).toMatchObject({ nodes: 0, relationships: 1, claims: 1 });
    const { edges, vertices } = await services.projections.current();
    expect(edges.ids).not.toContain(links[0].id);
    expect(edges.ids).toContain(links[1].id);
    expect(vertices.ids).toContain(id);
    const { items } = await write({ nodes: [], relationships: links, claims: [] });
    expect(items.map((item) => item.status)).toEqual(['rejected', 'unchanged']);
    await services.erasures.erase({ ...ORDER, id }, await viewNow(services), false);
  });

  it('is kept from by a hold on the object or on a relationship of it, until that is lifted', async () => {
    const { services, id, links } = await fresh();
    const view = await viewNow(services);
    const hold = await services.holds.place(links[1].id, 'Case 12', view);
    await expect(services.erasures.erase({ ...ORDER, id }, view, false)).rejects.toMatchObject({
      code: 'LEGAL_HOLD',
      data: { reason: 'Case 12', by: 'local' },
    });
    expect((await linesOf(store().engine)).join('\n')).toContain(MARK);
    await services.holds.lift(hold.id, 'Closed', view);
    await expect(services.holds.lift(hold.id, 'Closed', view)).rejects.toMatchObject({
      code: 'HOLD_NOT_FOUND',
    });
    await services.erasures.erase({ ...ORDER, id }, view, false);
    const [kept] = (await services.holds.list()).filter((each) => each.id === hold.id);
    expect(kept).toMatchObject({ reason: 'Case 12', liftedBy: 'local', liftReason: 'Closed' });
    expect(kept.objectId).toMatch(/^erased--/);
  });

  it('erases a report with the claims that it made', async () => {
    const { services, kept, report, id } = await fresh();
    const erased = await services.erasures.erase({ ...ORDER, id: report.id }, await viewNow(services), false);
    expect(erased.claims).toBe(3);
    expect((await services.evidence.find([kept.id])).get(kept.id)).toEqual([]);
    await services.erasures.erase({ ...ORDER, id }, await viewNow(services), false);
  });

  it('lasts through backup and restore, also of a backup that was taken before', async () => {
    const { services, id, person } = await fresh();
    const old = join(folder, `old-${name}.gz`);
    await new BackupService(store().engine, NOW).write(old);
    const { tombstone } = await services.erasures.erase({ ...ORDER, id }, await viewNow(services), false);
    const path = join(folder, `${name}.gz`);
    await new BackupService(store().engine, NOW).write(path);
    const engine = EmbeddedEngine.open(undefined);
    await migrate(engine, NOW);
    await new RestoreService(engine, NOW).restore(path);
    const restored = createServices(engine);
    expect((await restored.erasures.tombstones()).map((each) => each.id)).toContain(tombstone);
    const batch = { nodes: [person(MARK)], relationships: [], claims: [] };
    expect((await restored.writes.write(batch, INTENT)).items[0].problem?.code).toBe('ERASED');
    await new RestoreService(engine, NOW).restore(old, { isReplacing: true });
    const again = createServices(engine);
    expect((await linesOf(engine)).join('\n')).not.toContain(JSON.stringify(id).slice(1, -1));
    expect((await again.writes.write(batch, INTENT)).items[0].problem?.code).toBe('ERASED');
    await engine.close();
  });
});

describe('the file of the embedded engine', () => {
  it('does not hold what was erased', async () => {
    const path = join(folder, 'erased.db');
    const engine = EmbeddedEngine.open(path);
    await migrate(engine, NOW);
    const { services, id } = await write(engine, '-file');
    await engine.checkpoint();
    await services.erasures.erase(
      { ...ORDER, id },
      await services.views.view({ viewer: LOCAL_VIEWER }),
      false,
    );
    const left = (await services.projections.current()).vertices.ids;
    expect(left.length).toBeGreaterThan(3);
    await engine.close();
    const { readdirSync, statSync } = require('node:fs') as typeof import('node:fs');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.startsWith('erased.db') && statSync(join(folder, file)).isFile())
      .map((file) => readFileSync(join(folder, file)));
    expect(files.length).toBeGreaterThan(0);
    for (const bytes of files) expect(bytes.includes(MARK)).toBe(false);
    const again = EmbeddedEngine.open(path);
    expect((await createServices(again).projections.current()).vertices.ids).toEqual(left);
    await again.close();
  });
});
