/** Which entries of an import are older than what is on record of them: an edition before the one that spoke last. */
import type { Edition } from '../ingest/reader';
import { timeOf } from '../model/validate';
import type { Json } from '../model/values';
import { findClaims } from '../store/claim.store';
import type { Reader } from '../store/engine';
import { findNodes } from '../store/node.store';

/** Nodes of which an edition says something else than is on record, by id. */
export type Contested = ReadonlyMap<string, Edition>;

/** Whether one edition of a set came before another. */
export const isBefore = (edition: Edition, other: Edition | undefined): boolean =>
  other !== undefined && other.slot === edition.slot && timeOf(edition.at) < timeOf(other.at);

/**
 * Those that a newer edition of the same set has spoken of.
 *
 * @param sees what the importer may see: an edition that they may not is none to them
 */
export async function outdatedOf(
  reader: Reader,
  contested: Contested,
  sees: (id: string) => boolean,
): Promise<Set<string>> {
  if (contested.size === 0) return new Set();
  const claims = await findClaims(reader, [...contested.keys()]);
  const reportIds = [...claims.values()].flatMap((list) => list.map(({ reportId }) => reportId));
  const reports = await findNodes(reader, [...new Set(reportIds)].filter(sees));
  const editions = new Map(
    [...reports].map(([id, { properties }]) => [id, editionOf(properties.customProperties)]),
  );
  const isOutdated = ([id, edition]: readonly [string, Edition]): boolean =>
    (claims.get(id) ?? []).some(({ reportId }) => isBefore(edition, editions.get(reportId)));
  return new Set([...contested].filter(isOutdated).map(([id]) => id));
}

/** Whether an edition came before the one that a report stands for. */
export async function isOlderThan(
  reader: Reader,
  edition: Edition | undefined,
  report: string,
): Promise<boolean> {
  if (!edition) return false;
  const known = (await findNodes(reader, [report])).get(report);
  return isBefore(edition, editionOf(known?.properties.customProperties));
}

function editionOf(custom: Json | undefined): Edition | undefined {
  const { edition } = (custom ?? {}) as { readonly edition?: Partial<Edition> };
  const isStated = typeof edition?.slot === 'string' && typeof edition.at === 'string';
  return isStated ? (edition as Edition) : undefined;
}
