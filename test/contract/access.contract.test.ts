import { appendAccess, listAccesses } from '../../src/store/access.store';
import { describeContract } from '../support/contract';

const at = (day: number): string => `2026-01-0${day}T00:00:00.000Z`;
const access = (id: string, day: number, ...nodeIds: string[]) => ({
  id,
  at: at(day),
  viewer: 'ann',
  nodeIds,
});

describeContract('access', (contract) => {
  const [first, second, third] = [
    access('access--a', 1, 'threat-actor--1'),
    access('access--c', 2, 'threat-actor--1', 'identity--ü'),
    access('access--b', 2, '__proto__'),
  ];
  beforeAll(() =>
    contract().store.engine.write(async (transaction) => {
      for (const record of [first, second, third]) await appendAccess(transaction, record);
    }),
  );

  describe('appendAccess', () => {
    it('keeps who read what, and when', async () => {
      const rows = await listAccesses(contract().store.engine, at(1), at(2));
      expect(rows).toEqual([first]);
      contract().show(rows);
    });
  });

  describe('listAccesses', () => {
    it('lists those from a time on and before another, the latest first, ties by id', async () => {
      const { engine } = contract().store;
      const rows = await listAccesses(engine, at(1), at(9));
      expect(rows).toEqual([third, second, first]);
      expect(await listAccesses(engine, at(3), at(9))).toEqual([]);
      contract().show(rows);
    });
  });
});
