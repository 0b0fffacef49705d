/** Ways between nodes, and what lies around one: with limits, and saying when they were reached. */
import {
  compileEdgePredicate,
  edgeCell,
  neighbourhood,
  type PathList,
  type Predicate,
  type Projection,
  simplePaths,
  vertexOf,
} from '../analysis';
import { AppError } from '../errors';
import { FOLLOWED_TYPES } from '../model/ontology/relations';
import { testOf } from './page.service';

export interface PathQuery {
  readonly from: string;
  readonly to: string;
  readonly direction: 'OUT' | 'IN' | 'BOTH';
  readonly relationshipTypes?: readonly string[] | null;
  readonly maxLength: number;
  readonly first: number;
  readonly isShortestOnly: boolean;
}

export interface PathView {
  readonly nodeIds: readonly string[];
  readonly relationships: readonly { readonly id: string; readonly from: string; readonly to: string }[];
}

export interface PathsView {
  readonly paths: readonly PathView[];
  readonly status: PathList['status'];
  readonly explored: number;
}

export interface NeighbourhoodView {
  readonly nodeIds: readonly string[];
  readonly relationships: PathView['relationships'];
  readonly isTruncated: boolean;
  /** Nodes at each distance, those left out too. */
  readonly distances: readonly { readonly distance: number; readonly count: number }[];
}

export interface NeighbourhoodQuery {
  readonly id: string;
  readonly relationshipTypes?: readonly string[] | null;
  /** What the relationships that are followed must meet. */
  readonly over: Predicate;
  /** What nodes must meet to be shown and gone through. */
  readonly where: Predicate;
  readonly depth: number;
  readonly first: number;
}

export const MAX_PATH_LENGTH = 12;
const MAX_DEPTH = 4;
/** Edges that one search for paths looks at. */
const MAX_STEPS = 2_000_000;

/** @throws AppError NODE_NOT_FOUND, BAD_INPUT */
export function pathsBetween(projection: Projection, query: PathQuery): PathsView {
  inRange('maxLength', query.maxLength, MAX_PATH_LENGTH);
  const from = knownVertex(projection, query.from);
  const { paths, status, explored } = simplePaths(projection, {
    from,
    to: knownVertex(projection, query.to),
    direction: query.direction.toLowerCase() as 'out' | 'in' | 'both',
    follows: followed(projection, query.relationshipTypes),
    maxLength: query.maxLength,
    maxPaths: query.first,
    maxSteps: MAX_STEPS,
    isShortestOnly: query.isShortestOnly,
  });
  return { paths: paths.map((edges) => pathView(projection, from, edges)), status, explored };
}

/** @throws AppError NODE_NOT_FOUND, BAD_INPUT */
export function neighbourhoodOf(projection: Projection, query: NeighbourhoodQuery): NeighbourhoodView {
  inRange('depth', query.depth, MAX_DEPTH);
  const isType = followed(projection, query.relationshipTypes);
  const isOver = compileEdgePredicate(projection, query.over);
  const found = neighbourhood(
    projection,
    knownVertex(projection, query.id),
    (edge) => isType(edge) && isOver(edge),
    testOf(projection, query.where),
    query.depth,
    query.first,
  );
  return {
    nodeIds: found.vertices.map((vertex) => projection.vertices.ids[vertex]),
    relationships: found.edges.map((edge) => keyOf(projection, edge)),
    isTruncated: found.isTruncated,
    distances: found.counts.map((count, index) => ({ distance: index + 1, count })),
  };
}

function inRange(what: string, got: number, greatest: number): void {
  if (got < 1 || got > greatest) throw new AppError('BAD_INPUT', { what, expected: `1 to ${greatest}`, got });
}

function knownVertex(projection: Projection, id: string): number {
  const vertex = vertexOf(projection, id);
  if (vertex < 0) throw new AppError('NODE_NOT_FOUND', { id });
  return vertex;
}

function followed(projection: Projection, types: readonly string[] | null | undefined) {
  const wanted = types ? new Set(types) : FOLLOWED_TYPES;
  return (edge: number): boolean => wanted.has(String(edgeCell(projection, 'type', edge)));
}

const keyOf = (projection: Projection, edge: number) => ({
  id: projection.edges.ids[edge],
  from: projection.vertices.ids[projection.from[edge]],
  to: projection.vertices.ids[projection.to[edge]],
});

function pathView(projection: Projection, start: number, edges: readonly number[]): PathView {
  const vertices = [start];
  for (const edge of edges) {
    const at = vertices[vertices.length - 1];
    vertices.push(projection.from[edge] === at ? projection.to[edge] : projection.from[edge]);
  }
  return {
    nodeIds: vertices.map((vertex) => projection.vertices.ids[vertex]),
    relationships: edges.map((edge) => keyOf(projection, edge)),
  };
}
