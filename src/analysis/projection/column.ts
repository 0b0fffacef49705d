/**
 * Columns: one attribute of every row of a table, in a typed array over shared memory, so that worker threads read it
 * without a copy.
 *
 * A string column holds codes of a dictionary that only ever grows, so versions of a projection share it. "No value" is
 * code 0, NaN, or flag 0.
 */

/** Strings and their codes, from 1. */
export interface Dictionary {
  readonly values: string[];
  readonly codes: Map<string, number>;
}

export type ColumnKind = 'string' | 'number' | 'flag';
export type Cell = string | number | boolean | null;

export type Column =
  | { readonly kind: 'string'; readonly codes: Uint32Array; readonly dictionary: Dictionary }
  | { readonly kind: 'number'; readonly values: Float64Array }
  | { readonly kind: 'flag'; readonly values: Uint8Array };

export const NO_FLAG = 0;
export const FALSE_FLAG = 1;
export const TRUE_FLAG = 2;

export const sharedFloat64 = (length: number): Float64Array =>
  new Float64Array(new SharedArrayBuffer(length * 8));
export const sharedUint32 = (length: number): Uint32Array =>
  new Uint32Array(new SharedArrayBuffer(length * 4));
export const sharedUint8 = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length));

export const emptyDictionary = (): Dictionary => ({ values: [''], codes: new Map() });

/** A column of a kind in which no row has a value. */
export function emptyColumn(kind: ColumnKind, length: number, dictionary = emptyDictionary()): Column {
  if (kind === 'string') return { kind, codes: sharedUint32(length), dictionary };
  if (kind === 'number') return { kind, values: sharedFloat64(length).fill(Number.NaN) };
  return { kind, values: sharedUint8(length) };
}

/** A column with a value for each of some items, in their order. */
export function columnOf<T>(kind: ColumnKind, items: readonly T[], cellFor: (item: T) => Cell): Column {
  const column = emptyColumn(kind, items.length);
  for (const [row, item] of items.entries()) setCell(column, row, cellFor(item));
  return column;
}

/** Writes one cell of a column that is still being built. */
export function setCell(column: Column, row: number, cell: Cell): void {
  if (column.kind === 'string')
    column.codes[row] = cell === null ? 0 : codeOf(column.dictionary, String(cell));
  else if (column.kind === 'number') column.values[row] = cell === null ? Number.NaN : Number(cell);
  else column.values[row] = cell === null ? NO_FLAG : cell ? TRUE_FLAG : FALSE_FLAG;
}

/** Value of a cell, null where there is none. */
export function cellOf(column: Column | undefined, row: number): Cell {
  if (column === undefined) return null;
  if (column.kind === 'string') {
    const code = column.codes[row];
    return code === 0 ? null : column.dictionary.values[code];
  }
  if (column.kind === 'number') return Number.isNaN(column.values[row]) ? null : column.values[row];
  const flag = column.values[row];
  return flag === NO_FLAG ? null : flag === TRUE_FLAG;
}

/** A column whose row i is row `source[i]` of another, or no value where `source[i]` is -1. */
export function gather(column: Column, source: Int32Array): Column {
  const result = emptyColumn(
    column.kind,
    source.length,
    column.kind === 'string' ? column.dictionary : undefined,
  );
  const from = column.kind === 'string' ? column.codes : column.values;
  const to = result.kind === 'string' ? result.codes : result.values;
  for (let row = 0; row < source.length; row++) if (source[row] >= 0) to[row] = from[source[row]];
  return result;
}

function codeOf(dictionary: Dictionary, value: string): number {
  let code = dictionary.codes.get(value);
  if (code === undefined) {
    code = dictionary.values.length;
    dictionary.values.push(value);
    dictionary.codes.set(value, code);
  }
  return code;
}
