import { appendChange, findLatestSeq, listChanges, lockChanges } from '../../src/store/change.store';
import { describeContract } from '../support/contract';

const change = (id: string) => ({
  id,
  at: '2026-01-01T00:00:00.000Z',
  kind: 'import',
  actor: 'a "quoted" actor',
  nodeIds: ['malware--1', '__proto__'],
  relationshipIds: [] as string[],
  fromIds: ['tool--1'],
  deletedIds: ['tool--2'],
  factIds: ['tool--3'],
});

describeContract('change', (contract) => {
  const append = (id: string) =>
    contract().store.engine.write((transaction) => appendChange(transaction, change(id)));

  describe('findLatestSeq', () => {
    it('is 0 before the first change', async () => {
      expect(await findLatestSeq(contract().store.engine)).toBe(0);
    });

    it('is the number of the last change', async () => {
      const { seq } = await append('change--latest');
      expect(await findLatestSeq(contract().store.engine)).toBe(seq);
    });
  });

  describe('appendChange', () => {
    it('numbers changes one after the other', async () => {
      const first = await append('change--a');
      const second = await append('change--b');
      expect(second.seq).toBe(first.seq + 1);
    });

    it('gives back the number of a change that was rolled back', async () => {
      const { engine } = contract().store;
      const before = await findLatestSeq(engine);
      const failing = engine.write(async (transaction) => {
        await appendChange(transaction, change('change--rolled-back'));
        throw new Error('on purpose');
      });
      await expect(failing).rejects.toThrow('on purpose');
      expect(await findLatestSeq(engine)).toBe(before);
      expect((await append('change--after')).seq).toBe(before + 1);
    });
  });

  describe('lockChanges', () => {
    it('gives the latest number and takes none', async () => {
      const { engine } = contract().store;
      const { seq } = await append('change--before-lock');
      expect(await engine.write(lockChanges)).toBe(seq);
      expect(await findLatestSeq(engine)).toBe(seq);
    });

    it('keeps others from taking a number until it is given back', async () => {
      const { engine, peer } = contract().store;
      const other = await peer();
      const order: string[] = [];
      let locked: () => void;
      const isLocked = new Promise<void>((resolve) => {
        locked = resolve;
      });
      const holder = engine.write(async (transaction) => {
        await lockChanges(transaction);
        locked();
        await new Promise((resolve) => setTimeout(resolve, 150));
        order.push('holder');
      });
      await isLocked;
      const waiter = other.write(async (transaction) => {
        await appendChange(transaction, change('change--waiter'));
        order.push('waiter');
      });
      await Promise.all([holder, waiter]);
      expect(order).toEqual(['holder', 'waiter']);
    });
  });

  describe('listChanges', () => {
    it('lists those after a number, in order, with all that they say', async () => {
      const { engine } = contract().store;
      const after = await findLatestSeq(engine);
      for (const id of ['change--1', 'change--2', 'change--3']) await append(id);
      const found = await listChanges(engine, after, 10);
      expect(found).toEqual(
        ['change--1', 'change--2', 'change--3'].map((id, index) => ({
          ...change(id),
          seq: after + index + 1,
        })),
      );
      contract().show(found);
    });

    it('stops at the limit', async () => {
      const { engine } = contract().store;
      const found = await listChanges(engine, 0, 2);
      expect(found.map((each) => each.seq)).toEqual([1, 2]);
    });
  });
});
