import type { Json } from '../model/values';
import type { Reader, Row, Transaction } from './engine';
import { inPieces } from './pieces';

/** Type that the versions of claims bear; those of nodes and relationships bear theirs. */
export const CLAIM_VERSION = 'Claim';

/** A state of an object that a later change superseded. The current state lies on the object itself. */
export interface VersionValue {
  readonly objectId: string;
  /** Change that recorded the state. */
  readonly changeId: string;
  /** Change that superseded it. */
  readonly supersededBy: string;
  /** Type of the object in that state. */
  readonly type: string;
  /** Ends of a relationship. */
  readonly from?: string;
  readonly to?: string;
  readonly properties: { readonly [name: string]: Json };
}

export async function appendVersions(
  transaction: Transaction,
  versions: readonly VersionValue[],
): Promise<void> {
  const rows = versions.map(({ properties, ...version }) => ({
    ...version,
    id: `version--${version.objectId}--${version.supersededBy}`,
    properties: JSON.stringify(properties),
  }));
  await inPieces(rows, (piece) => transaction.run('version/create', { rows: piece }));
}

export async function findVersions(reader: Reader, objectIds: readonly string[]): Promise<VersionValue[]> {
  const rows = await inPieces(objectIds, (piece) =>
    reader.read('version/find-by-objects', { objectIds: piece }),
  );
  return rows.map(versionFrom);
}

const versionFrom = ({
  type,
  from,
  to,
  properties,
  ...rest
}: Row<'version/find-by-objects'>): VersionValue => ({
  ...rest,
  type: type ?? '',
  ...(from === null || to === null ? {} : { from, to }),
  properties: JSON.parse(properties),
});

/** Ids of objects that have been in more than one state. */
export async function listVersionedObjects(reader: Reader): Promise<string[]> {
  return (await reader.read('version/list-objects', {})).map((row) => row.objectId);
}

/** Nodes that superseded states of relationships led from or to, each with the change that recorded the state. */
export function findVersionEnds(
  reader: Reader,
  nodeIds: readonly string[],
): Promise<Row<'version/find-by-ends'>[]> {
  return inPieces(nodeIds, (piece) => reader.read('version/find-by-ends', { ids: piece }));
}
