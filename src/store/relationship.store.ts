import { toKebabCase } from '../model/naming';
import type { RelationshipValue } from '../model/values';
import type { Reader, Row, StatementName, Transaction } from './engine';
import { byTypeOf, inPieces } from './pieces';
import { decodeRelationship, encodeRelationship, placeRelationship, type Stored, TextTable } from './record';

export type RelationshipState = Row<'relationship/find-states'>;

/** What tells a relationship from all others: its id, and the ends it is found by. */
export interface RelationshipKey {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/** A relationship to write, with the digest of its content. */
export interface DigestedRelationship {
  readonly value: RelationshipValue;
  readonly digest: string;
}

const keyOf = ({ id, from, to }: RelationshipKey): RelationshipKey => ({ id, from, to });

/** All that is asked of the relationships between two nodes: they are looked through once, however many they are. */
interface Pair<V> {
  readonly from: string;
  readonly to: string;
  readonly byId: Record<string, V>;
}

/** In what state relationships are, by id; one that is not there has no entry. */
export async function findRelationshipStates(
  reader: Reader,
  keys: readonly RelationshipKey[],
): Promise<Map<string, RelationshipState>> {
  const { leaving, arriving } = byQuietEnd(idsByPair(keys));
  const rows = await inPieces(leaving, (piece) => reader.read('relationship/find-states', { rows: piece }));
  const reversed = await inPieces(arriving, (piece) =>
    reader.read('relationship/find-states-to', { rows: piece }),
  );
  return new Map([...rows, ...reversed].map((row) => [row.id, row]));
}

function byPair<K extends RelationshipKey, V>(keys: readonly K[], toValue: (key: K) => V): Pair<V>[] {
  const entries = new Map<string, Map<string, [string, V][]>>();
  for (const key of keys) {
    const ofNode = entries.get(key.from) ?? new Map<string, [string, V][]>();
    const ofPair = ofNode.get(key.to) ?? [];
    ofPair.push([key.id, toValue(key)]);
    entries.set(key.from, ofNode.set(key.to, ofPair));
  }
  return [...entries].flatMap(([from, ofNode]) =>
    [...ofNode].map(([to, ofPair]) => ({ from, to, byId: Object.fromEntries(ofPair) })),
  );
}

const idsByPair = (keys: readonly RelationshipKey[]) =>
  byPair(keys, () => true as const).map(({ from, to, byId }) => ({ from, to, ids: byId }));

/**
 * An engine looks through all that leave or enter a node for those of a pair, so each pair is read from the end that fewer
 * of them share: a report that holds 10,000 objects from the objects.
 */
function byQuietEnd<P extends Pick<Pair<unknown>, 'from' | 'to'>>(
  pairs: readonly P[],
): { readonly leaving: readonly P[]; readonly arriving: readonly P[] } {
  const from = countsOf(pairs.map((pair) => pair.from));
  const to = countsOf(pairs.map((pair) => pair.to));
  const leaving: P[] = [];
  const arriving: P[] = [];
  for (const pair of pairs) {
    const isQuiet = (from.get(pair.from) ?? 0) <= (to.get(pair.to) ?? 0);
    (isQuiet ? leaving : arriving).push(pair);
  }
  return { leaving, arriving };
}

function countsOf(ids: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** Relationships by key, in the order of the keys; one that is not there has no entry. */
export async function findRelationships(
  reader: Reader,
  keys: readonly RelationshipKey[],
): Promise<Map<string, Stored<RelationshipValue>>> {
  const { leaving, arriving } = byQuietEnd(idsByPair(keys));
  const rows = await inPieces(leaving, (piece) => reader.read('relationship/find', { rows: piece }));
  const reversed = await inPieces(arriving, (piece) =>
    reader.read('relationship/find-to-each', { rows: piece }),
  );
  const found = new Map(
    [...rows, ...reversed].map((row) => decodeRelationship(row)).map((each) => [each.id, each]),
  );
  return new Map(keys.flatMap(({ id }) => (found.has(id) ? [[id, found.get(id)!]] : [])));
}

/** All relationships that leave some nodes. */
export async function findRelationshipsFrom(
  reader: Reader,
  nodeIds: readonly string[],
): Promise<Stored<RelationshipValue>[]> {
  const rows = await inPieces(nodeIds, (piece) => reader.read('relationship/find-from', { ids: piece }));
  return rows.map((row) => decodeRelationship(row));
}

/** Writes relationships between ends that are there: those that are there already are changed, the others made. */
export async function mergeRelationships(
  transaction: Transaction,
  relationships: readonly DigestedRelationship[],
  changeId: string,
): Promise<void> {
  for (const [type, group] of byTypeOf(relationships)) {
    const statement = `relationship/merge-${toKebabCase(type)}` as StatementName & `relationship/merge-uses`;
    const rows = group.map(({ value, digest }) => ({
      ...keyOf(value),
      props: encodeRelationship(value, digest, changeId),
    }));
    const isUpdated = await updateRelationships(transaction, type, rows);
    const missing = rows.filter(({ id }) => !isUpdated.has(id));
    await inPieces(missing, (piece) => transaction.run(statement, { rows: piece }));
  }
}

/** @returns ids of those that are there */
async function updateRelationships(
  transaction: Transaction,
  type: string,
  rows: readonly (RelationshipKey & { readonly props: Record<string, unknown> })[],
): Promise<ReadonlySet<string>> {
  const pairs = byPair(rows, ({ props }) => props).map(({ from, to, byId }) => ({ from, to, props: byId }));
  const { leaving, arriving } = byQuietEnd(pairs);
  const updated = await inPieces(leaving, (piece) =>
    transaction.run('relationship/update', { type, rows: piece }),
  );
  const reversed = await inPieces(arriving, (piece) =>
    transaction.run('relationship/update-to', { type, rows: piece }),
  );
  return new Set([...updated, ...reversed].map(({ id }) => id));
}

/** Creates relationships that are not there, between ends that are: a caller knows that from their states. */
export async function createRelationships(
  transaction: Transaction,
  relationships: readonly DigestedRelationship[],
  changeId: string,
): Promise<void> {
  for (const [type, group] of byTypeOf(relationships)) {
    const statement = `relationship/create-${toKebabCase(type)}` as StatementName &
      `relationship/create-uses`;
    await inPieces(group, (piece) => {
      const table = new TextTable();
      const rows = piece.map(({ value, digest }) => placeRelationship(value, digest, table));
      return transaction.run(statement, { rows, texts: table.texts, changeId });
    });
  }
}

export async function deleteRelationships(
  transaction: Transaction,
  keys: readonly RelationshipKey[],
): Promise<void> {
  const { leaving, arriving } = byQuietEnd(idsByPair(keys));
  await inPieces(leaving, (piece) => transaction.run('relationship/delete', { rows: piece }));
  await inPieces(arriving, (piece) => transaction.run('relationship/delete-to', { rows: piece }));
}

/** One row a relationship of a type: id, ends, changeId and the columns of the projection. */
export function loadRelationshipColumns(reader: Reader, type: string): Promise<Record<string, unknown>[]> {
  return reader.read(`relationship/load-${toKebabCase(type)}` as 'relationship/load-uses', {});
}
