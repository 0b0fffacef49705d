import type { CsrGraph } from '../graph/csr-graph';
import { DisjointSet } from '../graph/disjoint-set';

/**
 * The curve of a removal order: the largest component after each removal.
 *
 * What: how fast a sequence of removals breaks a graph.
 * Formula: curve[i] = size of the largest component once order[0..i-1] are gone; found backwards, adding vertices to
 * a union-find. Area = (1/n) * sum over i >= 1 of curve[i] / n (Schneider's R, up to where the order ends).
 * Preconditions: order holds different vertices; what it leaves out stays in the graph.
 * Params: graph (directions, loops and parallel edges change nothing), order.
 * Returns: `curve` of order.length + 1 entries; not increasing. `area` is 0 for an empty graph.
 * Complexity: O((n + m) alpha(n)).
 * Exact.
 * Reference: Schneider et al., "Mitigation of malicious attacks on networks", PNAS 108(10), 2011,
 * doi:10.1073/pnas.1009440108; backward pass: Newman, Ziff, PRL 85, 2000, doi:10.1103/PhysRevLett.85.4104.
 * Example: on the path 0-1-2 the order [1] has the curve [3, 1]
 */
export function removalCurve(graph: CsrGraph, order: ArrayLike<number>): Int32Array {
  const { vertexCount: n, offsets, targets } = graph;
  const removedAt = new Int32Array(n).fill(order.length);
  for (let i = 0; i < order.length; i += 1) removedAt[order[i]] = i;
  const sets = new DisjointSet(n);
  const curve = new Int32Array(order.length + 1);
  let largest = 0;
  const add = (v: number): void => {
    let root = sets.find(v);
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
      if (removedAt[targets[a]] > removedAt[v]) root = sets.union(root, targets[a]);
    }
    largest = Math.max(largest, sets.sizeOf(root));
  };
  const addDirected = (v: number): void => {
    for (let a = graph.inOffsets[v]; a < graph.inOffsets[v + 1]; a += 1) {
      if (removedAt[graph.inTargets[a]] > removedAt[v]) sets.union(v, graph.inTargets[a]);
    }
    add(v);
  };
  for (let v = 0; v < n; v += 1) {
    if (removedAt[v] < order.length) continue;
    // What stays is joined both ways, so that every edge inside it is met once at least.
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
      if (removedAt[targets[a]] === order.length) sets.union(v, targets[a]);
    }
    largest = Math.max(largest, sets.sizeOf(v));
  }
  curve[order.length] = largest;
  for (let i = order.length - 1; i >= 0; i -= 1) {
    if (graph.directed) addDirected(order[i]);
    else add(order[i]);
    curve[i] = largest;
  }
  return curve;
}

export function curveArea(curve: ArrayLike<number>, vertexCount: number): number {
  let sum = 0;
  for (let i = 1; i < curve.length; i += 1) sum += curve[i];
  return vertexCount === 0 ? 0 : sum / vertexCount / vertexCount;
}
