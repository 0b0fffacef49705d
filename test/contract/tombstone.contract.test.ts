import { listTombstones, mergeTombstones } from '../../src/store/tombstone.store';
import { describeContract } from '../support/contract';

const tombstone = (id: string) => ({
  id,
  at: '2026-01-01T00:00:00.000Z',
  erasedBy: 'somebody',
  reason: 'Asked for',
  basis: 'GDPR Art. 17',
});

describeContract('tombstone', (contract) => {
  describe('mergeTombstones', () => {
    it('leaves one of an id, however often', async () => {
      const { engine } = contract().store;
      const left = tombstone('erased--1');
      for (let i = 0; i < 2; i++) await engine.write((transaction) => mergeTombstones(transaction, [left]));
      expect((await listTombstones(engine)).filter((each) => each.id === left.id)).toEqual([left]);
    });
  });

  describe('listTombstones', () => {
    it('lists all in order of id', async () => {
      const { engine } = contract().store;
      const left = ['erased--b', 'erased--a'].map(tombstone);
      await engine.write((transaction) => mergeTombstones(transaction, left));
      const found = (await listTombstones(engine)).filter((each) => /[ab]$/.test(each.id));
      expect(found).toEqual([...left].reverse());
      contract().show(found);
    });
  });
});
