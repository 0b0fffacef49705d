import { type CsrGraph, csrGraph } from '../graph/csr-graph';

/**
 * A spanning forest of long paths.
 *
 * What: a depth-first spanning forest. Path-like trees fall apart least per vertex removed, which makes their optimum
 * a better bound for the whole graph than that of a bushy tree.
 * Formula: from each vertex the search goes on to the unvisited neighbour of least degree (Warnsdorff's rule for long paths).
 * Preconditions: simple undirected graph. Params: graph.
 * Returns: the forest, with the same vertices. Roots and ties by smallest degree, then vertex.
 * Complexity: O(n log n + m log(max degree)).
 * Exact as a spanning forest.
 * Reference: Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1(2), 1972, doi:10.1137/0201010.
 * Example: of a cycle on 4 vertices it is a path on 4 vertices
 */
export function pathLikeForest(graph: CsrGraph): CsrGraph {
  const { vertexCount: n, offsets, targets } = graph;
  const degree = (v: number): number => offsets[v + 1] - offsets[v];
  const byDegree = (u: number, v: number): number => degree(u) - degree(v) || u - v;
  const neighbours = targets.slice();
  for (let v = 0; v < n; v += 1) neighbours.subarray(offsets[v], offsets[v + 1]).sort(byDegree);
  const roots = Int32Array.from({ length: n }, (_, v) => v).sort(byDegree);
  const cursor = offsets.slice(0, n);
  const seen = new Uint8Array(n);
  const path = new Int32Array(n);
  const sources: number[] = [];
  const goals: number[] = [];
  for (const root of roots) {
    if (seen[root] === 1) continue;
    seen[root] = 1;
    path[0] = root;
    let depth = 1;
    while (depth > 0) {
      const v = path[depth - 1];
      if (cursor[v] === offsets[v + 1]) {
        depth -= 1;
        continue;
      }
      const w = neighbours[cursor[v]++];
      if (seen[w] === 1) continue;
      seen[w] = 1;
      sources.push(v);
      goals.push(w);
      path[depth++] = w;
    }
  }
  return csrGraph({ vertexCount: n, sources, targets: goals });
}
