/**
 * What: how the values of a column spread over some vertices.
 *
 * Formula: count(x) = |{v : value(v) = x}|.
 *
 * Preconditions: none.
 * Params: a projection, vertex numbers, a column.
 * Returns: values with their counts, greatest first, ties by value; and how many vertices have none.
 * Complexity: O(k log k) for k vertices. Exact.
 * Reference: group-by aggregation, G. Graefe, doi:10.1145/152610.152611.
 * Example: `distributionOf(p, [0, 1, 2], 'severity')`.
 */
import { type Cell, cellOf } from '../projection/column';
import type { Projection } from '../projection/projection';

export interface Bucket<T> {
  readonly value: T;
  readonly count: number;
}

export interface Distribution<T> {
  readonly buckets: readonly Bucket<T>[];
  /** Vertices without a value, or that reach nothing. */
  readonly missing: number;
}

/** Values with their counts, the greatest first, ties by value. */
export function ranked<T extends string | number | boolean>(counts: ReadonlyMap<T, number>): Bucket<T>[] {
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
