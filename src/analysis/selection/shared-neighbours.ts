/**
 * What: pairs of vertices of a list by how many neighbours they share over one edge type.
 *
 * Formula: shared(a, b) = |N(a) ∩ N(b)|, N(v) the accepted ends of the accepted edges of the type at v.
 *
 * Preconditions: vertices of the list are distinct.
 * Params: a projection, vertex numbers, an edge type and direction, tests of edges and ends, most steps.
 * Returns: `complete` with every pair that shares at least one, the greatest first, ties by the pair; `too-many` when counting
 * takes more steps than allowed.
 * Complexity: O(sum of k²) for neighbours that k vertices of the list share. Exact.
 * Reference: co-occurrence by inverted index, J. Zobel and A. Moffat, doi:10.1145/1132956.1132959.
 * Example: `sharedNeighbours(p, groups, { edgeType: 'USES', direction: 'out', ... }, 1e6)`.
 */
import type { Projection } from '../projection/projection';
import type { PathStep } from './reach-distribution';

export interface SharedPair {
  readonly a: number;
  readonly b: number;
  readonly shared: number;
}

export type SharedPairs =
  | { readonly status: 'complete'; readonly pairs: readonly SharedPair[] }
  | { readonly status: 'too-many' };

export function sharedNeighbours(
  projection: Projection,
  vertices: ArrayLike<number>,
  step: Omit<PathStep, 'mayStay'>,
  maxSteps: number,
): SharedPairs {
  const types = projection.edges.columns.get('type');
  const code = types?.kind === 'string' ? types.dictionary.codes.get(step.edgeType) : undefined;
  if (types?.kind !== 'string' || code === undefined) return { status: 'complete', pairs: [] };
  const { offsets, edges } = step.direction === 'out' ? projection.out : projection.in;
  const ends = step.direction === 'out' ? projection.to : projection.from;
  const users = new Map<number, Set<number>>();
  for (let i = 0; i < vertices.length; i++) {
    const vertex = vertices[i];
    for (let at = offsets[vertex]; at < offsets[vertex + 1]; at++) {
      const edge = edges[at];
      if (types.codes[edge] !== code || !step.acceptsEdge(edge) || !step.acceptsEnd(ends[edge])) continue;
      const known = users.get(ends[edge]);
      if (known) known.add(vertex);
      else users.set(ends[edge], new Set([vertex]));
    }
  }
  let steps = 0;
  for (const { size } of users.values()) steps += (size * (size - 1)) / 2;
  if (steps > maxSteps) return { status: 'too-many' };
  return { status: 'complete', pairs: countPairs(users.values(), projection.vertices.ids.length) };
}

function countPairs(sets: Iterable<ReadonlySet<number>>, span: number): SharedPair[] {
  const counts = new Map<number, number>();
  for (const set of sets) {
    const members = [...set].sort((x, y) => x - y);
    members.forEach((a, index) => {
      for (const b of members.slice(index + 1)) counts.set(a * span + b, (counts.get(a * span + b) ?? 0) + 1);
    });
  }
  return [...counts]
    .map(([key, shared]) => ({ a: Math.floor(key / span), b: key % span, shared }))
    .sort((x, y) => y.shared - x.shared || x.a - y.a || x.b - y.b);
}
