import type { Json } from '../model/values';
import type { Reader, Transaction } from './engine';
import { inPieces } from './pieces';

/** A state of an object that a later change superseded. The current state lies on the object itself. */
export interface VersionValue {
  readonly objectId: string;
  /** Change that recorded the state. */
  readonly changeId: string;
  /** Change that superseded it. */
  readonly supersededBy: string;
  readonly properties: { readonly [name: string]: Json };
}

export async function appendVersions(
  transaction: Transaction,
  versions: readonly VersionValue[],
): Promise<void> {
  const rows = versions.map((version) => ({
    id: `version--${version.objectId}--${version.supersededBy}`,
    objectId: version.objectId,
    changeId: version.changeId,
    supersededBy: version.supersededBy,
    properties: JSON.stringify(version.properties),
  }));
  await inPieces(rows, (piece) => transaction.run('version/create', { rows: piece }));
}

export async function findVersions(reader: Reader, objectIds: readonly string[]): Promise<VersionValue[]> {
  const rows = await inPieces(objectIds, (piece) =>
    reader.read('version/find-by-objects', { objectIds: piece }),
  );
  return rows.map((row) => ({ ...row, properties: JSON.parse(row.properties) }));
}
