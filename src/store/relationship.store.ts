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

/** Beyond so many relationships of one node, they are looked for from the other end. */
const MANY = 32;

/**
 * In what state relationships are, by id; one that is not there has no entry. The embedded engine looks through all that leave a
 * node for each of its relationships, so those of a node with many are found from where they lead to, and many between the
 * same two nodes all at once.
 */
export async function findRelationshipStates(
  reader: Reader,
  keys: readonly RelationshipKey[],
): Promise<Map<string, RelationshipState>> {
  const { leaving, arriving, others } = byBusiestEnd(keys.map(keyOf));
  const between = new Map(others.map(({ from, to }) => [JSON.stringify([from, to]), { from, to }]));
  const rows = await inPieces(leaving, (piece) => reader.read('relationship/find-states', { rows: piece }));
  const reversed = await inPieces(arriving, (piece) =>
    reader.read('relationship/find-states-to', { rows: piece }),
  );
  const wanted = new Set(keys.map(({ id }) => id));
  const parallel = await inPieces([...between.values()], (piece) =>
    reader.read('relationship/find-states-between', { pairs: piece }),
  );
  const asked = parallel.filter(({ id }) => wanted.has(id));
  return new Map([...rows, ...reversed, ...asked].map((row) => [row.id, row]));
}

interface ByBusiestEnd<K> {
  /** To be found from the node that they leave. */
  readonly leaving: readonly K[];
  /** To be found from the node that they lead to, since many leave the other. */
  readonly arriving: readonly K[];
  /** Both of whose ends have many. */
  readonly others: readonly K[];
}

function byBusiestEnd<K extends RelationshipKey>(keys: readonly K[]): ByBusiestEnd<K> {
  const from = countsOf(keys.map((key) => key.from));
  const to = countsOf(keys.map((key) => key.to));
  const isBusy = (counts: ReadonlyMap<string, number>, id: string) => (counts.get(id) ?? 0) > MANY;
  return {
    leaving: keys.filter((key) => !isBusy(from, key.from)),
    arriving: keys.filter((key) => isBusy(from, key.from) && !isBusy(to, key.to)),
    others: keys.filter((key) => isBusy(from, key.from) && isBusy(to, key.to)),
  };
}

function countsOf(ids: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** Relationships by key; one that is not there has no entry. */
export async function findRelationships(
  reader: Reader,
  keys: readonly RelationshipKey[],
): Promise<Map<string, Stored<RelationshipValue>>> {
  const { leaving, arriving, others } = byBusiestEnd(keys.map(keyOf));
  const direct = [...leaving, ...others];
  const rows = await inPieces(direct, (piece) => reader.read('relationship/find', { rows: piece }));
  const reversed = await inPieces(arriving, (piece) =>
    reader.read('relationship/find-to-each', { rows: piece }),
  );
  const found = [...rows, ...reversed].map((row) => decodeRelationship(row));
  return new Map(found.map((each) => [each.id, each]));
}

/** All relationships that leave some nodes. */
export async function findRelationshipsFrom(
  reader: Reader,
  nodeIds: readonly string[],
): Promise<Stored<RelationshipValue>[]> {
  const rows = await inPieces(nodeIds, (piece) => reader.read('relationship/find-from', { ids: piece }));
  return rows.map((row) => decodeRelationship(row));
}

export async function mergeRelationships(
  transaction: Transaction,
  relationships: readonly DigestedRelationship[],
  changeId: string,
): Promise<void> {
  for (const [type, group] of byTypeOf(relationships)) {
    const statement = `relationship/merge-${toKebabCase(type)}` as StatementName & `relationship/merge-uses`;
    const rows = group.map(({ value, digest }) => ({
      ...keyOf(value),
      type,
      props: encodeRelationship(value, digest, changeId),
    }));
    const { leaving, arriving, others } = byBusiestEnd(rows);
    const updated = await inPieces(arriving, (piece) =>
      transaction.run('relationship/update-to', { rows: piece }),
    );
    const isUpdated = new Set(updated.map(({ id }) => id));
    const rest = [...leaving, ...others, ...arriving.filter(({ id }) => !isUpdated.has(id))];
    await inPieces(rest, (piece) => transaction.run(statement, { rows: piece }));
  }
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
  await inPieces(keys.map(keyOf), (piece) => transaction.run('relationship/delete', { rows: piece }));
}

/** One row a relationship of a type: id, ends, changeId and the columns of the projection. */
export function loadRelationshipColumns(reader: Reader, type: string): Promise<Record<string, unknown>[]> {
  return reader.read(`relationship/load-${toKebabCase(type)}` as 'relationship/load-uses', {});
}
