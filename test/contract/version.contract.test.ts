import {
  appendVersions,
  findVersionEnds,
  findVersions,
  listVersionedObjects,
} from '../../src/store/version.store';
import { describeContract } from '../support/contract';

const version = (objectId: string, number: number) => ({
  objectId,
  changeId: `change--${number}`,
  supersededBy: `change--${number + 1}`,
  type: 'Malware',
  properties: { name: `state ${number}`, aliases: ['ü', ''], customProperties: { deep: [null, { n: 0.1 }] } },
});

describeContract('version', (contract) => {
  describe('appendVersions', () => {
    it('keeps a superseded state whole', async () => {
      const { engine } = contract().store;
      const kept = { ...version('malware--1', 1), type: 'USES', from: 'malware--a', to: 'malware--b' };
      await engine.write((transaction) => appendVersions(transaction, [kept]));
      expect(await findVersions(engine, [kept.objectId])).toEqual([kept]);
    });

    it('takes no versions at all', async () => {
      const { engine } = contract().store;
      await engine.write((transaction) => appendVersions(transaction, []));
      expect(await findVersions(engine, ['malware--never'])).toEqual([]);
    });
  });

  describe('findVersions', () => {
    it('finds all of the objects named and none of others', async () => {
      const { engine } = contract().store;
      const kept = [version('__proto__', 1), version('__proto__', 2), version('tool--1', 2)];
      await engine.write((transaction) =>
        appendVersions(transaction, [...kept, version('malware--other', 1)]),
      );
      const found = await findVersions(engine, ['__proto__', 'tool--1', 'malware--none']);
      const inOrder = found.sort((a, b) =>
        `${a.objectId} ${a.changeId}` < `${b.objectId} ${b.changeId}` ? -1 : 1,
      );
      expect(inOrder).toEqual(kept);
      contract().show(inOrder);
    });
  });

  describe('listVersionedObjects', () => {
    it('lists each object once', async () => {
      const { engine } = contract().store;
      await engine.write((transaction) =>
        appendVersions(transaction, [version('malware--often', 1), version('malware--often', 2)]),
      );
      const found = await listVersionedObjects(engine);
      expect(found.filter((id) => id === 'malware--often')).toHaveLength(1);
      contract().show([...found].sort());
    });
  });

  describe('findVersionEnds', () => {
    it('finds nodes that an earlier state of a relationship led from or to', async () => {
      const { engine } = contract().store;
      const moved = {
        ...version('relationship--moved', 7),
        type: 'USES',
        from: 'tool--from',
        to: 'tool--to',
      };
      await engine.write((transaction) => appendVersions(transaction, [moved]));
      const found = await findVersionEnds(engine, ['tool--to', 'tool--from', 'tool--none']);
      const rows = found.map(({ nodeId, changeId }) => `${nodeId} ${changeId}`).sort();
      expect(rows).toEqual(['tool--from change--7', 'tool--to change--7']);
      contract().show(rows);
    });
  });
});
