/** Which report an import is a newer edition of, and what that one held that this one does not. */
import type { Survey } from '../ingest/survey';
import { listChangesOf } from '../store/change.store';
import { findClaims, listFactsOf } from '../store/claim.store';
import type { Reader } from '../store/engine';
import { isOlderThan } from './import-slots';

export interface GoneReport {
  /** Report that the file is a newer edition of. */
  readonly report: string;
  /** Objects that it held and this file does not; they stay as they are. */
  readonly count: number;
  readonly examples: readonly string[];
}

export interface Gone extends GoneReport {
  readonly ids: readonly string[];
}

/** Share of the objects that two editions of one set have in common, each way, at the least. */
const LEAST_SHARED = 0.5;
const EXAMPLES = 5;

/**
 * What is gone since the edition before.
 *
 * @param replaces report that the user says it replaces; otherwise the last one that shares most of its objects
 * @param sees what the importer may see: of anything else nothing is told
 */
export async function goneSince(
  reader: Reader,
  survey: Survey,
  ownReport: string,
  { replaces, sees }: { readonly replaces?: string; readonly sees: (id: string) => boolean },
): Promise<Gone | undefined> {
  const report = replaces ?? (await likelyEdition(reader, survey.sample, ownReport, sees));
  if (report === undefined || report === ownReport) return undefined;
  // An older edition is none that something is gone from, unless the user says so.
  if (replaces === undefined && (await isOlderThan(reader, survey.edition, report))) return undefined;
  const facts = (await listFactsOf(reader, report, 'REPORTED')).filter(sees);
  const isHeld = (id: string): boolean =>
    survey.nodes.kindOf(id) !== undefined || survey.relationships.kindOf(id) !== undefined;
  const ids = facts.filter((id) => !isHeld(id)).sort();
  const isEdition = facts.length - ids.length >= LEAST_SHARED * facts.length;
  if (facts.length === 0 || (replaces === undefined && !isEdition)) return undefined;
  return { report, count: ids.length, examples: ids.slice(0, EXAMPLES), ids };
}

/** The last imported of the reports that claim most of some objects. */
async function likelyEdition(
  reader: Reader,
  sample: readonly string[],
  ownReport: string,
  sees: (id: string) => boolean,
): Promise<string | undefined> {
  const counts = new Map<string, number>();
  for (const claims of (await findClaims(reader, sample)).values()) {
    const reports = claims
      .filter(({ derivation }) => derivation === 'REPORTED')
      .map(({ reportId }) => reportId);
    for (const report of new Set(reports)) counts.set(report, (counts.get(report) ?? 0) + 1);
  }
  const likely = [...counts].filter(
    ([report, count]) => report !== ownReport && sees(report) && count >= LEAST_SHARED * sample.length,
  );
  const imported = await Promise.all(
    likely.map(async ([report]) => ({ report, seq: (await listChangesOf(reader, report)).at(-1)?.seq ?? 0 })),
  );
  return imported.filter(({ seq }) => seq > 0).sort((a, b) => b.seq - a.seq)[0]?.report;
}
