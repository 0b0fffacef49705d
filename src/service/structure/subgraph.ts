/** The part of the graph that structure is measured on, in the form kernels take. */
import { type Projection, vertexCell, vertexOf } from '../../analysis';
import { type CsrGraph, csrGraph } from '../../analysis/graph/csr-graph';
import { AppError } from '../../errors';
import { TYPE_COLUMN } from '../projection-rows';

export type SubgraphDirection = 'OUT' | 'IN' | 'BOTH';

/** Names of types; null and absent mean all. */
export interface SubgraphQuery {
  readonly nodeTypes?: readonly string[] | null;
  readonly relationshipTypes?: readonly string[] | null;
}

export interface Subgraph {
  readonly graph: CsrGraph;
  /** Node id of a vertex; vertices are in order of id. */
  readonly idOf: (vertex: number) => string;
  /** Vertex of a node id, -1 if it is not part of it. */
  readonly vertexOf: (id: string) => number;
}

/**
 * The nodes of some types and the relationships of some types between them. `BOTH` makes the graph undirected, `IN` turns
 * every relationship round. Loops are dropped, and parallel relationships count once.
 *
 * @throws AppError GRAPH_EMPTY when no node is of these types
 */
export function subgraphOf(
  projection: Projection,
  query: SubgraphQuery,
  direction: SubgraphDirection = 'BOTH',
): Subgraph {
  const { from, to } = projection;
  const vertexCount = projection.out.offsets.length - 1;
  const members = chosen(projection.vertices, vertexCount, query.nodeTypes);
  if (members.length === 0) throw new AppError('GRAPH_EMPTY', { file: 'The chosen part of the graph' });
  const numberOf = new Int32Array(vertexCount).fill(-1);
  members.forEach((v, i) => {
    numberOf[v] = i;
  });
  const edges = chosen(projection.edges, from.length, query.relationshipTypes).filter(
    (e) => numberOf[from[e]] >= 0 && numberOf[to[e]] >= 0,
  );
  const sources = edges.map((e) => numberOf[from[e]]);
  const targets = edges.map((e) => numberOf[to[e]]);
  const graph = csrGraph(
    {
      vertexCount: members.length,
      sources: direction === 'IN' ? targets : sources,
      targets: direction === 'IN' ? sources : targets,
    },
    { directed: direction !== 'BOTH', simple: true },
  );
  return {
    graph,
    idOf: (vertex) => projection.vertices.ids[members[vertex]],
    vertexOf: (id) => {
      const vertex = vertexOf(projection, id);
      return vertex < 0 ? -1 : numberOf[vertex];
    },
  };
}

/** How many nodes a part of the graph has. @throws AppError GRAPH_EMPTY */
export function vertexCountOf(projection: Projection, query: SubgraphQuery): number {
  const { length } = chosen(projection.vertices, projection.out.offsets.length - 1, query.nodeTypes);
  if (length === 0) throw new AppError('GRAPH_EMPTY', { file: 'The chosen part of the graph' });
  return length;
}

/** Refuses a node that is not in a part of the graph. @throws AppError GRAPH_EMPTY, NODE_NOT_FOUND */
export function refuseOutside(projection: Projection, query: SubgraphQuery, id: string): void {
  vertexCountOf(projection, query);
  const vertex = vertexOf(projection, id);
  const isIn =
    vertex >= 0 && (query.nodeTypes?.includes(String(vertexCell(projection, TYPE_COLUMN, vertex))) ?? true);
  if (!isIn) throw new AppError('NODE_NOT_FOUND', { id });
}

/** Rows whose type is one of some, ascending. */
function chosen(
  table: Projection['vertices'],
  count: number,
  types: readonly string[] | null | undefined,
): Int32Array {
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  if (!types) return rows;
  const column = table.columns.get(TYPE_COLUMN);
  if (column?.kind !== 'string') return rows.subarray(0, 0);
  const wanted = new Set(types.map((type) => column.dictionary.codes.get(type)));
  return rows.filter((row) => wanted.has(column.codes[row]));
}
