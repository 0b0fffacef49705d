/**
 * What: how many vertices of a list reach each vertex along any of several paths of edge types.
 *
 * Formula: count(u) = |{v in list : some path leads from v to u}|. A path is a sequence of steps; a step leads over the edges of
 * one type and direction that are accepted to the ends that are accepted. A step that may stay leads to the vertex itself where it
 * leads nowhere else.
 *
 * Preconditions: none.
 * Params: a projection, vertex numbers, paths.
 * Returns: vertices with their counts, greatest first, ties by number; and how many of the list reach none.
 * Complexity: O(k · r) for k vertices that reach r others each; what a step finds at a vertex is remembered. Exact.
 * Reference: regular path queries, A. Mendelzon and P. Wood, doi:10.1137/S009753979122370X.
 * Example: `reachDistribution(p, groups, [[{ edgeType: 'USES', direction: 'out', ... }]])`.
 */
import type { Projection } from '../projection/projection';
import { type Distribution, ranked } from './distribution';
import type { Direction } from './predicate';

export interface PathStep {
  readonly edgeType: string;
  readonly direction: Direction;
  readonly acceptsEdge: (edge: number) => boolean;
  readonly acceptsEnd: (vertex: number) => boolean;
  readonly mayStay: boolean;
}

export function reachDistribution(
  projection: Projection,
  vertices: ArrayLike<number>,
  paths: readonly (readonly PathStep[])[],
): Distribution<number> {
  const walks = paths.map((steps) =>
    steps.map((step) => remembered((vertex) => stepFrom(projection, vertex, step))),
  );
  const counts = new Map<number, number>();
  let missing = 0;
  for (let i = 0; i < vertices.length; i++) {
    const found = new Set<number>();
    for (const walk of walks) {
      let front: Iterable<number> = [vertices[i]];
      for (const follow of walk) {
        const next = new Set<number>();
        for (const vertex of front) for (const end of follow(vertex)) next.add(end);
        front = next;
      }
      for (const end of front) found.add(end);
    }
    if (found.size === 0) missing++;
    for (const end of found) counts.set(end, (counts.get(end) ?? 0) + 1);
  }
  return { buckets: ranked(counts), missing };
}

function remembered(follow: (vertex: number) => readonly number[]): (vertex: number) => readonly number[] {
  const known = new Map<number, readonly number[]>();
  return (vertex) => {
    let ends = known.get(vertex);
    if (ends === undefined) {
      ends = follow(vertex);
      known.set(vertex, ends);
    }
    return ends;
  };
}

function stepFrom(projection: Projection, vertex: number, step: PathStep): readonly number[] {
  const types = projection.edges.columns.get('type');
  const code = types?.kind === 'string' ? types.dictionary.codes.get(step.edgeType) : undefined;
  const found = new Set<number>();
  if (types?.kind === 'string' && code !== undefined) {
    const { offsets, edges } = step.direction === 'out' ? projection.out : projection.in;
    const ends = step.direction === 'out' ? projection.to : projection.from;
    for (let at = offsets[vertex]; at < offsets[vertex + 1]; at++) {
      const edge = edges[at];
      if (types.codes[edge] === code && step.acceptsEdge(edge) && step.acceptsEnd(ends[edge]))
        found.add(ends[edge]);
    }
  }
  return found.size === 0 && step.mayStay ? [vertex] : [...found];
}
