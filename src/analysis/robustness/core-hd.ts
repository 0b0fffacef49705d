import type { CsrGraph } from '../graph/csr-graph';
import { DegreeQueue } from './degree-queue';

/**
 * CoreHD: decycling by removing the highest degree of the 2-core.
 *
 * What: vertices whose removal leaves a forest.
 * Formula: while the 2-core is not empty, remove from it a vertex of highest degree within it; then strip what is no
 * longer in the 2-core.
 * Preconditions: simple undirected graph. Params: graph.
 * Returns: the order of removal. Ties: as in the degree queue, the vertex that came to that degree last.
 * Complexity: O(n + m).
 * Heuristic: on sparse random graphs within a few per cent of the best decycling known; no factor is promised.
 * Reference: Zdeborova, Zhang, Zhou, "Fast and simple decycling and dismantling of networks", Scientific Reports 6,
 * 37954, 2016, doi:10.1038/srep37954.
 * Example: on a cycle the order has one vertex
 */
export function coreHdOrder(graph: CsrGraph): Int32Array {
  const { vertexCount: n, offsets, targets } = graph;
  const queue = new DegreeQueue(graph, 2);
  const inCore = new Uint8Array(n).fill(1);
  const stripped = new Int32Array(n);
  const order: number[] = [];
  let pending = 0;
  for (let v = 0; v < n; v += 1) {
    if (offsets[v + 1] - offsets[v] >= 2) continue;
    inCore[v] = 0;
    stripped[pending++] = v;
  }
  for (;;) {
    while (pending > 0) {
      const v = stripped[--pending];
      for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
        const w = targets[a];
        if (inCore[w] === 0) continue;
        if (queue.lower(w) >= 2) continue;
        inCore[w] = 0;
        stripped[pending++] = w;
      }
    }
    const v = queue.takeHighest();
    if (v < 0) return Int32Array.from(order);
    order.push(v);
    inCore[v] = 0;
    stripped[pending++] = v;
  }
}
