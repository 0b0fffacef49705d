import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { AppError } from '../errors';
import { type ExportQuery, exportFormats } from '../service/export.service';
import { readWhere } from '../service/export-request';
import { writeStreamOf } from '../service/output-file';
import type { Opener } from './answers';
import { collect, parseNumber } from './scope.options';

interface Options {
  readonly format: string;
  readonly out?: string;
  readonly type?: readonly string[];
  readonly where?: string;
  readonly id?: readonly string[];
  readonly hops?: number;
  readonly operation?: string;
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly claims: boolean;
}

export function registerExport(program: Command, open: Opener): void {
  program
    .command('export')
    .description('write the graph, or a part of it, in a format that other tools read')
    .option('--format <name>', `one of ${exportFormats.join(', ')}`, 'stix')
    .option('--out <file>', 'file to write; standard output if not given')
    .option('--type <name>', 'only nodes of this type (repeatable)', collect)
    .option('--where <json>', 'only nodes that a filter takes, as the lists of the API do')
    .option('--id <id>', 'only this node (repeatable)', collect)
    .option('--hops <n>', 'with --id: also what lies so many steps around', parseNumber)
    .option('--operation <id>', 'only an operation and all it depends on')
    .option('--as-of <time>', 'what held then (RFC 3339)')
    .option('--known-at <time>', 'what was known then (RFC 3339)')
    .option('--no-claims', 'leave out who says what')
    .action(async (options: Options) => {
      if (options.hops !== undefined && options.id === undefined) {
        throw new AppError('BAD_INPUT', { what: '--hops', expected: '--id beside it', got: options.hops });
      }
      await open(async (answers) => {
        const { text } = await answers.exporting.export(queryOf(options));
        const target = options.out === undefined ? process.stdout : await writeStreamOf(options.out);
        await pipeline(Readable.from(text), target, { end: target !== process.stdout });
      });
    });
}

function queryOf({ format, type, where, id, hops, operation, asOf, knownAt, claims }: Options): ExportQuery {
  return {
    format,
    types: type,
    where: readWhere(where),
    ids: id,
    hops,
    operation,
    asOf,
    knownAt,
    hasNoClaims: !claims,
  };
}
