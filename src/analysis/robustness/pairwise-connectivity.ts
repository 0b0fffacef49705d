import type { CsrGraph } from '../graph/csr-graph';
import { DisjointSet } from '../graph/disjoint-set';

/**
 * Pairwise connectivity after a removal.
 *
 * What: how many pairs of remaining vertices are still joined by a path.
 * Formula: sum over the components of what remains of s (s - 1) / 2.
 * Preconditions: removed vertices are vertices of the graph; repeated ones count once.
 * Params: graph (directions, loops and parallel edges change nothing), removed.
 * Returns: the number of pairs.
 * Complexity: O((n + m) alpha(n)).
 * Exact.
 * Reference: Arulselvan et al., Computers & Operations Research 36(7), 2009, doi:10.1016/j.cor.2008.08.016.
 * Example: on the path 0-1-2-3-4 without 2 it is 2
 */
export function pairwiseConnectivity(graph: CsrGraph, removed: ArrayLike<number> = []): number {
  const { vertexCount: n, offsets, targets } = graph;
  const gone = new Uint8Array(n);
  for (let i = 0; i < removed.length; i += 1) gone[removed[i]] = 1;
  const sets = new DisjointSet(n);
  for (let v = 0; v < n; v += 1) {
    if (gone[v] === 1) continue;
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1)
      if (gone[targets[a]] === 0) sets.union(v, targets[a]);
  }
  let pairs = 0;
  for (let v = 0; v < n; v += 1) if (gone[v] === 0) pairs += (sets.sizeOf(v) - 1) / 2;
  return pairs;
}
