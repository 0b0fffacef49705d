/** A projection in plain values, to compare two of them: equal views mean equal arrays and equal columns. */
import { edgeCell, type Projection, vertexCell } from '../../src/analysis';
import { cellOf } from '../../src/analysis/projection/column';
import type { Table } from '../../src/analysis/projection/table';

const bytesOf = (array: ArrayBufferView): string =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');

/** Columns that hold anything, with the bytes of numbers and flags; codes of a dictionary depend on its history. */
function columnsOf(table: Table): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  for (const name of [...table.columns.keys()].sort()) {
    const column = table.columns.get(name)!;
    const cells = table.ids.map((_, row) => cellOf(column, row));
    if (cells.every((cell) => cell === null)) continue;
    columns[name] = column.kind === 'string' ? cells : `${column.kind} ${bytesOf(column.values)}`;
  }
  return columns;
}

export function viewOf(projection: Projection) {
  const { seq, vertices, edges, from, to, out } = projection;
  return {
    seq,
    vertexIds: [...vertices.ids],
    edgeIds: [...edges.ids],
    vertices: columnsOf(vertices),
    edges: columnsOf(edges),
    from: bytesOf(from),
    to: bytesOf(to),
    out: [bytesOf(out.offsets), bytesOf(out.edges)],
    in: [bytesOf(projection.in.offsets), bytesOf(projection.in.edges)],
  };
}

/** Every vertex and edge with the columns named, for people to read. */
export const cellsOf = (projection: Projection, vertexColumns: string[], edgeColumns: string[]) => ({
  vertices: projection.vertices.ids.map((id, vertex) => [
    id,
    ...vertexColumns.map((name) => vertexCell(projection, name, vertex)),
  ]),
  edges: projection.edges.ids.map((id, edge) => [
    id,
    ...edgeColumns.map((name) => edgeCell(projection, name, edge)),
  ]),
});
