/** Which part of a graph is exported: by type, filter, ids with what lies around them, and operation. */
import { edgeCell, type Projection, vertexCell, vertexOf } from '../../analysis';
import { AppError } from '../../errors';
import { SETTING_TYPES } from '../../model/ontology/nodes';
import { findNodeType, findRelationshipType, nodeTypes } from '../../model/ontology/ontology';
import type { RelationshipKey } from '../../store/relationship.store';
import { type Filter, readFilter } from '../filter.service';
import { verticesWhere } from '../page.service';
import { TYPE_COLUMN } from '../projection.service';

export interface SelectionQuery {
  /** Types of nodes; all when absent. */
  readonly types?: readonly string[];
  /** Filter on the nodes, as the lists of the API take it. */
  readonly where?: Filter;
  /** Ids of nodes; with `hops`, also what lies so many steps around them. */
  readonly ids?: readonly string[];
  readonly hops?: number;
  /** An operation with all it depends on. */
  readonly operation?: string;
}

/** Vertices and edges of a projection, each in order of number. */
export interface Selection {
  readonly vertices: Uint32Array;
  readonly edges: Uint32Array;
}

const MAX_HOPS = 4;

/** @throws AppError BAD_INPUT, BAD_FILTER, NODE_NOT_FOUND */
export function selectGraph(projection: Projection, query: SelectionQuery): Selection {
  const types = typesOf(query.types);
  const name = types.length === 1 ? types[0] : 'Node';
  const matching = verticesWhere(projection, types, readFilter(name, query.where));
  const among = neighbourhoods(projection, query);
  const isSelected = new Uint8Array(projection.vertices.ids.length);
  for (const vertex of matching) {
    if (!among || among.has(vertex)) isSelected[vertex] = 1;
  }
  const vertices = indexes(projection.vertices.ids.length, (vertex) => isSelected[vertex] === 1);
  const edges = indexes(
    projection.edges.ids.length,
    (edge) => isSelected[projection.from[edge]] === 1 && isSelected[projection.to[edge]] === 1,
  );
  return { vertices, edges };
}

function typesOf(names: readonly string[] | undefined): readonly string[] {
  const unknown = names?.find((name) => !findNodeType(name));
  if (unknown !== undefined) {
    throw new AppError('BAD_INPUT', { what: 'type', expected: 'a type of the query ontology', got: unknown });
  }
  return names ?? nodeTypes().flatMap(({ name }) => (SETTING_TYPES.has(name) ? [] : [name]));
}

function indexes(length: number, takes: (index: number) => boolean): Uint32Array {
  let count = 0;
  for (let index = 0; index < length; index++) if (takes(index)) count++;
  const taken = new Uint32Array(count);
  for (let index = 0, at = 0; index < length; index++) if (takes(index)) taken[at++] = index;
  return taken;
}

/** Vertices that ids, hops and operation leave; undefined when none of them is asked for. */
function neighbourhoods(projection: Projection, query: SelectionQuery): ReadonlySet<number> | undefined {
  const { ids, hops = 0, operation } = query;
  if (!Number.isInteger(hops) || hops < 0 || hops > MAX_HOPS) {
    throw new AppError('BAD_INPUT', { what: 'hops', expected: `0 to ${MAX_HOPS}`, got: hops });
  }
  if (ids === undefined && operation === undefined) return undefined;
  const found = new Set<number>();
  const around = (ids ?? []).map((id) => knownVertex(projection, id));
  for (const vertex of spread(projection, around, hops, () => true, true)) found.add(vertex);
  if (operation !== undefined) for (const vertex of dependenciesOf(projection, operation)) found.add(vertex);
  return found;
}

/** An operation and everything its needs lead to. @throws AppError NODE_NOT_FOUND, OPERATION_NOT_FOUND */
export function dependenciesOf(projection: Projection, operation: string): ReadonlySet<number> {
  const start = knownVertex(projection, operation);
  if (vertexCell(projection, TYPE_COLUMN, start) !== 'Operation') {
    throw new AppError('OPERATION_NOT_FOUND', { ids: [operation] });
  }
  const follows = (edge: number): boolean => isDependency(projection, edge);
  return spread(projection, [start], Number.POSITIVE_INFINITY, follows, false);
}

/** Whether failure travels along an edge, from the end it enters to the end it leaves. */
export const isDependency = (projection: Projection, edge: number): boolean =>
  findRelationshipType(String(edgeCell(projection, TYPE_COLUMN, edge)))?.dependency !== undefined;

function spread(
  projection: Projection,
  start: readonly number[],
  steps: number,
  follows: (edge: number) => boolean,
  isBothWays: boolean,
): Set<number> {
  const found = new Set(start);
  let layer: readonly number[] = start;
  const ways = isBothWays
    ? ([
        [projection.out, projection.to],
        [projection.in, projection.from],
      ] as const)
    : ([[projection.out, projection.to]] as const);
  for (let step = 0; step < steps && layer.length > 0; step++) {
    const next: number[] = [];
    for (const vertex of layer) {
      for (const [{ offsets, edges }, ends] of ways) {
        for (let at = offsets[vertex]; at < offsets[vertex + 1]; at++) {
          const neighbour = ends[edges[at]];
          if (found.has(neighbour) || !follows(edges[at])) continue;
          found.add(neighbour);
          next.push(neighbour);
        }
      }
    }
    layer = next;
  }
  return found;
}

function knownVertex(projection: Projection, id: string): number {
  const vertex = vertexOf(projection, id);
  if (vertex < 0) throw new AppError('NODE_NOT_FOUND', { id });
  return vertex;
}

/** Ids and ends of some edges, by which the store finds them. */
export function keysOf(projection: Projection, edges: ArrayLike<number>): readonly RelationshipKey[] {
  const { ids } = projection.vertices;
  return Array.from(edges, (edge) => ({
    id: projection.edges.ids[edge],
    from: ids[projection.from[edge]],
    to: ids[projection.to[edge]],
  }));
}
