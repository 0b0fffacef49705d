/**
 * Tombstones: that something was erased can be told only by who brings its id. The id of a tombstone is a keyed hash of that of the
 * object, with a key that the store keeps and its backups carry.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { Reader, Transaction } from '../../store/engine';
import { findSecret, mergeSecret } from '../../store/secret.store';
import { listTombstones } from '../../store/tombstone.store';

/** Name of the key that tombstones are made with. */
export const TOMBSTONE_SECRET = 'tombstone';
const KEY_BYTES = 32;

const hashed = (key: string, id: string): string =>
  `erased--${createHmac('sha256', Buffer.from(key, 'base64')).update(id).digest('hex').slice(0, 40)}`;

/** Id of the tombstone of an object, made with the key of the store; the key is made where there is none. */
export async function tombstoneOf(transaction: Transaction, id: string): Promise<string> {
  const key = await mergeSecret(transaction, TOMBSTONE_SECRET, randomBytes(KEY_BYTES).toString('base64'));
  return hashed(key, id);
}

/** Which of some ids are those of objects that were erased. */
export async function erasedAmong(reader: Reader, ids: Iterable<string>): Promise<ReadonlySet<string>> {
  const tombstones = new Set((await listTombstones(reader)).map((each) => each.id));
  if (tombstones.size === 0) return tombstones;
  const key = await findSecret(reader, TOMBSTONE_SECRET);
  const erased = new Set<string>();
  if (key === undefined) return erased;
  for (const id of ids) if (tombstones.has(hashed(key, id))) erased.add(id);
  return erased;
}
