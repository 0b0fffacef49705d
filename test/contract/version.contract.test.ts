import { appendVersions, findVersions } from '../../src/store/version.store';
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
});
