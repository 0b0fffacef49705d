import { type CsrGraph, edgeArraysOf } from '../graph/csr-graph';
import type { Interrupt } from '../graph/interrupt';
import { maxFlow } from './max-flow';

/**
 * Minimum edge cuts: fewest edges whose removal leaves no path between two vertices, or splits the graph.
 *
 * What: `minEdgeCut` for a pair; `globalEdgeCut` over all pairs (edge connectivity; strong in a directed graph).
 * Formula: Menger: the number of edge-disjoint paths; globally the least cut between vertex 0 and any other, both ways
 * when directed.
 * Preconditions: source != sink. Parallel edges count each, loops never.
 * Params: graph, source, sink.
 * Returns: `value` = number of edges; `edges` as pairs [u0, v0, ...] ascending (u < v when undirected); of all minimum
 * cuts the one closest to the source. Globally, the first sink in order of number that attains the minimum. A graph
 * of fewer than two vertices has no cut: status `infeasible`, value 0.
 * Complexity: O(m min(sqrt(m), n^(2/3))) a pair; n - 1 times that globally, each stopped at the best so far.
 * `interrupt` ends that of a pair: status `stopped`, no cut is smaller than `value`, and `edges` is empty.
 * Exact.
 * Reference: Even, Tarjan, "Network flow and testing graph connectivity", SIAM J. Comput. 4(4), 1975, doi:10.1137/0204043.
 * Example: on the path 0-1-2 globalEdgeCut gives value 1 and edges [0, 1]
 */
export interface EdgeCut {
  readonly status: 'optimal' | 'infeasible' | 'stopped';
  readonly value: number;
  readonly edges: Int32Array;
}

export function minEdgeCut(graph: CsrGraph, source: number, sink: number, interrupt?: Interrupt): EdgeCut {
  return boundedEdgeCut(graph, [source, sink], Number.POSITIVE_INFINITY, interrupt) as EdgeCut;
}

export function globalEdgeCut(graph: CsrGraph): EdgeCut {
  let best: EdgeCut | null = null;
  for (let v = 1; v < graph.vertexCount; v += 1) {
    const limit: number = best?.value ?? Number.POSITIVE_INFINITY;
    best = boundedEdgeCut(graph, [0, v], limit) ?? best;
    if (graph.directed) best = boundedEdgeCut(graph, [v, 0], best?.value ?? limit) ?? best;
    if (best?.value === 0) break;
  }
  return best ?? { status: 'infeasible', value: 0, edges: new Int32Array(0) };
}

/** The cut when it is smaller than `limit`, else null. */
function boundedEdgeCut(
  graph: CsrGraph,
  [source, sink]: readonly [number, number],
  limit: number,
  interrupt?: Interrupt,
): EdgeCut | null {
  const { sources: from, targets: to } = edgeArraysOf(graph);
  const ones = new Uint8Array(from.length).fill(1);
  const network = { vertexCount: graph.vertexCount, from, to, capacity: ones };
  const undirected = { ...network, backward: ones };
  const flow = maxFlow(graph.directed ? network : undirected, source, sink, limit, interrupt);
  if (flow.isStopped) return { status: 'stopped', value: flow.value, edges: new Int32Array(0) };
  if (flow.value >= limit) return null;
  const edges: number[] = [];
  const side = flow.onSourceSide;
  for (let i = 0; i < from.length; i += 1) {
    const crosses = graph.directed ? side[from[i]] > side[to[i]] : side[from[i]] !== side[to[i]];
    if (crosses) edges.push(from[i], to[i]);
  }
  return { status: 'optimal', value: flow.value, edges: Int32Array.from(edges) };
}
