/**
 * What: the part of a projection that some vertices and edges make, with some cells blank, as if the rest had never been.
 *
 * Formula: V' = {v : keepsVertex(v)}, E' = {(u, v) in E : keepsEdge, u in V', v in V'}; numbers follow the order of ids.
 *
 * Preconditions: `vertices` and `edges` have one flag a row; blanks name rows of the projection given.
 * Params: a projection; flags, 1 to keep; blanks, the columns to empty by row.
 * Returns: a projection of the same number of change; dictionaries are shared, all else is its own.
 * Complexity: O((n + m) * columns). Exact.
 * Reference: induced subgraph, R. Diestel, Graph Theory (2017), section 1.1.
 * Example: `subProjection(p, { vertices: Uint8Array.of(1, 0), edges: Uint8Array.of(0) })`.
 */
import { gather, setCell, sharedUint32 } from './column';
import { adjacency, type Projection } from './projection';
import type { Table } from './table';

/** Columns without a value, by row. */
export type Blanks = ReadonlyMap<number, readonly string[]>;

export interface Kept {
  readonly vertices: Uint8Array;
  readonly edges: Uint8Array;
  readonly blankVertices?: Blanks;
  readonly blankEdges?: Blanks;
}

export function subProjection(projection: Projection, kept: Kept): Projection {
  const { from, to } = projection;
  const vertexRows = rowsOf(kept.vertices);
  const edgeRows = rowsOf(
    kept.edges.map((flag, edge) => flag & kept.vertices[from[edge]] & kept.vertices[to[edge]]),
  );
  const moved = new Uint32Array(kept.vertices.length);
  for (let row = 0; row < vertexRows.length; row++) moved[vertexRows[row]] = row;
  const ends = (end: Uint32Array): Uint32Array => {
    const result = sharedUint32(edgeRows.length);
    for (let row = 0; row < edgeRows.length; row++) result[row] = moved[end[edgeRows[row]]];
    return result;
  };
  const [newFrom, newTo] = [ends(from), ends(to)];
  return {
    seq: projection.seq,
    vertices: tableOf(projection.vertices, vertexRows, kept.blankVertices),
    edges: tableOf(projection.edges, edgeRows, kept.blankEdges),
    from: newFrom,
    to: newTo,
    out: adjacency(newFrom, vertexRows.length),
    in: adjacency(newTo, vertexRows.length),
  };
}

function rowsOf(flags: Uint8Array): Int32Array {
  const rows = new Int32Array(flags.reduce((count, flag) => count + flag, 0));
  let at = 0;
  for (let row = 0; row < flags.length; row++) if (flags[row] === 1) rows[at++] = row;
  return rows;
}

function tableOf(table: Table, rows: Int32Array, blanks: Blanks | undefined): Table {
  const columns = new Map([...table.columns].map(([name, column]) => [name, gather(column, rows)] as const));
  if (blanks !== undefined && blanks.size > 0) {
    for (let row = 0; row < rows.length; row++) {
      for (const name of blanks.get(rows[row]) ?? []) {
        const column = columns.get(name);
        if (column !== undefined) setCell(column, row, null);
      }
    }
  }
  return { ids: Array.from(rows, (row) => table.ids[row]), columns };
}
