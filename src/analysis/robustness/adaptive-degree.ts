import type { CsrGraph } from '../graph/csr-graph';
import { DegreeQueue } from './degree-queue';

/**
 * Adaptive degree attack (high degree adaptive, HDA).
 *
 * What: the order that always removes a vertex of the highest remaining degree.
 * Formula: next = argmax over remaining v of the number of its remaining neighbours.
 * Preconditions: simple undirected graph. Params: graph.
 * Returns: the order, until no edge is left. Ties: the vertex that came to that degree last, at first the largest number.
 * Complexity: O(n + m).
 * Exact as an order; a heuristic for dismantling.
 * Reference: Cohen et al., "Breakdown of the Internet under intentional attack", PRL 86, 2001,
 * doi:10.1103/PhysRevLett.86.3682; Holme et al., Phys. Rev. E 65, 056109, 2002, doi:10.1103/PhysRevE.65.056109.
 * Example: on a star of centre 0 the order is [0]
 */
export function adaptiveDegreeOrder(graph: CsrGraph): Int32Array {
  const { vertexCount: n, offsets, targets } = graph;
  const queue = new DegreeQueue(graph, 1);
  const order: number[] = [];
  for (let v = queue.takeHighest(); v >= 0; v = queue.takeHighest()) {
    order.push(v);
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1) queue.lower(targets[a]);
  }
  return Int32Array.from(order.slice(0, n));
}
