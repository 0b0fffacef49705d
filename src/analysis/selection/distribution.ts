/**
 * What: how the values of a column, or the neighbours over an edge type, spread over some vertices.
 *
 * Formula: count(x) = |{v : value(v) = x}| for a column; count(u) = |{v : v has an edge of the type to or from u}| for
 * neighbours, each vertex counted once for each neighbour.
 *
 * Preconditions: none.
 * Params: a projection, vertex numbers, a column or an edge type and direction.
 * Returns: values with their counts, greatest first, ties by value; and how many vertices have none.
 * Complexity: O(k log k) for k vertices, or for their edges. Exact.
 * Reference: group-by aggregation, G. Graefe, doi:10.1145/152610.152611.
 * Example: `distributionOf(p, [0, 1, 2], 'severity')`.
 */
import { type Cell, cellOf } from '../projection/column';
import type { Projection } from '../projection/projection';
import type { Direction } from './predicate';

export interface Bucket<T> {
  readonly value: T;
  readonly count: number;
}

export interface Distribution<T> {
  readonly buckets: readonly Bucket<T>[];
  /** Vertices without a value, or without a neighbour. */
  readonly missing: number;
}

function ranked<T extends string | number | boolean>(counts: ReadonlyMap<T, number>): Bucket<T>[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
}

export function distributionOf(
  projection: Projection,
  vertices: ArrayLike<number>,
  column: string,
): Distribution<Exclude<Cell, null>> {
  const cells = projection.vertices.columns.get(column);
  const counts = new Map<Exclude<Cell, null>, number>();
  let missing = 0;
  for (let i = 0; i < vertices.length; i++) {
    const cell = cellOf(cells, vertices[i]);
    if (cell === null) missing++;
    else counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return { buckets: ranked(counts), missing };
}

export function neighbourDistribution(
  projection: Projection,
  vertices: ArrayLike<number>,
  edgeType: string,
  direction: Direction,
  accepts: (neighbour: number) => boolean,
): Distribution<number> {
  const types = projection.edges.columns.get('type');
  const code = types?.kind === 'string' ? types.dictionary.codes.get(edgeType) : undefined;
  if (types?.kind !== 'string' || code === undefined) return { buckets: [], missing: vertices.length };
  const { offsets, edges } = direction === 'out' ? projection.out : projection.in;
  const ends = direction === 'out' ? projection.to : projection.from;
  const counts = new Map<number, number>();
  let missing = 0;
  for (let i = 0; i < vertices.length; i++) {
    const found = new Set<number>();
    for (let at = offsets[vertices[i]]; at < offsets[vertices[i] + 1]; at++) {
      const end = ends[edges[at]];
      if (types.codes[edges[at]] === code && accepts(end)) found.add(end);
    }
    if (found.size === 0) missing++;
    for (const end of found) counts.set(end, (counts.get(end) ?? 0) + 1);
  }
  return { buckets: ranked(counts), missing };
}
