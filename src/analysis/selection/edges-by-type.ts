/**
 * What: the edges of one type, in order of number.
 *
 * Preconditions: the column `type` holds the type of every edge.
 * Params: a projection, the name of a type.
 * Returns: edge numbers, ascending.
 * Complexity: O(m). Exact.
 * Reference: inverted index, J. Zobel and A. Moffat, doi:10.1145/1132956.1132959.
 * Example: `edgesOfType(p, 'SAME_AS')`.
 */
import type { Projection } from '../projection/projection';

export function edgesOfType(projection: Projection, type: string): number[] {
  const column = projection.edges.columns.get('type');
  const code = column?.kind === 'string' ? column.dictionary.codes.get(type) : undefined;
  const edges: number[] = [];
  if (column?.kind !== 'string' || code === undefined) return edges;
  column.codes.forEach((each, edge) => {
    if (each === code) edges.push(edge);
  });
  return edges;
}
