import type { Reader, Row, Transaction } from './engine';

/** The restore that is under way, or was cut off. */
export async function findRestore(reader: Reader): Promise<Row<'restore/find'> | undefined> {
  return (await reader.read('restore/find', {}))[0];
}

/** Marks the store as being restored. */
export async function mergeRestore(
  transaction: Transaction,
  restore: { readonly backup: string; readonly at: string },
): Promise<void> {
  await transaction.run('restore/merge', restore);
}

/** The restore is complete. */
export async function deleteRestore(transaction: Transaction): Promise<void> {
  await transaction.run('restore/delete', {});
}
