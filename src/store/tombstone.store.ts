import type { Reader, Row, Transaction } from './engine';
import { inPieces } from './pieces';

/** What is left of an object that was erased. */
export type TombstoneValue = Row<'tombstone/list'>;

export async function mergeTombstones(
  transaction: Transaction,
  tombstones: readonly TombstoneValue[],
): Promise<void> {
  await inPieces(tombstones, (rows) => transaction.run('tombstone/merge', { rows }));
}

/** Everything that was erased, in order of id. */
export async function listTombstones(reader: Reader): Promise<TombstoneValue[]> {
  return (await reader.read('tombstone/list', {})).sort((a, b) => (a.id < b.id ? -1 : 1));
}
