import type { Reader, Row, Transaction } from './engine';

/** A read of what is on record of persons or victims. */
export type AccessRecord = Row<'access/list'>;

export async function appendAccess(transaction: Transaction, record: AccessRecord): Promise<void> {
  await transaction.run('access/create', record);
}

/** Records from a time on and before another, the latest first. */
export function listAccesses(reader: Reader, from: string, until: string): Promise<AccessRecord[]> {
  return reader.read('access/list', { from, until });
}
