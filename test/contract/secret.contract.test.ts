import { mergeSecret } from '../../src/store/secret.store';
import { describeContract } from '../support/contract';

describeContract('secret', (contract) => {
  describe('mergeSecret', () => {
    const merge = (name: string, value: string) =>
      contract().store.engine.write((transaction) => mergeSecret(transaction, name, value));

    it('keeps the first value of a name for all who come later', async () => {
      const answers = [await merge('feed', 'one'), await merge('feed', 'two'), await merge('other', 'three')];
      expect(answers).toEqual(['one', 'one', 'three']);
      contract().show(answers);
    });

    it('is shared with other clients, and kept', async () => {
      await merge('shared', 'one');
      const peer = await contract().store.peer();
      expect(await peer.write((transaction) => mergeSecret(transaction, 'shared', 'two'))).toBe('one');
      const engine = await contract().store.reopen();
      expect(await engine.write((transaction) => mergeSecret(transaction, 'shared', 'two'))).toBe('one');
    });
  });
});
