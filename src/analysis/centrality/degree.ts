import { type CsrGraph, degreeOf } from '../graph/csr-graph';

/**
 * Degree centrality.
 *
 * What: the number of edge ends at each vertex.
 * Formula: deg(v) = |{edges at v}|, a loop counted twice; in a directed graph in-degree + out-degree.
 * Preconditions: none; parallel edges count each.
 * Params: graph.
 * Returns: one count a vertex. No ties to break: values stand by vertex.
 * Complexity: O(n).
 * Exact.
 * Reference: Freeman, "Centrality in social networks: conceptual clarification", Social Networks 1(3), 1978,
 * doi:10.1016/0378-8733(78)90021-7 (not divided by n - 1 here).
 * Example: on the path 0-1-2 the degrees are [1, 2, 1]
 */
export function degreeCentrality(graph: CsrGraph): Int32Array {
  const degrees = new Int32Array(graph.vertexCount);
  for (let v = 0; v < graph.vertexCount; v += 1) {
    degrees[v] = degreeOf(graph, v);
    if (graph.directed) degrees[v] += graph.inOffsets[v + 1] - graph.inOffsets[v];
  }
  return degrees;
}
