import { relationshipProperties, relationshipTypes } from '../../src/model/ontology/ontology';
import type { NodeValue, RelationshipValue } from '../../src/model/values';
import { deleteNodes, mergeNodes } from '../../src/store/node.store';
import {
  createRelationships,
  deleteRelationships,
  findRelationshipStates,
  findRelationships,
  findRelationshipsFrom,
  loadRelationshipColumns,
  mergeRelationships,
} from '../../src/store/relationship.store';
import { type Contract, describeContract } from '../support/contract';
import { fullRelationship } from '../support/samples';
import { byId } from '../support/sorted';
import { digested, node, relationship } from '../support/values';

const write = ({ store }: Contract, nodes: readonly NodeValue[], links: readonly RelationshipValue[]) =>
  store.engine.write(async (transaction) => {
    await mergeNodes(transaction, nodes.map(digested), 'change--1');
    await mergeRelationships(transaction, links.map(digested), 'change--1');
  });

describeContract('relationship', (contract) => {
  describe('createRelationships', () => {
    it('leaves of every type, full or sparse, what a merge leaves', async () => {
      const { engine } = contract().store;
      const samples = relationshipTypes().map(fullRelationship);
      const values = samples.flatMap(({ value, from, to }) => [
        value,
        { ...value, id: `${value.id} sparse`, from: from.id, to: to.id, properties: {} },
      ]);
      await write(
        contract(),
        samples.flatMap(({ from, to }) => [from, to]),
        [],
      );
      await engine.write((transaction) =>
        createRelationships(transaction, values.map(digested), 'change--1'),
      );
      const created = await findRelationships(engine, values);
      expect(created.size).toBe(values.length);
      await engine.write((transaction) => mergeRelationships(transaction, values.map(digested), 'change--1'));
      expect(byId(created)).toEqual(byId(await findRelationships(engine, values)));
      contract().show(byId(created));
    });

    it.each(['id', 'from', 'to'])('refuses a row without %s', async (key) => {
      const { engine } = contract().store;
      const bad = { ...relationship('USES', { id: 'a' }, { id: 'b' }), [key]: '' };
      const made = engine.write((transaction) =>
        createRelationships(transaction, [digested(bad)], 'change--1'),
      );
      await expect(made).rejects.toMatchObject({ code: 'NULL_KEY', data: { key } });
    });
  });

  describe('many relationships of one node', () => {
    const numbered = (i: number, from: NodeValue, to: NodeValue): RelationshipValue => ({
      ...relationship('CONTAINS', from, to, { description: `first ${i}` }),
      id: `relationship--${from.id}-${i}`,
    });
    const shapes: [string, (hub: NodeValue, leaves: readonly NodeValue[]) => RelationshipValue[]][] = [
      ['leave it', (hub, leaves) => leaves.map((leaf, i) => numbered(i, hub, leaf))],
      ['lead to it', (hub, leaves) => leaves.map((leaf, i) => numbered(i, leaf, hub))],
      ['lie between it and one other', (hub, leaves) => leaves.map((_, i) => numbered(i, hub, leaves[0]))],
    ];

    it.each(shapes)(
      'are found, changed and told from those that are not there: they %s',
      async (shape, linksOf) => {
        const { engine } = contract().store;
        const hub = node('Report', shape);
        const leaves = Array.from({ length: 60 }, (_, i) => node('Malware', `${shape} ${i}`));
        const all = linksOf(hub, leaves);
        const [there, missing] = [all.slice(0, 50), all.slice(50)];
        await write(contract(), [hub, ...leaves], there);
        const states = await findRelationshipStates(engine, all);
        expect([...states.keys()].sort()).toEqual(there.map(({ id }) => id).sort());
        expect((await findRelationships(engine, all)).size).toBe(there.length);
        const changed = all.map((each) => ({ ...each, properties: { description: `second ${each.id}` } }));
        await engine.write((transaction) =>
          mergeRelationships(transaction, changed.map(digested), 'change--2'),
        );
        const found = await findRelationships(engine, all);
        expect(found.size).toBe(all.length);
        for (const value of changed) expect(found.get(value.id)).toMatchObject(value);
        const after = await findRelationshipStates(engine, all);
        expect([...after.values()].every(({ changeId }) => changeId === 'change--2')).toBe(true);
        expect(after.has(missing[0].id)).toBe(true);
        const left = await findRelationshipsFrom(engine, [hub.id, ...leaves.map(({ id }) => id)]);
        expect(left).toHaveLength(all.length);
        contract().show(byId(found));
      },
    );

    it('are looked through once where 5,000 lie between the same two: changed and deleted in seconds', async () => {
      const { engine } = contract().store;
      const [a, b] = [node('Report', 'beside'), node('Malware', 'beside')];
      const all = Array.from({ length: 5_000 }, (_, i) => numbered(i, a, b));
      await write(contract(), [a, b], []);
      await engine.write((transaction) => createRelationships(transaction, all.map(digested), 'change--1'));
      const changed = all.map((each) => ({ ...each, properties: { description: `second ${each.id}` } }));
      await engine.write((transaction) =>
        mergeRelationships(transaction, changed.map(digested), 'change--2'),
      );
      const found = await findRelationships(engine, all.toReversed());
      expect([...found.keys()]).toEqual(all.toReversed().map(({ id }) => id));
      for (const value of changed) expect(found.get(value.id)).toMatchObject(value);
      const [kept, ...others] = all;
      await engine.write((transaction) => deleteRelationships(transaction, others));
      expect([...(await findRelationshipStates(engine, all)).keys()]).toEqual([kept.id]);
    }, 20_000);
  });

  describe('mergeRelationships', () => {
    it('keeps every property of every type, and gives it back as it was', async () => {
      const samples = relationshipTypes().map(fullRelationship);
      const values = samples.map((sample) => sample.value);
      await write(
        contract(),
        samples.flatMap(({ from, to }) => [from, to]),
        values,
      );
      const found = await findRelationships(contract().store.engine, values);
      for (const value of values) expect(found.get(value.id)).toMatchObject(value);
      contract().show(byId(found));
    });

    it('replaces all properties of one that is there, and makes no second', async () => {
      const [a, b] = [node('Malware', 'a'), node('Tool', 'b')];
      await write(contract(), [a, b], [relationship('USES', a, b, { description: 'first' })]);
      const after = relationship('USES', a, b, { inferred: true });
      await write(contract(), [], [after]);
      const found = await findRelationshipsFrom(contract().store.engine, [a.id]);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject(after);
      contract().show(found);
    });

    it('keeps several relationships of one type between the same ends apart by id', async () => {
      const [a, b] = [node('Malware', 'many a'), node('Tool', 'many b')];
      const values = ['x', 'y', '__proto__'].map((id) => ({ ...relationship('USES', a, b), id }));
      await write(contract(), [a, b], values);
      const found = await findRelationshipsFrom(contract().store.engine, [a.id]);
      expect(byId(found).map((each) => each.id)).toEqual(['__proto__', 'x', 'y']);
      contract().show(byId(found));
    });

    it('keeps one from a node to itself', async () => {
      const a = node('Service', 'self');
      const loop = relationship('RESELLS', a, a);
      await write(contract(), [a], [loop]);
      expect((await findRelationships(contract().store.engine, [loop])).get(loop.id)).toMatchObject(loop);
    });

    it('writes nothing between ends that are not there', async () => {
      const [a, b] = [node('Malware', 'nowhere a'), node('Tool', 'nowhere b')];
      const value = relationship('USES', a, b);
      await write(contract(), [a], [value]);
      expect(await findRelationships(contract().store.engine, [value])).toEqual(new Map());
    });
  });

  describe('findRelationshipStates', () => {
    it('finds type, digest, time of modification and change', async () => {
      const [a, b] = [node('Malware', 'state a'), node('Tool', 'state b')];
      const value = relationship('USES', a, b, { modified: '2025-01-01T00:00:00Z' });
      await write(contract(), [a, b], [value]);
      const states = await findRelationshipStates(contract().store.engine, [
        value,
        relationship('USES', b, a),
      ]);
      expect([...states.values()]).toEqual([
        {
          id: value.id,
          type: 'USES',
          digest: digested(value).digest,
          modified: '2025-01-01T00:00:00Z',
          changeId: 'change--1',
        },
      ]);
      contract().show([...states.values()]);
    });
  });

  describe('findRelationships', () => {
    it('finds by id and both ends: other ends or the other direction find nothing', async () => {
      const [a, b, c] = [node('Malware', 'find a'), node('Tool', 'find b'), node('Tool', 'find c')];
      const value = relationship('USES', a, b);
      await write(contract(), [a, b, c], [value]);
      const { engine } = contract().store;
      const keys = [
        { id: value.id, from: a.id, to: c.id },
        { id: value.id, from: b.id, to: a.id },
        { id: 'relationship--none', from: a.id, to: b.id },
      ];
      expect(await findRelationships(engine, keys)).toEqual(new Map());
      expect([...(await findRelationships(engine, [...keys, value])).keys()]).toEqual([value.id]);
    });
  });

  describe('findRelationshipsFrom', () => {
    it('finds those that leave the nodes, of every type, and none that enters them', async () => {
      const [a, b] = [node('Service', 'from a'), node('Service', 'from b')];
      const values = [
        relationship('RESELLS', a, b),
        relationship('DEPENDS_ON', a, b),
        relationship('RESELLS', b, a),
      ];
      await write(contract(), [a, b], values);
      const found = await findRelationshipsFrom(contract().store.engine, [a.id]);
      expect(byId(found).map((each) => each.id)).toEqual(byId(values.slice(0, 2)).map((each) => each.id));
      contract().show(byId(found));
    });
  });

  describe('loadRelationshipColumns', () => {
    it.each(relationshipTypes().map((type) => [type.name, type] as const))(
      'loads the columns of %s',
      async (name, type) => {
        const { from, to, value } = fullRelationship(type);
        await write(contract(), [from, to], [value]);
        const rows = await loadRelationshipColumns(contract().store.engine, name);
        const columns = relationshipProperties(name).filter((spec) => spec.isColumn);
        const mine = rows.filter((row) => row.id === value.id);
        expect(mine).toEqual([
          {
            id: value.id,
            from: from.id,
            to: to.id,
            changeId: 'change--1',
            ...Object.fromEntries(columns.map((spec) => [spec.name, value.properties[spec.name] ?? null])),
          },
        ]);
        contract().show(mine);
      },
    );
  });

  describe('deleteRelationships', () => {
    it('deletes those named and leaves the ends', async () => {
      const [a, b] = [node('Service', 'delete a'), node('Service', 'delete b')];
      const [gone, kept] = [relationship('RESELLS', a, b), relationship('RESELLS', b, a)];
      await write(contract(), [a, b], [gone, kept]);
      const { engine } = contract().store;
      await engine.write((transaction) => deleteRelationships(transaction, [gone]));
      const found = await findRelationshipsFrom(engine, [a.id, b.id]);
      expect(found.map((each) => each.id)).toEqual([kept.id]);
    });

    it('go with a node that is deleted', async () => {
      const [a, b] = [node('Service', 'detach a'), node('Service', 'detach b')];
      await write(contract(), [a, b], [relationship('RESELLS', a, b)]);
      const { engine } = contract().store;
      await engine.write((transaction) => deleteNodes(transaction, [b.id]));
      expect(await findRelationshipsFrom(engine, [a.id])).toEqual([]);
    });
  });
});
