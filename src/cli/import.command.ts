import { closeSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../errors';
import { fileSources } from '../service/import.service';
import type { ImportedObject } from '../service/imported-object';
import { openForWriting } from '../service/output-file';
import type { Opener } from './answers';
import { addProvenanceOptions, type ProvenanceOptions, provenanceOf } from './import.options';
import { describeImport, showProgress, withCancellation } from './import-output';
import { registerImportTaxii } from './import-taxii.command';
import { printJson } from './output';
import { parseNumber } from './scope.options';

interface Options extends ProvenanceOptions {
  readonly format: string;
  readonly mapping?: string;
  readonly replaces?: string;
  readonly preview?: number;
  readonly objects?: string;
}

/** Endings of files that a folder is searched for, packed or not. */
const DATA_FILE = /\.(json|jsonl|ndjson|stix|yaml|yml|csv|tsv|xml)(\.gz)?$/i;

export function registerImport(program: Command, open: Opener): void {
  const command = program.command('import');
  registerImportTaxii(command, open);
  command
    .description('import files or folders of intelligence; packed ones (gzip) too')
    .argument('<paths...>', 'files, or folders to search for files')
    .option('--format <name>', 'format of the files', 'auto')
    .option(
      '--mapping <file>',
      'mapping file that says how tables or JSON of other kinds are read (docs/import.md)',
    )
    .option(
      '--replaces <report>',
      'report that the files are a newer edition of; found by their objects if not given',
    )
    .option('--preview <n>', 'show the first n objects of each file as the model has them', parseNumber)
    .option('--objects <file>', 'write what became of each object to a file, one JSON object a line');
  addProvenanceOptions(command).action(async (paths: readonly string[], options: Options) => {
    const { format, replaces, preview } = options;
    const files = paths.flatMap(filesAt);
    const mappings = fileSources(options.mapping === undefined ? [] : [options.mapping]);
    const objects = options.objects === undefined ? undefined : new ObjectLines(options.objects);
    const onProgress = process.stderr.isTTY ? showProgress : undefined;
    const onObject = objects && ((object: ImportedObject) => objects.add(object));
    const report = await open((answers) =>
      withCancellation((signal) =>
        answers.importing.import(
          fileSources(files),
          { ...provenanceOf(options), format, replaces, preview, mapping: mappings[0] },
          { signal, onProgress, onObject },
        ),
      ),
    );
    objects?.close();
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    if (options.json) printJson(report);
    else process.stdout.write(describeImport(report));
    const failed = report.files.filter(({ file, error }) => error && !mayBeSkipped(error.code, file, paths));
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

/** A file of one JSON object a line. */
class ObjectLines {
  private readonly handle: number;
  private lines: string[] = [];

  constructor(path: string) {
    this.handle = openForWriting(path);
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
