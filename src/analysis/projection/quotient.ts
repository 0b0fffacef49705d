/**
 * What: the projection in which groups of vertices are one ("quotient graph").
 *
 * Formula: V' = {v : representative(v) = v}; an edge (u, v) becomes (representative(u), representative(v)). Edges that lead from
 * a group into itself are dropped, save loops that were loops before.
 *
 * Preconditions: representative(representative(v)) = representative(v).
 * Params: a projection; representative - the vertex that stands for each vertex.
 * Returns: a projection of the same `seq`; vertices keep their ids and columns as the representatives have them, edges theirs.
 * Nothing is joined if nothing is to be: then it is the projection itself.
 * Complexity: O((n + m) · columns). Exact.
 * Reference: contraction of vertex sets, R. Diestel, Graph Theory, 5th ed., Springer 2017, section 1.7, doi:10.1007/978-3-662-53622-3.
 * Example: `quotient(p, (vertex) => (vertex === 2 ? 1 : vertex))`.
 */
import { gather, sharedUint32 } from './column';
import { adjacency, type Projection } from './projection';
import type { Table } from './table';

export function quotient(projection: Projection, representative: (vertex: number) => number): Projection {
  const count = projection.vertices.ids.length;
  const kept: number[] = [];
  const moved = new Int32Array(count);
  for (let vertex = 0; vertex < count; vertex++) {
    if (representative(vertex) !== vertex) continue;
    moved[vertex] = kept.length;
    kept.push(vertex);
  }
  if (kept.length === count) return projection;
  for (let vertex = 0; vertex < count; vertex++) moved[vertex] = moved[representative(vertex)];
  const edges: number[] = [];
  for (let edge = 0; edge < projection.edges.ids.length; edge++) {
    const [from, to] = [projection.from[edge], projection.to[edge]];
    if (from === to || moved[from] !== moved[to]) edges.push(edge);
  }
  const ends = (before: Uint32Array): Uint32Array => {
    const after = sharedUint32(edges.length);
    edges.forEach((edge, index) => {
      after[index] = moved[before[edge]];
    });
    return after;
  };
  const [from, to] = [ends(projection.from), ends(projection.to)];
  return {
    seq: projection.seq,
    vertices: rowsOf(projection.vertices, kept),
    edges: rowsOf(projection.edges, edges),
    from,
    to,
    out: adjacency(from, kept.length),
    in: adjacency(to, kept.length),
  };
}

function rowsOf(table: Table, rows: readonly number[]): Table {
  const source = Int32Array.from(rows);
  return {
    ids: rows.map((row) => table.ids[row]),
    columns: new Map([...table.columns].map(([name, column]) => [name, gather(column, source)])),
  };
}
