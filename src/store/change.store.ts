import type { Reader, Row, Transaction } from './engine';

type ChangeRow = Row<'change/list-after'>;

/** What was written when, by whom, to which objects. */
export type ChangeValue = Omit<ChangeRow, 'factIds'> & {
  /** Nodes and relationships whose claims changed and that were not written otherwise. */
  readonly factIds: readonly string[];
};

const changeFrom = (row: ChangeRow): ChangeValue => ({ ...row, factIds: row.factIds ?? [] });

/** Number of the latest change; 0 before the first. */
export async function findLatestSeq(reader: Reader): Promise<number> {
  const rows = await reader.read('change/find-latest', {});
  return rows[0]?.seq ?? 0;
}

/** Appends a change under the next number of the sequence. Call it last: it takes the lock that orders writers. */
export async function appendChange(
  transaction: Transaction,
  change: Omit<ChangeValue, 'seq'>,
): Promise<{ readonly seq: number }> {
  const [{ seq }] = await transaction.run('change/next-seq', {});
  await transaction.run('change/create', { ...change, seq });
  return { seq };
}

/** Keeps all other writers from committing until this transaction ends, and gives the number of the latest change. */
export async function lockChanges(transaction: Transaction): Promise<number> {
  const [{ seq }] = await transaction.run('change/lock', {});
  return seq;
}

/** Changes after one, in order, at most `limit` of them. */
export async function listChanges(reader: Reader, afterSeq: number, limit: number): Promise<ChangeValue[]> {
  return (await reader.read('change/list-after', { seq: afterSeq, limit })).map(changeFrom);
}
