import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeTypes } from '../../src/model/ontology/ontology';
import { mergeNodes, mergeStubs } from '../../src/store/node.store';
import {
  deleteRecords,
  findIncomingLinkRecords,
  findLinkRecords,
  findRecords,
  listRecordKeys,
  mergeLinkRecords,
  mergeRecords,
  recordLabels,
} from '../../src/store/record.store';
import { mergeRelationships } from '../../src/store/relationship.store';
import { describeContract } from '../support/contract';
import { digested, node, relationship } from '../support/values';

const KEYS = ['__proto__', "'}) DETACH DELETE n //", 'ünï 😀', 'plain'];

describeContract('record', (contract) => {
  const engine = () => contract().store.engine;
  const secrets = (space: string) =>
    KEYS.map((key) => ({
      label: 'Secret' as const,
      properties: { name: `${space} ${key}`, value: key, list: ['a', ''], count: 3, share: 0.25, is: true },
    }));
  const write = (...records: ReturnType<typeof secrets>) =>
    engine().write((transaction) => mergeRecords(transaction, records));

  describe('mergeRecords', () => {
    it('writes records as they are given, and over what is there', async () => {
      const records = secrets('merge');
      await write(...records);
      const keys = records.map((each) => each.properties.name);
      const sorted = [...records].sort((a, b) => (a.properties.name < b.properties.name ? -1 : 1));
      expect(await findRecords(engine(), 'Secret', keys)).toEqual(sorted);
      const other = { label: 'Secret' as const, properties: { name: keys[0], value: 'other' } };
      await engine().write((transaction) => mergeRecords(transaction, [other]));
      expect(await findRecords(engine(), 'Secret', [keys[0]])).toEqual([other]);
    });

    it('tells records apart by what is theirs alone, whatever else they share', async () => {
      const accesses = ['a', 'b'].map((id) => ({
        label: 'Access' as const,
        properties: { id: `access--${id}`, at: '2026-01-01T00:00:00.000Z', viewer: id, nodeIds: [id] },
      }));
      await engine().write((transaction) => mergeRecords(transaction, accesses));
      const keys = await listRecordKeys(engine(), 'Access');
      expect(keys).toEqual(['access--a', 'access--b']);
      expect(await findRecords(engine(), 'Access', keys)).toEqual(accesses);
      await engine().write((transaction) => mergeRecords(transaction, [accesses[0]]));
      expect(await findRecords(engine(), 'Access', keys)).toEqual(accesses);
      await engine().write((transaction) => deleteRecords(transaction, 'Access', [keys[0]]));
      expect(await listRecordKeys(engine(), 'Access')).toEqual([keys[1]]);
      await engine().write((transaction) => deleteRecords(transaction, 'Access', keys));
    });

    it('gives nodes of the graph the labels of their type, and placeholders none', async () => {
      const value = node('Operation', 'of a record', { severity: 2 });
      await engine().write(async (transaction) => {
        await mergeNodes(transaction, [digested(value)], 'change--1');
        await mergeStubs(transaction, [{ id: 'tool--record-stub', type: 'Tool' }], 'change--1');
      });
      const ids = [value.id, 'tool--record-stub'];
      const records = await findRecords(engine(), 'Entity', ids);
      await engine().write((transaction) => deleteRecords(transaction, 'Entity', ids));
      await engine().write((transaction) => mergeRecords(transaction, records));
      expect(await findRecords(engine(), 'Entity', ids)).toEqual(records);
      const loaded = await engine().read('node/load-operation', {});
      expect(loaded.filter((row) => row.id === value.id)).toHaveLength(1);
      const stubs = await engine().read('node/load-stubs', {});
      expect(stubs.filter((row) => row.id === 'tool--record-stub')).toHaveLength(1);
      contract().show(records);
    });
  });

  describe('listRecordKeys', () => {
    it('lists every key once, in order, of every kind', async () => {
      await write(...secrets('list'));
      const keys = (await listRecordKeys(engine(), 'Secret')).filter((key) => key.startsWith('list'));
      expect(keys).toEqual(KEYS.map((key) => `list ${key}`).sort());
      for (const label of recordLabels)
        expect(Array.isArray(await listRecordKeys(engine(), label))).toBe(true);
    });
  });

  describe('findRecords', () => {
    it('leaves out what is not there', async () => {
      await write(...secrets('find').slice(0, 1));
      const found = await findRecords(engine(), 'Secret', ['find none', `find ${KEYS[0]}`]);
      expect(found.map((each) => each.properties.value)).toEqual([KEYS[0]]);
    });
  });

  describe('mergeLinkRecords', () => {
    it('writes relationships as they were found', async () => {
      const [from, to] = [node('Malware', 'record from'), node('Tool', 'record to')];
      const link = relationship('USES', from, to, { description: 'ü', inferred: true });
      await engine().write(async (transaction) => {
        await mergeNodes(transaction, [from, to].map(digested), 'change--1');
        await mergeRelationships(transaction, [digested(link)], 'change--1');
      });
      const found = await findLinkRecords(engine(), [from.id]);
      const nodes = await findRecords(engine(), 'Entity', [from.id, to.id]);
      await engine().write((transaction) => deleteRecords(transaction, 'Entity', [from.id, to.id]));
      expect(await findLinkRecords(engine(), [from.id])).toEqual([]);
      await engine().write(async (transaction) => {
        await mergeRecords(transaction, nodes);
        await mergeLinkRecords(transaction, found);
      });
      expect(await findLinkRecords(engine(), [from.id])).toEqual(found);
      contract().show(found);
    });
  });

  describe('findLinkRecords', () => {
    it('finds nothing for nodes that are not there', async () => {
      expect(await findLinkRecords(engine(), ['malware--none'])).toEqual([]);
    });
  });

  describe('findIncomingLinkRecords', () => {
    it('finds relationships by the node that they enter', async () => {
      const [from, to] = [node('Malware', 'incoming from'), node('Tool', 'incoming to')];
      const link = relationship('USES', from, to);
      await engine().write(async (transaction) => {
        await mergeNodes(transaction, [from, to].map(digested), 'change--1');
        await mergeRelationships(transaction, [digested(link)], 'change--1');
      });
      const found = await findIncomingLinkRecords(engine(), [to.id]);
      expect(found).toEqual(await findLinkRecords(engine(), [from.id]));
      expect(await findIncomingLinkRecords(engine(), [from.id])).toEqual([]);
      contract().show(found);
    });
  });

  describe('deleteRecords', () => {
    it('deletes those named and no others', async () => {
      await write(...secrets('delete'));
      await engine().write((transaction) => deleteRecords(transaction, 'Secret', [`delete ${KEYS[0]}`]));
      const left = (await listRecordKeys(engine(), 'Secret')).filter((key) => key.startsWith('delete'));
      expect(left).toHaveLength(KEYS.length - 1);
    });
  });
});

/** Labels that a backup need not know: those of nodes of the graph, and what belongs to the store itself. */
const OWN = new Set([...nodeTypes().map(({ name }) => name), 'Component', 'Migration', 'Restore']);

describe('every kind of record is known', () => {
  const root = join(__dirname, '..', '..', 'cypher');
  const textOf = (file: string) => readFileSync(join(root, file), 'utf8');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.cypher'),
  );

  it('no statement names a label that no migration knows: a backup would leave it out', () => {
    const labels = new Set(
      files
        .filter((file) => !file.startsWith('schema'))
        .flatMap((file) => [...textOf(file).matchAll(/\(\w*:(\w+)/g)].map(([, label]) => label)),
    );
    const unknown = [...labels].filter(
      (label) => !OWN.has(label) && !recordLabels.some((each) => each === label),
    );
    expect(unknown).toEqual([]);
    expect(recordLabels.length).toBeGreaterThanOrEqual(8);
  });

  it('relationships lead between nodes of the graph alone: a backup reads no others', () => {
    const written = files
      .filter((file) => !file.startsWith('schema') && !file.startsWith('relationship'))
      .filter((file) => /(CREATE|MERGE)\s*\([^)]*\)\s*-\[/.test(textOf(file)));
    expect(written).toEqual([]);
  });
});
