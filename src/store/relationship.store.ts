import { toKebabCase } from '../model/naming';
import type { RelationshipValue } from '../model/values';
import type { Reader, Row, StatementName, Transaction } from './engine';
import { byTypeOf, inPieces } from './pieces';
import { decodeRelationship, encodeRelationship, placeRelationship, type Stored } from './record';

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
  for (const [type, group] of byTypeOf(relationships)) {
    const statement = `relationship/merge-${toKebabCase(type)}` as StatementName & `relationship/merge-uses`;
    const rows = group.map(({ value, digest }) => ({
      ...keyOf(value),
      props: encodeRelationship(value, digest, changeId),
    }));
    await inPieces(rows, (piece) => transaction.run(statement, { rows: piece }));
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
    const rows = group.map(({ value, digest }) => placeRelationship(value, digest));
    await inPieces(rows, (piece) => transaction.run(statement, { rows: piece, changeId }));
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
