/** Tables: rows in order of id, attributes as columns. A change makes a new table; the old one stays as it is. */
import { type Cell, type Column, type ColumnKind, emptyColumn, gather, setCell } from './column';

export interface TableRow {
  readonly id: string;
  /** Values by column name; a name that is missing has no value. */
  readonly cells: Readonly<Record<string, Cell>>;
}

export interface Table {
  readonly ids: readonly string[];
  readonly columns: ReadonlyMap<string, Column>;
}

export const EMPTY_TABLE: Table = { ids: [], columns: new Map() };

export const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const kindOf = (cell: Cell): ColumnKind =>
  typeof cell === 'string' ? 'string' : typeof cell === 'number' ? 'number' : 'flag';

/**
 * The table after some rows were written and some ids deleted.
 *
 * Rows replace those of the same id; of several rows with one id the last counts. Deletion wins over writing.
 * Time: O(n · columns + m log m) for n rows before and m rows written.
 */
export function upsert(
  table: Table,
  rows: readonly TableRow[],
  deleted: ReadonlySet<string> = new Set(),
): Table {
  const written = new Map<string, TableRow>();
  for (const row of rows) if (!deleted.has(row.id)) written.set(row.id, row);
  const { ids, source, fresh } = mergedIds(table.ids, written, deleted);
  const columns = new Map<string, Column>();
  for (const [name, column] of table.columns) columns.set(name, gather(column, source));
  for (const [position, row] of fresh) {
    for (const name in row.cells) {
      const cell = row.cells[name];
      if (cell === null || cell === undefined) continue;
      let column = columns.get(name);
      if (column === undefined) {
        column = emptyColumn(kindOf(cell), ids.length);
        columns.set(name, column);
      }
      setCell(column, position, cell);
    }
  }
  return { ids, columns };
}

/** Row of an id by binary search, or -1. */
export function rowOf(table: Table, id: string): number {
  let low = 0;
  let high = table.ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const order = compareIds(table.ids[middle], id);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Merges sorted ids with written ones; `source[i]` is the row before, -1 for a written row. */
function mergedIds(
  before: readonly string[],
  written: ReadonlyMap<string, TableRow>,
  deleted: ReadonlySet<string>,
): { ids: string[]; source: Int32Array; fresh: [number, TableRow][] } {
  const incoming = [...written.keys()].sort(compareIds);
  const ids: string[] = [];
  const source: number[] = [];
  const fresh: [number, TableRow][] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < incoming.length) {
    const order = i >= before.length ? 1 : j >= incoming.length ? -1 : compareIds(before[i], incoming[j]);
    if (order < 0) {
      if (!deleted.has(before[i])) {
        ids.push(before[i]);
        source.push(i);
      }
      i++;
      continue;
    }
    fresh.push([ids.length, written.get(incoming[j])!]);
    ids.push(incoming[j]);
    source.push(-1);
    j++;
    if (order === 0) i++;
  }
  return { ids, source: Int32Array.from(source), fresh };
}
