import { toKebabCase } from '../model/naming';
import type { RelationshipValue } from '../model/values';
import type { Reader, Row, StatementName, Transaction } from './engine';
import { inPieces } from './pieces';
import { decodeRelationship, encodeRelationship, type Stored } from './record';

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

export async function findRelationshipStates(
  reader: Reader,
  keys: readonly RelationshipKey[],
): Promise<Map<string, RelationshipState>> {
  const rows = await inPieces(keys.map(keyOf), (piece) =>
    reader.read('relationship/find-states', { rows: piece }),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Relationships by key; one that is not there has no entry. */
export async function findRelationships(
  reader: Reader,
  keys: readonly RelationshipKey[],
): Promise<Map<string, Stored<RelationshipValue>>> {
  const rows = await inPieces(keys.map(keyOf), (piece) => reader.read('relationship/find', { rows: piece }));
  return new Map(rows.map((row) => decodeRelationship(row)).map((each) => [each.id, each]));
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
  const byType = new Map<
    string,
    { id: string; from: string; to: string; props: Record<string, unknown> }[]
  >();
  for (const { value, digest } of relationships) {
    const rows = byType.get(value.type) ?? [];
    rows.push({ ...keyOf(value), props: encodeRelationship(value, digest, changeId) });
    byType.set(value.type, rows);
  }
  for (const [type, rows] of byType) {
    const statement = `relationship/merge-${toKebabCase(type)}` as StatementName & `relationship/merge-uses`;
    await inPieces(rows, (piece) => transaction.run(statement, { rows: piece }));
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
