import { nodeProperties, nodeTypes } from '../../src/model/ontology/ontology';
import {
  createNodes,
  deleteNodeContents,
  deleteNodes,
  findNodeStates,
  findNodes,
  listNodeTexts,
  loadNodeColumns,
  loadStubs,
  mergeNodes,
  mergeStubs,
} from '../../src/store/node.store';
import { findRecords } from '../../src/store/record.store';
import { findRelationshipsFrom, mergeRelationships } from '../../src/store/relationship.store';
import { describeContract } from '../support/contract';
import { fullNode } from '../support/samples';
import { byId } from '../support/sorted';
import { digested, node, relationship } from '../support/values';

const AWKWARD_IDS = [
  '__proto__',
  'constructor',
  'malware--üñí-漢字-😀',
  "x'}) DETACH DELETE n //",
  '`id` {a: $b}',
  'line\nbreak\ttab',
  'caf\u00e9',
  'cafe\u0301',
  'é'.repeat(512),
];

describeContract('node', (contract) => {
  describe('createNodes', () => {
    it('leaves of every type, full or sparse, what a merge leaves', async () => {
      const { store, show } = contract();
      const values = nodeTypes().flatMap((type) => [
        fullNode(type.name, 'new and full'),
        {
          ...node(type.name, 'new and sparse'),
          properties: { name: 'sparse', standsFor: 'last of its row' },
        },
      ]);
      const ids = values.map((value) => value.id);
      await store.engine.write((transaction) => createNodes(transaction, values.map(digested), 'change--1'));
      const created = byId(await findNodes(store.engine, ids));
      const records = await findRecords(store.engine, 'Entity', ids);
      expect(created).toHaveLength(values.length);
      await store.engine.write((transaction) => mergeNodes(transaction, values.map(digested), 'change--1'));
      expect(created).toEqual(byId(await findNodes(store.engine, ids)));
      expect(records).toEqual(await findRecords(store.engine, 'Entity', ids));
      for (const { name } of nodeTypes()) {
        const loaded = await loadNodeColumns(store.engine, name);
        expect(loaded.filter((row) => ids.includes(row.id as string))).toHaveLength(2);
      }
      show(created);
    });

    it('refuses a row without an id', async () => {
      const { engine } = contract().store;
      const bad = { ...node('Malware', 'bad'), id: null as unknown as string };
      const write = engine.write((transaction) => createNodes(transaction, [digested(bad)], 'change--1'));
      await expect(write).rejects.toMatchObject({ code: 'NULL_KEY', data: { key: 'id' } });
    });
  });

  describe('mergeNodes', () => {
    it('keeps every property of every type, and gives it back as it was', async () => {
      const { store, show } = contract();
      const values = nodeTypes().map((type) => fullNode(type.name, 'full'));
      await store.engine.write((transaction) => mergeNodes(transaction, values.map(digested), 'change--1'));
      const found = await findNodes(
        store.engine,
        values.map((value) => value.id),
      );
      for (const value of values) expect(found.get(value.id)).toMatchObject(value);
      show(byId(found));
    });

    it('replaces all properties: one that the new state lacks is gone', async () => {
      const { store, show } = contract();
      const before = node('Malware', 'replaced', { family: 'old', aliases: ['a'] });
      const after = node('Malware', 'replaced', { version: '2' });
      await store.engine.write((transaction) => mergeNodes(transaction, [digested(before)], 'change--1'));
      await store.engine.write((transaction) => mergeNodes(transaction, [digested(after)], 'change--2'));
      const found = await findNodes(store.engine, [after.id]);
      expect(found.get(after.id)!.properties).toEqual(after.properties);
      expect(found.get(after.id)!.changeId).toBe('change--2');
      show(byId(found));
    });

    it('keeps ids and texts that look like code, markup or prototypes', async () => {
      const { store, show } = contract();
      const values = AWKWARD_IDS.map((id) => ({
        id,
        type: 'Tool',
        properties: { name: id, aliases: [id, ''], customProperties: { [`k ${id}`]: id } },
      }));
      await store.engine.write((transaction) => mergeNodes(transaction, values.map(digested), 'change--1'));
      const found = await findNodes(store.engine, AWKWARD_IDS);
      expect(found.size).toBe(values.length);
      for (const value of values) expect(found.get(value.id)).toMatchObject(value);
      show(byId(found));
    });

    it('keeps numbers exact, whole ones whole', async () => {
      const { store, show } = contract();
      const numbers = [0, 1, 0.1, 1e-9, 365, 2 ** 53 - 1, 2 ** 53, 1e12 - 0.5, 1e15];
      const values = numbers.map((number) =>
        node('Operation', `number ${number}`, { revenueLowUsd: number, victimsLow: Math.min(number | 0, 9) }),
      );
      await store.engine.write((transaction) => mergeNodes(transaction, values.map(digested), 'change--1'));
      const found = await findNodes(
        store.engine,
        values.map((value) => value.id),
      );
      expect(values.map((value) => found.get(value.id)!.properties.revenueLowUsd)).toEqual(numbers);
      show(byId(found));
    });
  });

  describe('mergeStubs', () => {
    it('creates a placeholder once and leaves a described node alone', async () => {
      const { store, show } = contract();
      const described = node('Malware', 'described');
      const stub = { id: 'malware--stub', type: 'Malware' };
      await store.engine.write((transaction) => mergeNodes(transaction, [digested(described)], 'change--1'));
      for (const changeId of ['change--2', 'change--3']) {
        await store.engine.write((transaction) =>
          mergeStubs(transaction, [stub, { id: described.id, type: 'Malware' }], changeId),
        );
      }
      const found = await findNodes(store.engine, [stub.id, described.id]);
      expect(found.get(stub.id)).toMatchObject({ ...stub, digest: null, changeId: 'change--2' });
      expect(found.get(described.id)).toMatchObject({ ...described, changeId: 'change--1' });
      show(byId(found));
    });
  });

  describe('listNodeTexts', () => {
    it('lists the texts of every node, described or not, and nothing of what is no node', async () => {
      const { store, show } = contract();
      const named = node('Technique', 'texts', {
        aliases: ['b', 'a'],
        description: 'd',
        externalId: 'T1',
        markings: ['tlp:red'],
        sharedWith: ['desk'],
        restated: ['name'],
      });
      const weak = node('Vulnerability', 'weak', { cve: 'CVE-2024-1' });
      const stub = { id: 'tool--texts', type: 'Tool' };
      await store.engine.write(async (transaction) => {
        await mergeNodes(transaction, [named, weak].map(digested), 'change--1');
        await mergeStubs(transaction, [stub], 'change--1');
      });
      const ids = [named.id, weak.id, stub.id];
      const rows = (await listNodeTexts(store.engine)).filter((row) => ids.includes(row.id));
      expect(byId(rows)).toEqual(
        byId([
          {
            id: named.id,
            type: 'Technique',
            name: 'texts',
            aliases: ['b', 'a'],
            description: 'd',
            externalId: 'T1',
            cve: null,
            markings: ['tlp:red'],
            sharedWith: ['desk'],
            restated: ['name'],
          },
          {
            id: weak.id,
            type: 'Vulnerability',
            name: 'weak',
            aliases: null,
            description: null,
            externalId: null,
            cve: 'CVE-2024-1',
            markings: null,
            sharedWith: null,
            restated: null,
          },
          {
            ...stub,
            name: null,
            aliases: null,
            description: null,
            externalId: null,
            cve: null,
            markings: null,
            sharedWith: null,
            restated: null,
          },
        ]),
      );
      show(byId(rows));
    });
  });

  describe('loadStubs', () => {
    it('lists placeholders, and none that has been described', async () => {
      const { store, show } = contract();
      const filled = node('Malware', 'filled later');
      await store.engine.write((transaction) =>
        mergeStubs(
          transaction,
          [
            { id: filled.id, type: 'Malware' },
            { id: 'tool--1', type: 'Tool' },
          ],
          'change--1',
        ),
      );
      await store.engine.write((transaction) => mergeNodes(transaction, [digested(filled)], 'change--2'));
      const ids = (await loadStubs(store.engine)).map((row) => row.id);
      expect(ids).toContain('tool--1');
      expect(ids).not.toContain(filled.id);
      show(byId(await loadStubs(store.engine)));
    });

    it('does not take a described node that calls itself a stub for one', async () => {
      const { store } = contract();
      const claimed = node('Malware', 'calls itself a stub', { stub: true });
      await store.engine.write((transaction) => mergeNodes(transaction, [digested(claimed)], 'change--1'));
      expect((await loadStubs(store.engine)).map((row) => row.id)).not.toContain(claimed.id);
    });
  });

  describe('findNodeStates', () => {
    it('finds digest, type, time of modification and change of those that are there', async () => {
      const { store, show } = contract();
      const value = digested(node('Sector', 'energy', { modified: '2025-01-01T00:00:00Z' }));
      await store.engine.write((transaction) => mergeNodes(transaction, [value], 'change--7'));
      const states = await findNodeStates(store.engine, [value.value.id, 'sector--none']);
      expect([...states.values()]).toEqual([
        {
          id: value.value.id,
          type: 'Sector',
          digest: value.digest,
          modified: '2025-01-01T00:00:00Z',
          changeId: 'change--7',
        },
      ]);
      show([...states.values()]);
    });

    it('asks nothing for no ids', async () => {
      expect(await findNodeStates(contract().store.engine, [])).toEqual(new Map());
    });
  });

  describe('findNodes', () => {
    it('has no entry for an id that is not there, and one for an id asked twice', async () => {
      const { store, show } = contract();
      const value = node('Venue', 'forum');
      await store.engine.write((transaction) => mergeNodes(transaction, [digested(value)], 'change--1'));
      const found = await findNodes(store.engine, [value.id, value.id, 'venue--none']);
      expect([...found.keys()]).toEqual([value.id]);
      show(byId(found));
    });

    it('takes ids one by one as they are: case and composition matter', async () => {
      const { store } = contract();
      const found = await findNodes(store.engine, ['CAF\u00c9', 'caf\u00e9']);
      expect([...found.keys()]).toEqual(['caf\u00e9']);
    });
  });

  describe('loadNodeColumns', () => {
    it.each(nodeTypes().map((type) => type.name))('loads the columns of %s', async (type) => {
      const { store, show } = contract();
      const value = fullNode(type, 'columns');
      await store.engine.write((transaction) => mergeNodes(transaction, [digested(value)], 'change--1'));
      const rows = (await loadNodeColumns(store.engine, type)).filter((row) => row.id === value.id);
      const columns = nodeProperties(type).filter((spec) => spec.isColumn);
      const asStored = (spec: (typeof columns)[number]) => {
        const given = value.properties[spec.name] ?? null;
        return spec.kind === 'json' && given !== null ? JSON.stringify(given) : given;
      };
      expect(rows).toEqual([
        {
          id: value.id,
          changeId: 'change--1',
          ...Object.fromEntries(columns.map((spec) => [spec.name, asStored(spec)])),
        },
      ]);
      show(rows);
    });
  });

  describe('deleteNodeContents', () => {
    it('leaves placeholders with what leads to them, and no others', async () => {
      const { store, show } = contract();
      const [emptied, kept] = [node('Malware', 'emptied'), node('Tool', 'not emptied')];
      const link = relationship('USES', emptied, kept);
      await store.engine.write(async (transaction) => {
        await mergeNodes(transaction, [digested(emptied), digested(kept)], 'change--1');
        await mergeRelationships(transaction, [digested(link)], 'change--1');
        await deleteNodeContents(transaction, [{ id: emptied.id, type: 'Malware' }], 'change--2');
      });
      const found = await findNodes(store.engine, [emptied.id, kept.id]);
      expect(found.get(emptied.id)).toMatchObject({ type: 'Malware', digest: null, changeId: 'change--2' });
      expect(found.get(emptied.id)?.properties.name).toBeUndefined();
      expect(found.get(kept.id)?.properties.name).toBe('not emptied');
      expect((await findRelationshipsFrom(store.engine, [emptied.id])).map(({ id }) => id)).toEqual([
        link.id,
      ]);
      expect((await loadStubs(store.engine)).map(({ id }) => id)).toContain(emptied.id);
      expect((await loadNodeColumns(store.engine, 'Malware')).map(({ id }) => id)).not.toContain(emptied.id);
      show(byId(found));
    });
  });

  describe('deleteNodes', () => {
    it('deletes those named and no others', async () => {
      const { store, show } = contract();
      const [gone, kept] = [node('Report', 'gone'), node('Report', 'kept')];
      await store.engine.write((transaction) =>
        mergeNodes(transaction, [digested(gone), digested(kept)], 'change--1'),
      );
      await store.engine.write((transaction) => deleteNodes(transaction, [gone.id, 'report--none']));
      const found = await findNodes(store.engine, [gone.id, kept.id]);
      expect([...found.keys()]).toEqual([kept.id]);
      show(byId(found));
    });
  });
});
