/** What imports show while they run and when they are done, and how they are interrupted. */
import type { ImportProgress } from '../service/import-progress';
import type { ImportReport, PreviewedObject } from '../service/import-report';
import { formatTable } from './output';

/** Runs work that an interrupt from the terminal ends after its current batch. */
export async function withCancellation<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const cancel = () => controller.abort();
  process.once('SIGINT', cancel);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', cancel);
  }
}

export function showProgress({ file, done, total, perSecond, secondsLeft }: ImportProgress): void {
  const share = total === 0 ? 100 : Math.floor((100 * done) / total);
  const rate = `${Math.round(perSecond)}/s, ${Math.ceil(secondsLeft)} s left`;
  process.stderr.write(`\r\u001b[K${file}: ${share} % of ${total} (${rate})`);
}

export function describeImport(report: ImportReport): string {
  const files = report.files.map((file) => ({ ...file, format: file.format ?? '-' }));
  const table = formatTable(
    [...files, { ...report.totals, file: 'total', format: '' }],
    [
      { title: 'file', value: (row) => row.file, width: 60 },
      { title: 'format', value: (row) => row.format },
      { title: 'read', value: (row) => row.read },
      { title: 'created', value: (row) => row.created },
      { title: 'updated', value: (row) => row.updated },
      { title: 'unchanged', value: (row) => row.unchanged },
      { title: 'stubbed', value: (row) => row.stubbed },
      { title: 'rejected', value: (row) => row.rejected },
    ],
  );
  const reasons = report.files.flatMap((file) =>
    file.reasons.map(({ code, count, example }) => `${code} (${count}): ${example}`),
  );
  const identity = report.identity ? `${describeIdentity(report.identity)}\n` : '';
  const notes = report.files.flatMap(({ file, gone, preview = [], report: id }) => [
    ...(id === null ? [] : [`${file}: report ${id}`]),
    ...(gone
      ? [`${file}: ${gone.count} objects of ${gone.report} are gone from it: ${gone.examples.join(', ')}`]
      : []),
    ...preview.map(describePreviewed),
  ]);
  const title = report.isDryRun ? 'Dry run: nothing was written.\n\n' : '';
  return `${title}${table}\n${[...reasons, ...notes].map((line) => `${line}\n`).join('')}${identity}`;
}

function describeIdentity(report: NonNullable<ImportReport['identity']>): string {
  const { linked, overlapping, unchanged, withdrawn, ambiguous, proposed, examples } = report;
  const head =
    `Actors: ${linked} pairs joined by an identifier or name that only they can mean, ${overlapping} linked as overlapping, ` +
    `${unchanged} links as before, ${withdrawn} taken back; ${ambiguous} ambiguous and ${proposed} unconfirmed pairs are left to you.`;
  const lines = examples.map(
    ({ a, b, judgement, reason }) => `${judgement ?? 'to judge'}: ${a.name} | ${b.name}: ${reason}`,
  );
  return [head, ...lines].join('\n');
}

function describePreviewed({ id, type, from, to, status, properties }: PreviewedObject): string {
  const where = from === undefined ? id : `${from} -> ${to}`;
  return `  ${status} ${type} ${where} ${JSON.stringify(properties)}`;
}
