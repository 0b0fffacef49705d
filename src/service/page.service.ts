/** Pages of nodes and of relations, on the columns of the projection: order, exact totals, opaque key-set cursors. */
import {
  type Cell,
  compileEdgePredicate,
  compilePredicate,
  type PageKey,
  type Predicate,
  type Projection,
  pageKey,
  type SortTerm,
  selectPage,
  type VertexTest,
  verticesOfTypes,
} from '../analysis';
import { AppError } from '../errors';
import { brief } from '../model/validate';

/** Items on a page when the caller does not say. */
export const DEFAULT_PAGE_SIZE = 50;

export interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export interface NodeItem {
  readonly nodeId: string;
  readonly cursor: string;
}

/** One end of a relationship as seen from the other. */
export interface RelationItem extends NodeItem {
  readonly relationshipId: string;
  readonly type: string;
  readonly from: string;
  readonly to: string;
}

const BY_NAME: readonly SortTerm[] = [{ column: 'name', isDescending: false }];

/**
 * Size of a page.
 *
 * @throws AppError PAGE_TOO_LARGE above the cap, BAD_INPUT below zero
 */
export function pageSize(first: number | null | undefined, cap: number): number {
  const size = first ?? Math.min(DEFAULT_PAGE_SIZE, cap);
  if (size > cap) throw new AppError('PAGE_TOO_LARGE', { got: size, cap });
  if (size < 0) throw new AppError('BAD_INPUT', { what: 'first', expected: 'a number from 0', got: size });
  return size;
}

/** `['NAME_DESC']` as terms; by name where nothing is asked, or as the caller says. */
export function readOrder(
  orderBy: readonly string[] | null | undefined,
  otherwise: readonly SortTerm[] = BY_NAME,
): readonly SortTerm[] {
  if (!orderBy || orderBy.length === 0) return otherwise;
  return orderBy.map((each) => {
    const [column, direction] = each.split(':');
    return { column, isDescending: direction === 'desc' };
  });
}

export const writeCursor = (order: readonly SortTerm[], key: PageKey): string =>
  Buffer.from(JSON.stringify([signature(order), ...key.values, key.id])).toString('base64url');

const signature = (order: readonly SortTerm[]): string =>
  order.map((term) => (term.isDescending ? `-${term.column}` : term.column)).join();

/** @throws AppError BAD_CURSOR for a cursor of another list or order, or no cursor at all */
export function readCursor(
  cursor: string | null | undefined,
  order: readonly SortTerm[],
): PageKey | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  const parts = parsed(cursor);
  const isOurs =
    Array.isArray(parts) &&
    parts.length === order.length + 2 &&
    parts[0] === signature(order) &&
    typeof parts[parts.length - 1] === 'string' &&
    parts.every((part) => part === null || typeof part !== 'object');
  if (!isOurs) throw new AppError('BAD_CURSOR', { got: brief(cursor) });
  return { values: parts.slice(1, -1) as Cell[], id: parts[parts.length - 1] as string };
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

const tests = new WeakMap<Projection, WeakMap<Predicate, VertexTest>>();

/** The test of a predicate, compiled once for a projection. */
export function testOf(projection: Projection, predicate: Predicate): VertexTest {
  let known = tests.get(projection);
  if (known === undefined) {
    known = new WeakMap();
    tests.set(projection, known);
  }
  let test = known.get(predicate);
  if (test === undefined) {
    test = compilePredicate(projection, predicate);
    known.set(predicate, test);
  }
  return test;
}

export interface NodeQuery {
  readonly types: readonly string[];
  readonly where: Predicate;
  readonly order: readonly SortTerm[];
  readonly first: number;
  readonly after?: string | null;
}

/** One page of the nodes of some types. */
export function pageOfNodes(projection: Projection, query: NodeQuery): Page<NodeItem> {
  const { order } = query;
  const idOf = (vertex: number) => projection.vertices.ids[vertex];
  const page = selectPage(projection, {
    items: verticesOfTypes(projection, query.types),
    vertexOf: (vertex) => vertex,
    idOf,
    accepts: testOf(projection, query.where),
    order,
    first: query.first,
    after: readCursor(query.after, order),
  });
  return {
    items: page.items.map((vertex) => ({
      nodeId: idOf(vertex),
      cursor: writeCursor(order, pageKey(projection.vertices, order, vertex, idOf(vertex))),
    })),
    totalCount: page.total,
    hasNextPage: page.hasNext,
    hasPreviousPage: page.hasPrevious,
  };
}

/** Every node of some types that a filter accepts. */
export function verticesWhere(
  projection: Projection,
  types: readonly string[],
  where: Predicate,
): Uint32Array {
  return verticesOfTypes(projection, types).filter(testOf(projection, where));
}

export interface RelationQuery {
  /** Node whose relations are asked for. */
  readonly vertex: number;
  readonly directions: readonly ('out' | 'in')[];
  /** Types of relationship; all when absent. */
  readonly relationshipTypes?: ReadonlySet<string>;
  /** What the node at the other end must meet. */
  readonly far: Predicate;
  /** What the relationship must meet. */
  readonly over?: Predicate;
  readonly order: readonly SortTerm[];
  readonly first: number;
  readonly after?: string | null;
}

/** One page of the relations of a node, ordered by the node at the other end, then by relationship. */
export function pageOfRelations(projection: Projection, query: RelationQuery): Page<RelationItem> {
  const { vertex, order } = query;
  const items = edgesOf(projection, query);
  const farOf = (edge: number) =>
    projection.from[edge] === vertex ? projection.to[edge] : projection.from[edge];
  const idOf = (edge: number) => projection.edges.ids[edge];
  const page = selectPage(projection, {
    items,
    vertexOf: farOf,
    idOf,
    accepts: testOf(projection, query.far),
    order,
    first: query.first,
    after: readCursor(query.after, order),
  });
  const typeOf = edgeTypes(projection);
  return {
    items: page.items.map((edge) => ({
      nodeId: projection.vertices.ids[farOf(edge)],
      cursor: writeCursor(order, pageKey(projection.vertices, order, farOf(edge), idOf(edge))),
      relationshipId: idOf(edge),
      type: typeOf(edge),
      from: projection.vertices.ids[projection.from[edge]],
      to: projection.vertices.ids[projection.to[edge]],
    })),
    totalCount: page.total,
    hasNextPage: page.hasNext,
    hasPreviousPage: page.hasPrevious,
  };
}

export interface RelationshipQuery {
  readonly where: Predicate;
  readonly order: readonly SortTerm[];
  readonly first: number;
  readonly after?: string | null;
}

export interface RelationshipItem {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly cursor: string;
}

/** One page of the relationships of the graph. */
export function pageOfRelationships(
  projection: Projection,
  query: RelationshipQuery,
): Page<RelationshipItem> {
  const { order } = query;
  const { ids } = projection.edges;
  const page = selectPage(projection, {
    items: Uint32Array.from(ids, (_, edge) => edge),
    table: projection.edges,
    vertexOf: (edge) => edge,
    idOf: (edge) => ids[edge],
    accepts: compileEdgePredicate(projection, query.where),
    order,
    first: query.first,
    after: readCursor(query.after, order),
  });
  return {
    items: page.items.map((edge) => ({
      id: ids[edge],
      from: projection.vertices.ids[projection.from[edge]],
      to: projection.vertices.ids[projection.to[edge]],
      cursor: writeCursor(order, pageKey(projection.edges, order, edge, ids[edge])),
    })),
    totalCount: page.total,
    hasNextPage: page.hasNext,
    hasPreviousPage: page.hasPrevious,
  };
}

/** Edges of a vertex, a loop once. */
function edgesOf(projection: Projection, query: RelationQuery): number[] {
  const typeOf = edgeTypes(projection);
  const isOver = compileEdgePredicate(projection, query.over);
  const edges: number[] = [];
  for (const direction of query.directions) {
    const adjacency = direction === 'out' ? projection.out : projection.in;
    for (let at = adjacency.offsets[query.vertex]; at < adjacency.offsets[query.vertex + 1]; at++) {
      const edge = adjacency.edges[at];
      const isLoop = projection.from[edge] === projection.to[edge];
      if (isLoop && direction === 'in' && query.directions.length > 1) continue;
      if (query.relationshipTypes && !query.relationshipTypes.has(typeOf(edge))) continue;
      if (isOver(edge)) edges.push(edge);
    }
  }
  return edges;
}

/** Reads the type of an edge. */
function edgeTypes(projection: Projection): (edge: number) => string {
  const column = projection.edges.columns.get('type');
  if (column?.kind !== 'string') return () => '';
  return (edge) => column.dictionary.values[column.codes[edge]];
}
