/** How objects become rows of the projection. */
import { advance, type Cell, type EdgeRow, type Projection, type TableRow, vertexOf } from '../analysis';
import { nodeTypeOfId } from '../model/identity';
import { nodeProperties, type PropertySpec, relationshipProperties } from '../model/ontology/ontology';
import type { Json, NodeValue, RelationshipValue } from '../model/values';

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

/** A projection as it would be with some values beside what it holds; ends that nobody describes are placeholders. */
export function withValues(
  projection: Projection,
  nodes: readonly NodeValue[],
  relationships: readonly RelationshipValue[],
): Projection {
  if (nodes.length + relationships.length === 0) return projection;
  const vertices = new Map(nodes.map((node) => [node.id, nodeRow(node)]));
  for (const id of relationships.flatMap(({ from, to }) => [from, to])) {
    if (vertices.has(id) || vertexOf(projection, id) >= 0) continue;
    vertices.set(id, stubRow(id, nodeTypeOfId(id)));
  }
  return advance(projection, {
    seq: projection.seq,
    vertices: [...vertices.values()],
    edges: relationships.map(edgeRow),
    deleted: new Set(),
  });
}

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
