import type { Reader, Transaction } from './engine';
import { inPieces } from './pieces';

/** A legal hold: while it lasts, its object must not be erased. */
export interface HoldValue {
  readonly id: string;
  readonly objectId: string;
  readonly reason: string;
  readonly placedBy: string;
  readonly placedAt: string;
  readonly liftedBy?: string;
  readonly liftedAt?: string;
  readonly liftReason?: string;
}

const FIELDS = [
  'id',
  'objectId',
  'reason',
  'placedBy',
  'placedAt',
  'liftedBy',
  'liftedAt',
  'liftReason',
] as const satisfies readonly (keyof HoldValue)[];

const holdFrom = (stored: Readonly<Record<string, unknown>>): HoldValue =>
  Object.fromEntries(
    FIELDS.flatMap((field) => (typeof stored[field] === 'string' ? [[field, stored[field]]] : [])),
  ) as unknown as HoldValue;

const inOrder = (holds: readonly HoldValue[]): HoldValue[] =>
  [...holds].sort((a, b) => (a.placedAt + a.id < b.placedAt + b.id ? -1 : 1));

export async function mergeHolds(transaction: Transaction, holds: readonly HoldValue[]): Promise<void> {
  const rows = holds.map((hold) => ({ id: hold.id, props: { ...hold } }));
  await inPieces(rows, (piece) => transaction.run('hold/merge', { rows: piece }));
}

/** Holds on some objects, the oldest first; those that were lifted are among them. */
export async function findHolds(reader: Reader, objectIds: readonly string[]): Promise<HoldValue[]> {
  const rows = await inPieces([...new Set(objectIds)], (piece) =>
    reader.read('hold/find-by-objects', { objectIds: piece }),
  );
  return inOrder(rows.map((row) => holdFrom(row.properties)));
}

/** Every hold, the oldest first; those that were lifted are among them. */
export async function listHolds(reader: Reader): Promise<HoldValue[]> {
  return inOrder((await reader.read('hold/list', {})).map((row) => holdFrom(row.properties)));
}
