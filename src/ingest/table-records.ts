/** Rows of CSV and TSV while they stream in. */
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { AppError } from '../errors';
import type { BadRecord, DataRecord } from './data-record';
import { TableRow } from './data-record';
import { unexpected } from './json-document';
import type { Content } from './reader';

export interface TableShape {
  readonly format: 'csv' | 'tsv';
  readonly delimiter?: string;
  /** Character around cells that hold delimiters; false for none. CSV has `"`, TSV none. */
  readonly quote?: string | false;
  /** Character that begins a line to leave out. */
  readonly comment?: string;
  /** Names of the columns of a table without a header. */
  readonly columns?: readonly string[];
}

const MAX_ROW_CHARACTERS = 4 * 2 ** 20;
const ROWS_A_LIST = 1000;
const MOST_NAMES = 40;

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * @param named columns that must be there
 * @throws AppError MAPPING_COLUMN where one is missing, UNEXPECTED_CONTENT where the table is broken, BAD_ENCODING
 */
export async function* tableRows(
  content: Content,
  shape: TableShape,
  named: ReadonlySet<string>,
): AsyncIterable<readonly (DataRecord | BadRecord)[]> {
  const parser = parse({
    bom: true,
    delimiter: shape.delimiter ?? (shape.format === 'tsv' ? '\t' : ','),
    quote: shape.quote ?? (shape.format === 'tsv' ? false : '"'),
    comment: shape.comment,
    comment_no_infix: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_CHARACTERS,
  });
  const input = Readable.from(texts(content));
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  let columns = shape.columns && columnsOf(shape.columns, content, named);
  let rows: (DataRecord | BadRecord)[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      if (!columns) {
        columns = columnsOf(record, content, named);
        continue;
      }
      rows.push(rowOf(record, info.lines, columns));
      if (rows.length < ROWS_A_LIST) continue;
      yield rows;
      rows = [];
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw unexpected(content, shape.format, error.message);
  } finally {
    input.destroy();
    parser.destroy();
  }
  if (!columns) throw unexpected(content, shape.format, 'it has no header');
  yield rows;
}

function rowOf(
  cells: readonly string[],
  line: number,
  columns: ReadonlyMap<string, number>,
): DataRecord | BadRecord {
  if (cells.length === columns.size) return new TableRow(columns, cells, line);
  return {
    place: `line ${line}`,
    problem: `has ${cells.length} cells, the table has ${columns.size} columns`,
  };
}

/** Names for a message: some of them, none of them without end. */
function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => (name.length > 64 ? `${name.slice(0, 63)}…` : name));
  return [...shown, ...(names.length > MOST_NAMES ? [`and ${names.length - MOST_NAMES} more`] : [])].join(
    ', ',
  );
}

function columnsOf(
  names: readonly string[],
  content: Content,
  named: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const columns = new Map(names.map((name, at) => [name.trim(), at]));
  if (columns.size < names.length) throw unexpected(content, 'table', 'two of its columns have one name');
  const missing = [...named].filter((name) => !columns.has(name) && name !== '$line');
  if (missing.length > 0) {
    throw new AppError('MAPPING_COLUMN', {
      file: content.name,
      missing: namesOf(missing),
      known: namesOf([...columns.keys()]),
    });
  }
  return columns;
}

/** Text of the bytes, which must be UTF-8. */
export async function* texts(content: Content): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let offset = 0;
  try {
    for await (const chunk of content.bytes) {
      yield decoder.decode(chunk, { stream: true });
      offset += chunk.length;
    }
    const rest = decoder.decode();
    if (rest !== '') yield rest;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw new AppError('BAD_ENCODING', { file: content.name, offset }, { cause: error });
  }
}
