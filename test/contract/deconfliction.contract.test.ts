import {
  appendDeconflictionNotice,
  appendDeconflictionQuery,
  type DeconflictionNotice,
  type DeconflictionQuery,
  findDeconflictionQueries,
  listDeconflictionNotices,
  listDeconflictionQueries,
  listDeconflictionQueriesOf,
  listDeconflictionQueriesOfPlans,
} from '../../src/store/deconfliction.store';
import { describeContract } from '../support/contract';

const query = (id: string, more: Partial<DeconflictionQuery> = {}): DeconflictionQuery => ({
  id,
  at: '2026-03-01T10:00:00.000Z',
  actor: 'ana',
  caseReference: 'case "7"',
  contact: null,
  componentIds: ['infrastructure--1'],
  addresses: [],
  planIds: [],
  ...more,
});
const notice = (id: string, queryId: string, at = '2026-03-02T10:00:00.000Z'): DeconflictionNotice => ({
  id,
  at,
  actor: 'ben',
  queryId,
  planId: 'plan--1',
  message: 'Call us',
  contact: 'ben@example.org',
});

describeContract('deconfliction', (contract) => {
  const add = (...queries: DeconflictionQuery[]) =>
    contract().store.engine.write(async (transaction) => {
      for (const each of queries) await appendDeconflictionQuery(transaction, each);
    });

  describe('appendDeconflictionQuery', () => {
    it('keeps all that it is given, nothing included', async () => {
      const given = query('query--kept', {
        contact: 'ana@example.org',
        addresses: ['a.example', 'b.example'],
      });
      await add(given, query('query--bare', { componentIds: [] }));
      const found = await findDeconflictionQueries(contract().store.engine, ['query--kept', 'query--bare']);
      expect(found.get('query--kept')).toEqual(given);
      expect(found.get('query--bare')).toEqual(query('query--bare', { componentIds: [] }));
      contract().show([...found]);
    });
  });

  describe('findDeconflictionQueries', () => {
    it('gives those that are there', async () => {
      await add(query('query--there'));
      const found = await findDeconflictionQueries(contract().store.engine, ['query--there', 'query--none']);
      expect([...found.keys()]).toEqual(['query--there']);
    });
  });

  describe('listDeconflictionQueriesOf', () => {
    it('lists what one person asked since an instant, newest first', async () => {
      await add(
        query('query--1', { actor: 'cay', at: '2026-01-01T00:00:00.000Z' }),
        query('query--2', { actor: 'cay', at: '2026-01-02T00:00:00.000Z' }),
        query('query--3', { actor: 'cay', at: '2026-01-03T00:00:00.000Z' }),
        query('query--4', { actor: 'dee', at: '2026-01-03T00:00:00.000Z' }),
      );
      const { engine } = contract().store;
      const ids = async (since: string, limit: number) =>
        (await listDeconflictionQueriesOf(engine, 'cay', since, limit)).map(({ id }) => id);
      expect(await ids('2026-01-02T00:00:00.000Z', 10)).toEqual(['query--3', 'query--2']);
      expect(await ids('2026-01-01T00:00:00.000Z', 1)).toEqual(['query--3']);
    });
  });

  describe('listDeconflictionQueries', () => {
    it('pages through the log, oldest first', async () => {
      const at = '2031-01-01T00:00:00.000Z';
      await add(query('query--b', { at }), query('query--a', { at }));
      const { engine } = contract().store;
      const ids = async (after: { at: string; id: string }, limit: number) =>
        (await listDeconflictionQueries(engine, after, limit)).map(({ id }) => id);
      const before = { at: '2030-12-31T00:00:00.000Z', id: '' };
      expect(await ids(before, 1)).toEqual(['query--a']);
      expect(await ids({ at, id: 'query--a' }, 5)).toEqual(['query--b']);
    });
  });

  describe('listDeconflictionQueriesOfPlans', () => {
    it('lists those that met one of some plans, newest first', async () => {
      await add(
        query('query--met', { planIds: ['plan--x', 'plan--y'], at: '2026-04-01T00:00:00.000Z' }),
        query('query--met-too', { planIds: ['plan--y'], at: '2026-04-02T00:00:00.000Z' }),
        query('query--met-another', { planIds: ['plan--z'] }),
      );
      const { engine } = contract().store;
      const found = await listDeconflictionQueriesOfPlans(engine, ['plan--x', 'plan--y'], 10);
      expect(found.map(({ id }) => id)).toEqual(['query--met-too', 'query--met']);
      expect(await listDeconflictionQueriesOfPlans(engine, [], 10)).toEqual([]);
      contract().show(found);
    });
  });

  describe('appendDeconflictionNotice', () => {
    it('keeps what an owner lets an asker know', async () => {
      const { engine } = contract().store;
      await engine.write((transaction) =>
        appendDeconflictionNotice(transaction, notice('notice--1', 'query--n')),
      );
      const found = await listDeconflictionNotices(engine, ['query--n']);
      expect(found.get('query--n')).toEqual([notice('notice--1', 'query--n')]);
    });
  });

  describe('listDeconflictionNotices', () => {
    it('lists them by query, oldest first', async () => {
      const { engine } = contract().store;
      await engine.write(async (transaction) => {
        await appendDeconflictionNotice(
          transaction,
          notice('notice--3', 'query--p', '2026-03-04T00:00:00.000Z'),
        );
        await appendDeconflictionNotice(
          transaction,
          notice('notice--2', 'query--p', '2026-03-03T00:00:00.000Z'),
        );
        await appendDeconflictionNotice(transaction, notice('notice--4', 'query--q'));
      });
      const found = await listDeconflictionNotices(engine, ['query--p', 'query--q', 'query--none']);
      expect(found.get('query--p')?.map(({ id }) => id)).toEqual(['notice--2', 'notice--3']);
      expect(found.has('query--none')).toBe(false);
      contract().show([...found]);
    });
  });
});
