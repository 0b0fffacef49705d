/**
 * What: what lies within some steps of a vertex.
 *
 * Formula: breadth-first layers; the edges are those between vertices found.
 *
 * Preconditions: start is a vertex.
 * Params: a projection, a vertex, a test of edges, a test of vertices, steps, most vertices.
 * Returns: vertices in order of distance, then of number, the start first; edges among them in order of number; whether
 * vertices were left out; and how many vertices there are at each distance from 1, left out or not.
 * Complexity: O(n + m) at the most. Exact.
 * Reference: E. F. Moore, The shortest path through a maze, Proc. Int. Symp. Switching Theory, 1959, pp. 285-292 (no DOI).
 * Example: `neighbourhood(p, 0, () => true, () => true, 2, 100)`.
 */
import type { Projection } from '../projection/projection';

export interface Neighbourhood {
  readonly vertices: readonly number[];
  readonly edges: readonly number[];
  readonly isTruncated: boolean;
  readonly counts: readonly number[];
}

export function neighbourhood(
  projection: Projection,
  start: number,
  follows: (edge: number) => boolean,
  accepts: (vertex: number) => boolean,
  depth: number,
  maxVertices: number,
): Neighbourhood {
  const reached = new Set([start]);
  const found = [start];
  const counts: number[] = [];
  let layer = [start];
  for (let step = 0; step < depth && layer.length > 0; step++) {
    const next = new Set<number>();
    for (const vertex of layer) {
      for (const [edge, neighbour] of incident(projection, vertex)) {
        if (!reached.has(neighbour) && !next.has(neighbour) && follows(edge) && accepts(neighbour))
          next.add(neighbour);
      }
    }
    layer = [...next].sort((a, b) => a - b);
    for (const vertex of layer) reached.add(vertex);
    found.push(...layer.slice(0, Math.max(0, maxVertices - found.length)));
    if (layer.length > 0) counts.push(layer.length);
  }
  const shown = new Set(found);
  const edges = new Set<number>();
  for (const vertex of found) {
    for (const [edge, neighbour] of incident(projection, vertex)) {
      if (shown.has(neighbour) && follows(edge)) edges.add(edge);
    }
  }
  return {
    vertices: found,
    edges: [...edges].sort((a, b) => a - b),
    isTruncated: found.length < reached.size,
    counts,
  };
}

function* incident(projection: Projection, vertex: number): Generator<readonly [number, number]> {
  for (const [adjacency, ends] of [
    [projection.out, projection.to],
    [projection.in, projection.from],
  ] as const) {
    for (let at = adjacency.offsets[vertex]; at < adjacency.offsets[vertex + 1]; at++) {
      yield [adjacency.edges[at], ends[adjacency.edges[at]]];
    }
  }
}
