import { EMPTY_BATCH, type NodeValue, type RelationshipValue } from '../../../src/model/values';
import { WriteService } from '../../../src/service/write.service';
import { findLatestSeq, listChanges } from '../../../src/store/change.store';
import { findClaims } from '../../../src/store/claim.store';
import { findNodes } from '../../../src/store/node.store';
import { findRelationshipsFrom } from '../../../src/store/relationship.store';
import { findVersions } from '../../../src/store/version.store';
import { describeStores } from '../../support/stores';
import { claim, node, relationship } from '../../support/values';

const INTENT = { kind: 'import', actor: 'tester' };
const at = () => new Date('2026-01-01T00:00:00.000Z');
const nowhere = () => undefined;

const of = (nodes: readonly NodeValue[], relationships: readonly RelationshipValue[] = []) => ({
  ...EMPTY_BATCH,
  nodes,
  relationships,
});

describeStores('writing', (store) => {
  const service = (endsOf: ConstructorParameters<typeof WriteService>[1] = nowhere, now = at) =>
    new WriteService(store().engine, endsOf, now);
  const statuses = async (nodes: readonly NodeValue[], relationships: readonly RelationshipValue[] = []) =>
    (await service().write(of(nodes, relationships), INTENT)).items.map((item) => item.status);
  const seqNow = () => findLatestSeq(store().engine);

  describe('statuses', () => {
    it('created, unchanged, updated', async () => {
      const value = node('Malware', 'life');
      const changed = node('Malware', 'life', { family: 'x' });
      expect(await statuses([value])).toEqual(['created']);
      expect(await statuses([value])).toEqual(['unchanged']);
      expect(await statuses([changed])).toEqual(['updated']);
      expect(await statuses([value, changed])).toEqual(['unchanged', 'unchanged']);
    });

    it('an older version of what is there is unchanged', async () => {
      const modified = (time: string, name: string) => node('Malware', 'aged', { modified: time, name });
      expect(await statuses([modified('2024-02-01T00:00:00Z', 'new')])).toEqual(['created']);
      expect(await statuses([modified('2024-01-01T00:00:00Z', 'old')])).toEqual(['unchanged']);
      expect(await statuses([modified('2024-01-31T23:59:59-05:00', 'later, by zone')])).toEqual(['updated']);
    });

    it('the same time of modification with other content is updated, with a warning', async () => {
      const modified = (name: string) =>
        node('Malware', 'warned', { modified: '2024-02-01T00:00:00Z', name });
      await statuses([modified('a')]);
      const { items } = await service().write(of([modified('b')]), INTENT);
      expect(items).toEqual([
        { id: modified('b').id, status: 'updated', warning: 'SAME_MODIFIED_OTHER_CONTENT' },
      ]);
    });

    it('of one id in a batch, what was modified last counts, and the rest is unchanged', async () => {
      const modified = (time: string) => node('Malware', 'twice', { modified: time });
      const [older, newer] = [modified('2024-01-01T00:00:00Z'), modified('2025-01-01T00:00:00Z')];
      expect(await statuses([newer, older, newer])).toEqual(['created', 'unchanged', 'unchanged']);
      expect(await statuses([older, { ...newer }])).toEqual(['unchanged', 'unchanged']);
      const found = await findNodes(store().engine, [newer.id]);
      expect(found.get(newer.id)!.properties).toEqual(newer.properties);
    });

    it('a property that is null is one that is not there', async () => {
      const value = node('Malware', 'nullish');
      await statuses([value]);
      expect(await statuses([node('Malware', 'nullish', { family: null })])).toEqual(['unchanged']);
    });

    it('a relationship with an end that nobody has described is stubbed, until it is', async () => {
      const [a, b] = [node('Malware', 'described'), node('Tool', 'not yet described')];
      const link = relationship('USES', a, b);
      expect(await statuses([a], [link])).toEqual(['created', 'stubbed']);
      expect((await findNodes(store().engine, [b.id])).get(b.id)).toMatchObject({
        type: 'Tool',
        properties: { stub: true },
        digest: null,
      });
      expect(await statuses([b], [link])).toEqual(['created', 'unchanged']);
      const filled = (await findNodes(store().engine, [b.id])).get(b.id)!;
      expect(filled.properties).toEqual(b.properties);
      expect(await findVersions(store().engine, [b.id])).toEqual([]);
    });
  });

  describe('rejections', () => {
    const rejected = async (
      nodes: readonly NodeValue[],
      relationships: readonly RelationshipValue[] = [],
    ) => {
      const before = await seqNow();
      const { items } = await service().write(of(nodes, relationships), INTENT);
      expect(await seqNow()).toBe(before);
      return items.map((item) => item.problem?.code);
    };

    it.each([[null], [undefined], [''], [7], [{}], ['x'.repeat(513)], ['malware--\ud800']])(
      'an id that is %j',
      async (id) => {
        const value = { ...node('Malware', 'x'), id: id as string };
        expect(await rejected([value])).toEqual(['MISSING_ID']);
      },
    );

    it.each([[null], [''], [7]])('an end that is %j', async (end) => {
      const [a, b] = [node('Malware', 'a'), node('Tool', 'b')];
      const link = { ...relationship('USES', a, b), to: end as string };
      expect(await rejected([], [link])).toEqual(['MISSING_END']);
    });

    it('types and properties that the ontology does not have', async () => {
      expect(
        await rejected([
          { id: 'x--1', type: 'Nonsense', properties: {} },
          { id: 'x--2', type: '__proto__', properties: {} },
          node('Malware', 'p', JSON.parse('{"__proto__": 1}')),
          node('Malware', 'q', { constructor: 1 as never }),
          node('Operation', 'r', { severity: Number.NaN }),
          node('Operation', 's', { severity: -1 }),
          node('Operation', 't', { firstSeen: 'yesterday' }),
          node('Operation', 'u', { operationType: 'PICNIC' }),
        ]),
      ).toEqual([
        'UNKNOWN_TYPE',
        'UNKNOWN_TYPE',
        'UNKNOWN_PROPERTY',
        'UNKNOWN_PROPERTY',
        'BAD_VALUE',
        'OUT_OF_RANGE',
        'BAD_VALUE',
        'NOT_IN_VOCABULARY',
      ]);
    });

    it('a relationship that the ontology does not allow between its ends, stored or given', async () => {
      const [a, b] = [node('Operation', 'op'), node('Operation', 'op 2')];
      await statuses([a]);
      const link = { ...relationship('SATISFIED_BY', a, b), id: 'relationship--not-allowed' };
      const { items } = await service().write(of([b], [link]), INTENT);
      expect(items.map((item) => item.problem?.code)).toEqual([undefined, 'NOT_ALLOWED_BETWEEN']);
    });

    it('a node that would become another type; a relationship takes its new one, and only that', async () => {
      const [a, b] = [node('Malware', 'typed a'), node('Malware', 'typed b')];
      const link = relationship('USES', a, b);
      await statuses([a, b], [link]);
      const other = { ...node('Tool', 'typed a'), id: a.id };
      expect(await rejected([other], [])).toEqual(['TYPE_CHANGED']);
      expect(await statuses([], [{ ...link, type: 'DEPENDS_ON' }])).toEqual(['updated']);
      const left = await findRelationshipsFrom(store().engine, [a.id]);
      expect(left.map(({ type }) => type)).toEqual(['DEPENDS_ON']);
    });

    it('a relationship that would get other ends', async () => {
      const [a, b, c] = ['a', 'b', 'c'].map((key) => node('Malware', `ends ${key}`));
      const link = relationship('USES', a, b);
      await statuses([a, b, c], [link]);
      const endsOf = (id: string) => (id === link.id ? { from: a.id, to: b.id } : undefined);
      const { items } = await service(endsOf).write(of([], [{ ...link, to: c.id }, link]), INTENT);
      expect(items.map((item) => item.status)).toEqual(['unchanged', 'unchanged']);
      const moved = await service(endsOf).write(of([], [{ ...link, to: c.id }]), INTENT);
      expect(moved.items[0].problem?.code).toBe('ENDS_CHANGED');
    });

    it('but one whose source modified it later moves, and one that is older stays', async () => {
      const { engine } = store();
      const [a, b, c] = ['a', 'b', 'c'].map((key) => node('Malware', `moved ${key}`));
      const at = (year: number, to: { id: string }) => ({
        ...relationship('USES', a, b, { modified: `${year}-01-01T00:00:00Z` }),
        to: to.id,
      });
      await statuses([a, b, c], [at(2024, b)]);
      const endsOf = () => ({ from: a.id, to: b.id });
      const older = await service(endsOf).write(of([], [at(2023, c)]), INTENT);
      expect(older).toMatchObject({ items: [{ status: 'unchanged' }], seq: undefined });
      const moved = await service(endsOf).write(of([], [at(2025, c)]), INTENT);
      expect(moved.items).toMatchObject([{ status: 'updated' }]);
      const left = await findRelationshipsFrom(engine, [a.id]);
      expect(left.map(({ to }) => to)).toEqual([c.id]);
      expect(await findVersions(engine, [at(2024, b).id])).toMatchObject([
        { type: 'USES', from: a.id, to: b.id, properties: { modified: '2024-01-01T00:00:00Z' } },
      ]);
    });

    it('take nothing else of the batch with them, but the claims on them', async () => {
      const { engine } = store();
      const good = node('Malware', 'good');
      const bad = node('Malware', 'bad', { nonsense: 1 });
      const report = await service().write(
        { nodes: [bad, good], relationships: [], claims: [claim(bad, 'r'), claim(good, 'r')] },
        INTENT,
      );
      expect(report.items.map((item) => item.status)).toEqual(['rejected', 'created']);
      expect([...(await findClaims(engine, [bad.id, good.id])).keys()]).toEqual([good.id]);
    });
  });

  describe('one batch is one change', () => {
    it('that says who did what, when, to which objects', async () => {
      const [a, b] = [node('Malware', 'change a'), node('Tool', 'change b')];
      const link = relationship('USES', a, b);
      const before = await seqNow();
      const { seq } = await service().write(of([a], [link]), INTENT);
      expect(seq).toBe(before + 1);
      expect(await listChanges(store().engine, before, 10)).toEqual([
        {
          id: expect.stringMatching(/^change--/),
          seq,
          at: '2026-01-01T00:00:00.000Z',
          kind: 'import',
          actor: 'tester',
          nodeIds: [a.id, b.id],
          relationshipIds: [link.id],
          fromIds: [a.id],
          deletedIds: [],
          factIds: [],
        },
      ]);
    });

    it('however long it is: it goes to the statements in pieces, and to the store as one', async () => {
      const nodes = Array.from({ length: 5_001 }, (_, index) => node('Account', `long ${index}`));
      const claims = nodes.map((value) => claim(value, 'report--1'));
      const before = await seqNow();
      const report = await service().write({ nodes, relationships: [], claims }, INTENT);
      expect(report.seq).toBe(before + 1);
      expect(report.items.filter((item) => item.status === 'created')).toHaveLength(nodes.length);
      const ids = nodes.map((value) => value.id);
      expect((await findNodes(store().engine, ids)).size).toBe(nodes.length);
      expect((await findClaims(store().engine, ids)).size).toBe(nodes.length);
    }, 60_000);

    it('also when only claims change', async () => {
      const value = node('Malware', 'only claimed');
      const { seq } = await service().write(of([value]), INTENT);
      const claimed = { ...EMPTY_BATCH, claims: [claim(value, 'report--1', { says: 'x' })] };
      expect((await service().write(claimed, INTENT)).seq).toBe(seq! + 1);
      expect((await service().write(claimed, INTENT)).seq).toBeUndefined();
    });

    it('and none when nothing changes, nothing is given, or it is a dry run', async () => {
      const value = node('Malware', 'nothing');
      await statuses([value]);
      const before = await seqNow();
      const dryRun = { ...INTENT, isDryRun: true };
      expect((await service().write(EMPTY_BATCH, INTENT)).seq).toBeUndefined();
      expect((await service().write(of([value]), INTENT)).seq).toBeUndefined();
      const report = await service().write(of([node('Malware', 'never written')]), dryRun);
      expect(report).toEqual({ items: [{ id: node('Malware', 'never written').id, status: 'created' }] });
      expect(await seqNow()).toBe(before);
      expect((await findNodes(store().engine, [report.items[0].id])).size).toBe(0);
    });
  });

  describe('a batch that fails half-way', () => {
    const [a, b] = [node('Malware', 'half a'), node('Tool', 'half b')];
    const whole = {
      nodes: [a],
      relationships: [relationship('USES', a, b)],
      claims: [claim(a, 'report--1')],
    };
    const expectNothing = async (before: number) => {
      const { engine } = store();
      expect(await seqNow()).toBe(before);
      expect((await findNodes(engine, [a.id, b.id])).size).toBe(0);
      expect((await findClaims(engine, [a.id])).size).toBe(0);
    };

    it('leaves nothing: a claim without an id, after nodes and relationships were merged', async () => {
      const before = await seqNow();
      const broken = { ...whole, claims: [...whole.claims, { factId: a.id, reportId: 'r' } as never] };
      await expect(service().write(broken, INTENT)).rejects.toMatchObject({ code: 'NULL_KEY' });
      await expectNothing(before);
    });

    it('leaves nothing: a clock that fails at the last statement', async () => {
      const before = await seqNow();
      const broken = service(nowhere, () => new Date(Number.NaN));
      await expect(broken.write(whole, INTENT)).rejects.toThrow(RangeError);
      await expectNothing(before);
    });

    it('and passes when it is written again', async () => {
      const { items } = await service().write(whole, INTENT);
      expect(items.map((item) => item.status)).toEqual(['created', 'stubbed']);
    });
  });

  describe('writers at the same time', () => {
    it('make one gapless sequence', async () => {
      const services = [store().engine, await store().peer()].map(
        (engine) => new WriteService(engine, nowhere, at),
      );
      const before = await seqNow();
      const reports = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          services[index % 2].write(of([node('Malware', `parallel ${index}`)]), INTENT),
        ),
      );
      const numbers = reports.map((report) => report.seq!).sort((x, y) => x - y);
      expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => before + index + 1));
      const changes = await listChanges(store().engine, before, 100);
      expect(changes.map((change) => change.seq)).toEqual(numbers);
    });

    it('lose no state of an object that all of them write', async () => {
      const services = [store().engine, await store().peer()].map(
        (engine) => new WriteService(engine, nowhere, at),
      );
      const state = (index: number) => node('Malware', 'contended', { family: `state ${index}` });
      const reports = await Promise.all(
        Array.from({ length: 12 }, (_, index) => services[index % 2].write(of([state(index)]), INTENT)),
      );
      const { id } = state(0);
      const current = (await findNodes(store().engine, [id])).get(id)!;
      const versions = await findVersions(store().engine, [id]);
      const families = [...versions.map((version) => version.properties), current.properties].map(
        (properties) => properties.family,
      );
      expect(families.sort()).toEqual(Array.from({ length: 12 }, (_, index) => `state ${index}`).sort());
      expect(reports.filter((report) => report.items[0].status === 'created')).toHaveLength(1);
    }, 60_000);
  });
});
