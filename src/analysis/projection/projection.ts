/**
 * The projection: an immutable indexed multigraph in typed arrays, with node and edge attributes as columns, versioned by
 * the number of the last change it holds.
 *
 * Vertices and edges are numbered in order of id, so that equal graphs have equal projections whatever store they come
 * from. An edge whose end is missing is not part of it.
 */
import { type Cell, type Column, cellOf, sharedUint32 } from './column';
import { compareIds, EMPTY_TABLE, rowOf, type Table, type TableRow, upsert } from './table';

export interface EdgeRow extends TableRow {
  readonly from: string;
  readonly to: string;
}

/** Adjacency in compressed sparse rows: edges of vertex v are `edges[offsets[v]] .. edges[offsets[v + 1] - 1]`. */
export interface Adjacency {
  readonly offsets: Uint32Array;
  readonly edges: Uint32Array;
}

export interface Projection {
  readonly seq: number;
  readonly vertices: Table;
  readonly edges: Table;
  /** Vertex that edge e leaves. */
  readonly from: Uint32Array;
  /** Vertex that edge e enters. */
  readonly to: Uint32Array;
  readonly out: Adjacency;
  readonly in: Adjacency;
}

export interface ProjectionDelta {
  readonly seq: number;
  readonly vertices: readonly TableRow[];
  readonly edges: readonly EdgeRow[];
  readonly deleted: ReadonlySet<string>;
}

export const EMPTY_PROJECTION: Projection = {
  seq: 0,
  vertices: EMPTY_TABLE,
  edges: EMPTY_TABLE,
  from: sharedUint32(0),
  to: sharedUint32(0),
  out: { offsets: sharedUint32(1), edges: sharedUint32(0) },
  in: { offsets: sharedUint32(1), edges: sharedUint32(0) },
};

/** The projection after a delta. O(n + m) for n vertices and m edges, plus sorting what the delta writes. */
export function advance(projection: Projection, delta: ProjectionDelta): Projection {
  const vertices = upsert(projection.vertices, delta.vertices, delta.deleted);
  const written = new Map(delta.edges.map((edge) => [edge.id, edge]));
  const dropped = new Set(delta.deleted);
  for (const { id, from, to } of written.values()) {
    if (rowOf(vertices, from) < 0 || rowOf(vertices, to) < 0) dropped.add(id);
  }
  for (const id of dropped) written.delete(id);
  for (const id of orphans(projection, delta.deleted)) if (!written.has(id)) dropped.add(id);
  const edges = upsert(projection.edges, [...written.values()], dropped);
  const [from, to] = ends(projection, vertices, edges, written);
  const count = vertices.ids.length;
  return { seq: delta.seq, vertices, edges, from, to, out: adjacency(from, count), in: adjacency(to, count) };
}

/** The same graph with further columns of its vertices and edges. */
export function withColumns(
  projection: Projection,
  vertexColumns: ReadonlyMap<string, Column>,
  edgeColumns: ReadonlyMap<string, Column>,
): Projection {
  const { vertices, edges, from, to, out } = projection;
  const extended = ({ ids, columns }: Table, more: ReadonlyMap<string, Column>): Table => ({
    ids,
    columns: new Map([...columns, ...more]),
  });
  return {
    // Some graphs work out their number only when somebody looks.
    get seq() {
      return projection.seq;
    },
    vertices: extended(vertices, vertexColumns),
    edges: extended(edges, edgeColumns),
    from,
    to,
    out,
    in: projection.in,
  };
}

/** Edges that lost an end with the vertices that a delta deletes. */
function orphans(projection: Projection, deleted: ReadonlySet<string>): string[] {
  if (deleted.size === 0) return [];
  const isGone = projection.vertices.ids.map((id) => deleted.has(id));
  return projection.edges.ids.filter(
    (_, edge) => isGone[projection.from[edge]] || isGone[projection.to[edge]],
  );
}

function ends(
  before: Projection,
  vertices: Table,
  edges: Table,
  written: ReadonlyMap<string, EdgeRow>,
): [Uint32Array, Uint32Array] {
  const from = sharedUint32(edges.ids.length);
  const to = sharedUint32(edges.ids.length);
  const moved = Int32Array.from(before.vertices.ids, (id) => rowOf(vertices, id));
  const rows = new Map<string, number>();
  const vertexOf = (id: string): number => {
    let row = rows.get(id);
    if (row === undefined) {
      row = rowOf(vertices, id);
      rows.set(id, row);
    }
    return row;
  };
  let old = 0;
  edges.ids.forEach((id, edge) => {
    while (old < before.edges.ids.length && compareIds(before.edges.ids[old], id) < 0) old++;
    const row = written.get(id);
    from[edge] = row ? vertexOf(row.from) : moved[before.from[old]];
    to[edge] = row ? vertexOf(row.to) : moved[before.to[old]];
  });
  return [from, to];
}

/** Compressed sparse rows over one end of every edge, edges of a vertex in order of edge number. O(n + m). */
export function adjacency(end: Uint32Array, vertexCount: number): Adjacency {
  const offsets = sharedUint32(vertexCount + 1);
  for (let edge = 0; edge < end.length; edge++) offsets[end[edge] + 1]++;
  for (let vertex = 0; vertex < vertexCount; vertex++) offsets[vertex + 1] += offsets[vertex];
  const next = offsets.slice();
  const edges = sharedUint32(end.length);
  for (let edge = 0; edge < end.length; edge++) edges[next[end[edge]]++] = edge;
  return { offsets, edges };
}

export const vertexOf = (projection: Projection, id: string): number => rowOf(projection.vertices, id);
export const edgeOf = (projection: Projection, id: string): number => rowOf(projection.edges, id);

export const vertexCell = (projection: Projection, column: string, vertex: number): Cell =>
  cellOf(projection.vertices.columns.get(column), vertex);
export const edgeCell = (projection: Projection, column: string, edge: number): Cell =>
  cellOf(projection.edges.columns.get(column), edge);
