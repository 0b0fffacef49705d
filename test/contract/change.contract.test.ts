import {
  appendChange,
  findChanges,
  findLatestSeq,
  findSeqAt,
  listChanges,
  listChangesOf,
  lockChanges,
} from '../../src/store/change.store';
import { describeContract } from '../support/contract';

const change = (id: string, at = '2026-01-01T00:00:00.000Z') => ({
  id,
  at,
  kind: 'import',
  actor: 'a "quoted" actor',
  nodeIds: ['malware--1', '__proto__'],
  relationshipIds: [] as string[],
  fromIds: ['tool--1'],
  deletedIds: ['tool--2'],
  factIds: ['tool--3'],
});

describeContract('change', (contract) => {
  const append = (id: string, at?: string) =>
    contract().store.engine.write((transaction) => appendChange(transaction, change(id, at)));

  describe('findLatestSeq', () => {
    it('is 0 before the first change', async () => {
      expect(await findLatestSeq(contract().store.engine)).toBe(0);
    });

    it('is the number of the last change', async () => {
      const { seq } = await append('change--latest');
      expect(await findLatestSeq(contract().store.engine)).toBe(seq);
    });
  });

  describe('listChangesOf', () => {
    it('gives the changes of one report, in order', async () => {
      const { engine } = contract().store;
      const write = (id: string, reportId?: string) =>
        engine.write((transaction) => appendChange(transaction, { ...change(id), reportId }));
      const first = await write('change--of-a', 'report--a');
      await write('change--of-b', 'report--b');
      await write('change--of-none');
      const second = await write('change--of-a-again', 'report--a');
      const found = await listChangesOf(engine, 'report--a');
      expect(found).toEqual([
        { id: 'change--of-a', seq: first.seq },
        { id: 'change--of-a-again', seq: second.seq },
      ]);
      expect(await listChangesOf(engine, 'report--none')).toEqual([]);
      contract().show(found);
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

  describe('findChanges', () => {
    it('finds those of some ids, each once', async () => {
      const { engine } = contract().store;
      const { seq } = await append('change--found');
      const found = await findChanges(engine, ['change--found', 'change--none', 'change--found']);
      expect([...found.values()]).toEqual([
        {
          id: 'change--found',
          seq,
          at: '2026-01-01T00:00:00.000Z',
          kind: 'import',
          actor: 'a "quoted" actor',
          reportId: null,
        },
      ]);
      contract().show([...found.keys()]);
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

  describe('findSeqAt', () => {
    it('is the last change by a moment, and time never runs back between changes', async () => {
      const { engine } = contract().store;
      const first = await append('change--ten', '2027-01-01T10:00:00.000Z');
      const late = await append('change--by-a-slow-clock', '2027-01-01T09:59:00.000Z');
      const last = await append('change--eleven', '2027-01-01T11:00:00.000Z');
      expect(late.at).toBe(first.at);
      const moments = ['2027-01-01T09:59:59.999Z', '2027-01-01T10:00:00.000Z', '2027-01-01T12:00:00.000Z'];
      const found = await Promise.all(moments.map((moment) => findSeqAt(engine, moment)));
      expect(found).toEqual([first.seq - 1, late.seq, last.seq]);
      expect(await findSeqAt(engine, '1999-01-01T00:00:00.000Z')).toBe(0);
    });
  });
});
