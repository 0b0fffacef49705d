import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../errors';
import { fileSources } from '../service/import.service';
import type { ImportProgress } from '../service/import-progress';
import type { ImportReport, PreviewedObject } from '../service/import-report';
import type { ImportedObject } from '../service/imported-object';
import type { Opener } from './answers';
import { formatTable, printJson } from './output';
import { parseNumber } from './scope.options';

interface Options {
  readonly format: string;
  readonly mapping?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly source?: string;
  readonly reliability?: string;
  readonly confidence?: number;
  readonly identity: boolean;
  readonly marking?: string;
  readonly replaces?: string;
  readonly preview?: number;
  readonly objects?: string;
}

/** Endings of files that a folder is searched for, packed or not. */
const DATA_FILE = /\.(json|jsonl|ndjson|stix|yaml|yml|csv|tsv|xml)(\.gz)?$/i;

export function registerImport(program: Command, open: Opener): void {
  program
    .command('import')
    .description('import files or folders of intelligence; packed ones (gzip) too')
    .argument('<paths...>', 'files, or folders to search for files')
    .option('--format <name>', 'format of the files', 'auto')
    .option(
      '--mapping <file>',
      'mapping file that says how tables or JSON of other kinds are read (docs/import.md)',
    )
    .option('--dry-run', 'report what would happen, write nothing')
    .option('--no-identity', 'link no actors, also where two can only be one and the same')
    .option('--source <name>', 'who published the files')
    .option('--reliability <grade>', 'reliability of the source, A to F (Admiralty code)')
    .option(
      '--confidence <n>',
      'confidence of what the source says, 0-100, where it does not say',
      parseNumber,
    )
    .option(
      '--marking <name>',
      'marking of what bears none: a TLP 2.0 name, or the id of a marking definition',
    )
    .option(
      '--replaces <report>',
      'report that the files are a newer edition of; found by their objects if not given',
    )
    .option('--preview <n>', 'show the first n objects of each file as the model has them', parseNumber)
    .option('--objects <file>', 'write what became of each object to a file, one JSON object a line')
    .option('--json', 'print JSON')
    .action(async (paths: readonly string[], options: Options) => {
      const files = paths.flatMap(filesAt);
      const mappings = fileSources(options.mapping === undefined ? [] : [options.mapping]);
      const objects = options.objects === undefined ? undefined : new ObjectLines(options.objects);
      const onProgress = process.stderr.isTTY ? showProgress : undefined;
      const onObject = objects && ((object: ImportedObject) => objects.add(object));
      const report = await open((answers) =>
        withCancellation((signal) =>
          answers.importing.import(
            fileSources(files),
            {
              ...options,
              mapping: mappings[0],
              isDryRun: options.dryRun,
              isUnlinked: !options.identity,
              actor: 'cli',
            },
            { signal, onProgress, onObject },
          ),
        ),
      );
      objects?.close();
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
      if (options.json) printJson(report);
      else process.stdout.write(describe(report));
      const failed = report.files.filter(
        ({ file, error }) => error && !mayBeSkipped(error.code, file, paths),
      );
      for (const { file, error } of report.files) {
        if (error && !mayBeSkipped(error.code, file, paths))
          process.stderr.write(`${error.code}: ${error.message}\n`);
        else if (error) process.stderr.write(`Skipped ${file}: ${error.code}\n`);
      }
      if (report.isCancelled) process.stderr.write('Cancelled: run it again to complete it.\n');
      if (report.isCancelled || failed.length > 0) process.exitCode = 1;
    });
}

/** A folder may hold files that are no intelligence; one that was named must be. */
const mayBeSkipped = (code: string, file: string, paths: readonly string[]): boolean =>
  ['NOT_STIX', 'UNKNOWN_FORMAT'].includes(code) && !paths.includes(file);

/** Runs work that an interrupt from the terminal ends after its current batch. */
async function withCancellation<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const cancel = () => controller.abort();
  process.once('SIGINT', cancel);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', cancel);
  }
}

/** The file at a path, or the data files below the folder at it, in order of their paths. */
function filesAt(path: string): readonly string[] {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    throw new AppError('FILE_NOT_FOUND', { path }, { cause: error });
  }
  if (!isFolder) return [path];
  const names = readdirSync(path, { recursive: true, withFileTypes: true });
  const files = names.filter((each) => each.isFile() && DATA_FILE.test(each.name));
  return files.map((each) => join(each.parentPath, each.name)).sort();
}

function showProgress({ file, done, total, perSecond, secondsLeft }: ImportProgress): void {
  const share = total === 0 ? 100 : Math.floor((100 * done) / total);
  const rate = `${Math.round(perSecond)}/s, ${Math.ceil(secondsLeft)} s left`;
  process.stderr.write(`\r\u001b[K${file}: ${share} % of ${total} (${rate})`);
}

function describe(report: ImportReport): string {
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

/** A file of one JSON object a line. */
class ObjectLines {
  private readonly handle: number;
  private lines: string[] = [];

  constructor(path: string) {
    this.handle = openSync(path, 'w');
  }

  add(object: ImportedObject): void {
    this.lines.push(JSON.stringify(object));
    if (this.lines.length >= 1000) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.handle);
  }

  private flush(): void {
    if (this.lines.length > 0) writeSync(this.handle, `${this.lines.join('\n')}\n`);
    this.lines = [];
  }
}
