import type { Reader, Row, Transaction } from './engine';
import { inPieces } from './pieces';

/** Somebody asked whether others plan against the same targets. `planIds` is not for the asker. */
export type DeconflictionQuery = Row<'deconfliction/find'>;

/** What the owner of a plan lets an asker know. */
export type DeconflictionNotice = Row<'deconfliction/list-notices'>;

export async function appendDeconflictionQuery(
  transaction: Transaction,
  query: DeconflictionQuery,
): Promise<void> {
  await transaction.run('deconfliction/append-query', { ...query });
}

export async function appendDeconflictionNotice(
  transaction: Transaction,
  notice: DeconflictionNotice,
): Promise<void> {
  await transaction.run('deconfliction/append-notice', { ...notice });
}

export async function findDeconflictionQueries(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, DeconflictionQuery>> {
  const rows = await inPieces([...new Set(ids)], (piece) =>
    reader.read('deconfliction/find', { ids: piece }),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** What one person asked since an instant, newest first. */
export const listDeconflictionQueriesOf = (
  reader: Reader,
  actor: string,
  since: string,
  limit: number,
): Promise<DeconflictionQuery[]> => reader.read('deconfliction/list-by-actor', { actor, since, limit });

/** The whole log after a place in it, oldest first. */
export const listDeconflictionQueries = (
  reader: Reader,
  after: { readonly at: string; readonly id: string },
  limit: number,
): Promise<DeconflictionQuery[]> =>
  reader.read('deconfliction/list-all', { afterAt: after.at, afterId: after.id, limit });

/** Queries that met some plans, newest first. */
export async function listDeconflictionQueriesOfPlans(
  reader: Reader,
  planIds: readonly string[],
  limit: number,
): Promise<DeconflictionQuery[]> {
  if (planIds.length === 0) return [];
  return reader.read('deconfliction/list-by-plans', { planIds, limit });
}

/** Notices by the query they answer, oldest first. */
export async function listDeconflictionNotices(
  reader: Reader,
  queryIds: readonly string[],
): Promise<Map<string, DeconflictionNotice[]>> {
  const rows = await inPieces([...new Set(queryIds)], (piece) =>
    reader.read('deconfliction/list-notices', { queryIds: piece }),
  );
  const byQuery = new Map<string, DeconflictionNotice[]>();
  for (const row of rows) byQuery.set(row.queryId, [...(byQuery.get(row.queryId) ?? []), row]);
  return byQuery;
}
