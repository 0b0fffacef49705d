import { type ChangeList, type ChangeLists, readChangeLists, writeChangeLists } from './change-record';
import type { Reader, Row, Transaction } from './engine';
import { inPieces } from './pieces';

type ChangeRow = Row<'change/list-after'>;

/** What was written when, by whom, to which objects. */
export type ChangeValue = Omit<ChangeRow, ChangeList> & ChangeLists;

export type ChangeStamp = Row<'change/find'>;

const changeFrom = (row: ChangeRow): ChangeValue => ({ ...row, ...readChangeLists(row) });

/** Number of the latest change; 0 before the first. */
export async function findLatestSeq(reader: Reader): Promise<number> {
  const rows = await reader.read('change/find-latest', {});
  return rows[0]?.seq ?? 0;
}

/**
 * Appends a change under the next number of the sequence. Call it last: it takes the lock that orders writers. Its time is
 * the one given, or that of the change before it where that is later.
 */
export async function appendChange(
  transaction: Transaction,
  change: Omit<ChangeValue, 'seq'> & { readonly reportId?: string },
): Promise<{ readonly seq: number; readonly at: string }> {
  const [stamp] = await transaction.run('change/next-seq', { at: change.at });
  await transaction.run('change/create', {
    ...change,
    ...writeChangeLists(change),
    reportId: change.reportId ?? null,
    ...stamp,
  });
  return stamp;
}

/** Number, time, kind and author of changes, by id. */
export async function findChanges(reader: Reader, ids: readonly string[]): Promise<Map<string, ChangeStamp>> {
  const rows = await inPieces([...new Set(ids)], (piece) => reader.read('change/find', { ids: piece }));
  return new Map(rows.map((row) => [row.id, row]));
}

/** Number of the last change that was made by a moment, ISO 8601 in UTC with milliseconds; 0 before the first. */
export async function findSeqAt(reader: Reader, at: string): Promise<number> {
  const [row] = await reader.read('change/find-seq-at', { at });
  return row?.seq ?? 0;
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

/** The changes that imports of a report made, in order. */
export function listChangesOf(reader: Reader, reportId: string): Promise<Row<'change/list-by-report'>[]> {
  return reader.read('change/list-by-report', { reportId });
}
