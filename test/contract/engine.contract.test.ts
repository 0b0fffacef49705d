/** The port itself: transactions, keys, values and speed, whatever the store behind it. */
import type { Params, Row, StoreEngine, Transaction } from '../../src/store/engine';
import { findNodes, mergeNodes } from '../../src/store/node.store';
import { WriteConflict } from '../../src/store/retry';
import { describeContract } from '../support/contract';
import { digested, node } from '../support/values';

const merge = (id: unknown, props: object = {}) =>
  ({ rows: [{ id, props: { id, type: 'Malware', ...props } }] }) as Params<'node/merge-malware'>;

const hasNode = async (engine: StoreEngine, id: string): Promise<boolean> =>
  (await findNodes(engine, [id])).has(id);

/** A statement that every engine refuses when it runs: its parameter is not there. */
const failingStatement = (transaction: Transaction) =>
  transaction.run('node/merge-malware', {} as Params<'node/merge-malware'>);

describeContract('engine', (contract) => {
  describe('a transaction', () => {
    it('is rolled back whole when a statement in it fails', async () => {
      const { engine } = contract().store;
      const failing = engine.write(async (transaction) => {
        await transaction.run('node/merge-malware', merge('before-failure'));
        await failingStatement(transaction);
      });
      await expect(failing).rejects.toThrow(/rows/);
      expect(await hasNode(engine, 'before-failure')).toBe(false);
    });

    it('is rolled back as well when its work goes on as if the statement had not failed', async () => {
      const { engine } = contract().store;
      const failing = engine.write(async (transaction) => {
        await transaction.run('node/merge-malware', merge('before-swallowed'));
        await failingStatement(transaction).catch(() => undefined);
        await transaction.run('node/merge-malware', merge('after-swallowed')).catch(() => undefined);
        return 'done';
      });
      await expect(failing).rejects.toThrow(/rows/);
      expect(await hasNode(engine, 'before-swallowed')).toBe(false);
      expect(await hasNode(engine, 'after-swallowed')).toBe(false);
    });

    it('is rolled back when its work throws, and the next one passes', async () => {
      const { engine } = contract().store;
      const failing = engine.write(async (transaction) => {
        await transaction.run('node/merge-malware', merge('thrown'));
        throw new Error('on purpose');
      });
      await expect(failing).rejects.toThrow('on purpose');
      await engine.write((transaction) => transaction.run('node/merge-malware', merge('next')));
      expect([await hasNode(engine, 'thrown'), await hasNode(engine, 'next')]).toEqual([false, true]);
    });

    it('reads what it wrote, and nobody else does before it is committed', async () => {
      const { engine, peer } = contract().store;
      const other = await peer();
      const seen = await engine.write(async (transaction) => {
        await transaction.run('node/merge-malware', merge('open'));
        return [
          (await findNodes(transaction, ['open'])).has('open'),
          await hasNode(engine, 'open'),
          await hasNode(other, 'open'),
        ];
      });
      expect(seen).toEqual([true, false, false]);
      expect(await hasNode(other, 'open')).toBe(true);
    });

    it('lets others read while it is open', async () => {
      const { engine } = contract().store;
      const values = Array.from({ length: 500 }, (_, index) => node('Tool', `read ${index}`));
      await engine.write((transaction) => mergeNodes(transaction, values.map(digested), 'change--1'));
      await engine.write(async (transaction) => {
        await transaction.run('node/merge-malware', merge('while-reading'));
        const reads = Array.from({ length: 8 }, () => engine.read('node/load-tool', {}));
        for (const rows of await Promise.all(reads)) expect(rows).toHaveLength(500);
      });
    });

    it('gives what its work returns', async () => {
      expect(await contract().store.engine.write(async () => 'answer')).toBe('answer');
    });
  });

  describe('writers at the same time', () => {
    it('lose no update of one node', async () => {
      const { engine, peer } = contract().store;
      const clients = [engine, await peer()];
      const take = (client: StoreEngine) =>
        client.write(async (transaction) => (await transaction.run('change/next-seq', { at: '' }))[0].seq);
      const taken = await Promise.all(Array.from({ length: 20 }, (_, index) => take(clients[index % 2])));
      const first = Math.min(...taken);
      expect(taken.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => first + index));
    });

    it('are run again when what they decided on has changed', async () => {
      const { engine } = contract().store;
      let runs = 0;
      await engine.write(async (transaction) => {
        runs += 1;
        await transaction.run('node/merge-malware', merge(`run ${runs}`));
        if (runs < 3) throw new WriteConflict('changed meanwhile');
      });
      expect(runs).toBe(3);
      expect([await hasNode(engine, 'run 1'), await hasNode(engine, 'run 3')]).toEqual([false, true]);
    });

    it('give up with STORE_CONFLICT when it never ends', async () => {
      const never = contract().store.engine.write(async () => {
        throw new WriteConflict('changed again');
      });
      await expect(never).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
    });
  });

  describe('keys', () => {
    const bad = [null, undefined, '', 7, Number.NaN, {}, ['x']];

    it.each(bad.map((id) => [id]))('%j is refused as the id of a node', async (id) => {
      const { engine } = contract().store;
      const write = engine.write(async (transaction) => {
        await transaction.run('node/merge-malware', merge('beside a bad key'));
        await transaction.run('node/merge-malware', merge(id));
      });
      await expect(write).rejects.toMatchObject({
        code: 'NULL_KEY',
        data: { statement: 'node/merge-malware', key: 'id' },
      });
      expect(await hasNode(engine, 'beside a bad key')).toBe(false);
    });

    it.each(['id', 'from', 'to'])('null is refused as %s of a relationship', async (key) => {
      const row = { id: 'r', from: 'a', to: 'b', props: {}, [key]: null as unknown as string };
      const write = contract().store.engine.write((transaction) =>
        transaction.run('relationship/merge-uses', { rows: [row] }),
      );
      await expect(write).rejects.toMatchObject({ code: 'NULL_KEY', data: { key } });
    });
  });

  describe('values', () => {
    it('come as numbers, whole where they are whole, beyond 2^53 too', async () => {
      const { store, show } = contract();
      const numbers = { int: 5, max: 2 ** 53 - 1, beyond: 2 ** 60, half: 0.5, least: -7, huge: 1e300 };
      await store.engine.write((transaction) =>
        transaction.run('node/merge-malware', merge('numbers', numbers)),
      );
      const [{ properties }] = await store.engine.read('node/find', { ids: ['numbers'] });
      expect(properties).toMatchObject(numbers);
      const [counts] = await store.engine.read('store/counts', {});
      for (const count of Object.values(counts)) expect(Number.isInteger(count)).toBe(true);
      show(properties);
    });

    it('take whole numbers for whole ones: as a limit', async () => {
      const rows = await contract().store.engine.read('change/list-after', { seq: 0, limit: 3 });
      expect(rows).toEqual([] satisfies Row<'change/list-after'>[]);
    });

    it('come as ISO text where the store holds a time', async () => {
      const { store, show } = contract();
      await store.engine.defineSchema(
        "CREATE (:Entity {id: 'timed', at: datetime('2024-02-29T23:59:59.123Z'), list: ['x']})",
      );
      const [{ properties }] = await store.engine.read('node/find', { ids: ['timed'] });
      expect(properties).toEqual({ id: 'timed', at: '2024-02-29T23:59:59.123Z', list: ['x'] });
      show(properties);
    });

    it('keep text as it is; half a surrogate pair becomes U+FFFD', async () => {
      const { store, show } = contract();
      const texts = {
        nul: 'a\u0000b',
        emoji: '😀',
        rtl: '\u202Eabc',
        lone: 'x\ud800y',
        empty: '',
        nfd: 'e\u0301',
      };
      await store.engine.write((transaction) => transaction.run('node/merge-malware', merge('texts', texts)));
      const [{ properties }] = await store.engine.read('node/find', { ids: ['texts'] });
      expect(properties).toMatchObject({ ...texts, lone: 'x\ufffdy' });
      show(properties);
    });
  });

  describe('the store', () => {
    it('answers a ping until it is closed', async () => {
      const engine = await contract().store.reopen();
      await engine.ping();
      await engine.close();
      await engine.close();
      await expect(engine.ping()).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
      await expect(engine.read('store/ping', {})).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
      await expect(engine.write(async () => undefined)).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
      await contract().store.reopen();
    });

    it('keeps what was committed when it is closed and opened, checkpoint or not', async () => {
      const { store } = contract();
      await store.engine.write((transaction) => transaction.run('node/merge-malware', merge('kept 1')));
      await store.engine.checkpoint();
      await store.engine.write((transaction) => transaction.run('node/merge-malware', merge('kept 2')));
      const reopened = await store.reopen();
      expect([await hasNode(reopened, 'kept 1'), await hasNode(reopened, 'kept 2')]).toEqual([true, true]);
    });

    it('finds a key by an index: merging takes no longer in a store twenty times as large', async () => {
      const { engine } = contract().store;
      const rows = (from: number, count: number) => ({
        rows: Array.from({ length: count }, (_, index) => {
          const id = `indexed-${from + index}`;
          return { id, props: { id, type: 'Malware' } };
        }),
      });
      const mergeRows = async (from: number, count: number): Promise<number> => {
        const started = performance.now();
        await engine.write((transaction) => transaction.run('node/merge-malware', rows(from, count)));
        return performance.now() - started;
      };
      const fastestOfThree = async () =>
        Math.min(await mergeRows(0, 1000), await mergeRows(0, 1000), await mergeRows(0, 1000));
      await mergeRows(0, 1000);
      const small = await fastestOfThree();
      for (let from = 1000; from < 20_000; from += 9500) await mergeRows(from, 9500);
      const large = await fastestOfThree();
      expect(large / small).toBeLessThan(6);
    }, 60_000);
  });
});
