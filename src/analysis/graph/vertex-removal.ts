import type { CsrGraph } from './csr-graph';

/**
 * A graph after the removal of vertices, with the same vertex numbers.
 *
 * What: every edge at a removed vertex is gone; the vertex stays, isolated, so that numbers keep their meaning.
 * Preconditions: undirected graph. Params: graph, `removed[v]` = 1 for what goes.
 * Returns: a new CsrGraph without edge ids; lists keep their order.
 * Complexity: O(n + m). Exact.
 * Reference: induced subgraphs: Diestel, Graph Theory, section 1.1.
 * Example: removing 1 from the path 0-1-2 leaves no edge
 */
export function withoutEdgesOf(graph: CsrGraph, removed: Uint8Array): CsrGraph {
  const { vertexCount: n } = graph;
  const offsets = new Int32Array(n + 1);
  const targets = new Int32Array(graph.targets.length);
  let at = 0;
  for (let v = 0; v < n; v += 1) {
    if (removed[v] === 0) {
      for (let a = graph.offsets[v]; a < graph.offsets[v + 1]; a += 1) {
        if (removed[graph.targets[a]] === 0) targets[at++] = graph.targets[a];
      }
    }
    offsets[v + 1] = at;
  }
  const kept = targets.slice(0, at);
  return {
    vertexCount: n,
    edgeCount: at / 2,
    directed: false,
    offsets,
    targets: kept,
    inOffsets: offsets,
    inTargets: kept,
    edgeIds: null,
    inEdgeIds: null,
  };
}
