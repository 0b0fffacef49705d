import { deleteRestore, findRestore, mergeRestore } from '../../src/store/restore.store';
import { describeContract } from '../support/contract';

const RESTORE = { backup: 'abc', at: '2026-01-01T00:00:00.000Z' };

describeContract('restore', (contract) => {
  const engine = () => contract().store.engine;
  const mark = (restore = RESTORE) => engine().write((transaction) => mergeRestore(transaction, restore));

  describe('findRestore', () => {
    it('is nothing until one begins', async () => {
      expect(await findRestore(engine())).toBeUndefined();
    });
  });

  describe('mergeRestore', () => {
    it('marks the store, once, with the latest', async () => {
      await mark();
      await mark({ ...RESTORE, backup: 'def' });
      expect(await findRestore(engine())).toEqual({ ...RESTORE, backup: 'def' });
      contract().show(await findRestore(engine()));
    });
  });

  describe('deleteRestore', () => {
    it('takes the mark away, also where there is none', async () => {
      await mark();
      await engine().write(deleteRestore);
      await engine().write(deleteRestore);
      expect(await findRestore(engine())).toBeUndefined();
    });
  });
});
