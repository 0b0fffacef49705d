/**
 * What: the vertices of some types, in order of number.
 *
 * Preconditions: the column `type` holds the type of every vertex.
 * Params: a projection, names of types.
 * Returns: vertex numbers, ascending.
 * Complexity: O(n) once for a projection, then O(k log k) for k vertices found. Exact.
 * Reference: inverted index, J. Zobel and A. Moffat, doi:10.1145/1132956.1132959.
 * Example: `verticesOfTypes(p, ['Operation'])`.
 */
import type { Projection } from '../projection/projection';

const TYPE_COLUMN = 'type';
const indexes = new WeakMap<Projection, ReadonlyMap<string, Uint32Array>>();

export function verticesOfTypes(projection: Projection, types: readonly string[]): Uint32Array {
  const index = indexOf(projection);
  const lists = types.flatMap((type) => index.get(type) ?? []);
  if (lists.length === 1) return lists[0];
  const result = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    result.set(list, at);
    at += list.length;
  }
  return result.sort();
}

function indexOf(projection: Projection): ReadonlyMap<string, Uint32Array> {
  let index = indexes.get(projection);
  if (index === undefined) {
    index = build(projection);
    indexes.set(projection, index);
  }
  return index;
}

function build(projection: Projection): ReadonlyMap<string, Uint32Array> {
  const column = projection.vertices.columns.get(TYPE_COLUMN);
  if (column?.kind !== 'string') return new Map();
  const lists = new Map<number, number[]>();
  column.codes.forEach((code, vertex) => {
    const list = lists.get(code);
    if (list === undefined) lists.set(code, [vertex]);
    else list.push(vertex);
  });
  return new Map(
    [...lists].map(([code, list]) => [column.dictionary.values[code], Uint32Array.from(list)] as const),
  );
}
