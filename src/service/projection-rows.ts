/** How objects become rows of the projection. */
import type { Cell, EdgeRow, TableRow } from '../analysis';
import { nodeProperties, type PropertySpec, relationshipProperties } from '../model/ontology/ontology';
import type { Json } from '../model/values';

/** Column that holds the type of a vertex or edge. */
export const TYPE_COLUMN = 'type';

interface Described {
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export const stubRow = (id: string, type: string): TableRow => ({
  id,
  cells: { [TYPE_COLUMN]: type, stub: true },
});

export const nodeRow = ({ id, type, properties }: Described): TableRow => ({
  id,
  cells: cellReader(nodeProperties(type), type, false)(properties),
});

export const edgeRow = ({
  id,
  type,
  from,
  to,
  properties,
}: Described & { readonly from: string; readonly to: string }): EdgeRow => ({
  id,
  from,
  to,
  cells: cellReader(relationshipProperties(type), type, false)(properties),
});

/** Reads the cells of a row, stored or decoded: the columns of its type, times as milliseconds, JSON and lists as text. */
export function cellReader(specs: readonly PropertySpec[], type: string, isStored: boolean) {
  const columns = specs.filter((spec) => spec.isColumn);
  return (row: Readonly<Record<string, unknown>>): Record<string, Cell> => {
    const cells: Record<string, Cell> = { [TYPE_COLUMN]: type };
    for (const { name, kind } of columns) {
      const value = row[name] as Json | undefined;
      if (value === null || value === undefined) continue;
      if (kind === 'datetime') cells[name] = Date.parse(value as string);
      else if (kind === 'json') cells[name] = isStored ? (value as string) : JSON.stringify(value);
      else if (kind === 'strings') cells[name] = listCell(value as readonly string[]);
      else cells[name] = value as Cell;
    }
    return cells;
  };
}

/** A list as the text of a column; an empty one is none. */
const listCell = (list: readonly string[]): Cell => (list.length === 0 ? null : JSON.stringify(list));
