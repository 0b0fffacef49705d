import { type CsrGraph, simpleUndirected } from '../graph/csr-graph';
import { type Interrupt, neverInterrupt, type Report } from '../graph/interrupt';
import type { RandomSource } from '../graph/random-source';
import { withoutEdgesOf } from '../graph/vertex-removal';
import { adaptiveBetweennessOrder } from './adaptive-betweenness';
import { adaptiveDegreeOrder } from './adaptive-degree';
import { collectiveInfluenceOrder, type RemovalOrder } from './collective-influence';
import { coreHdOrder } from './core-hd';
import { generalizedDismantlingOrder } from './generalized-network-dismantling';
import { minSumOrder } from './min-sum';
import { reinsert } from './reinsertion';
import { curveArea, removalCurve } from './removal-curve';
import { breakTrees } from './tree-breaking';

/**
 * Dismantling: which vertices to remove, in which order, until no component is larger than a target.
 *
 * What: one frame for the published methods, each followed by the steps its authors follow it with.
 * Formula: limit = max(1, floor(target * n)). degree, betweenness: the attack order, cut where the curve reaches the limit.
 * ci, core-hd, gnd, min-sum: their vertices (decyclers then break trees), reduced and ordered by reverse greedy.
 * Preconditions: 0 < target <= 1. Directions, loops and parallel edges are dropped first.
 * Params: graph; `method`; `target` as a fraction of n; `radius` of ci (2); `random`; `interrupt`;
 * `report`: told the share done, where the method knows it.
 * Returns: `removed` in order; `curve` of removed.length + 1 entries, the last <= limit (unless `stopped`); `area`: see
 * removal curve. Ties: see the methods.
 * Complexity: that of the method + O((n + m) log n).
 * Heuristic: no method dominates; the smallest set is NP-hard to find, hence no bound.
 * Reference: Artime et al., "Robustness and resilience of complex networks", Nature Reviews Physics 6, 2024,
 * doi:10.1038/s42254-023-00676-y; see each method.
 * Example: on the path 0-1-2-3-4 with core-hd and target 0.4 removed is [2]
 */
export const DISMANTLING_METHODS = ['degree', 'betweenness', 'ci', 'core-hd', 'gnd', 'min-sum'] as const;
export type DismantlingMethod = (typeof DISMANTLING_METHODS)[number];

export interface Dismantling {
  readonly status: 'feasible' | 'stopped';
  readonly removed: Int32Array;
  readonly curve: Int32Array;
  readonly area: number;
}

export interface DismantlingOptions {
  readonly method: DismantlingMethod;
  readonly target: number;
  readonly random: RandomSource;
  readonly radius?: number;
  readonly interrupt?: Interrupt;
  readonly report?: Report;
}

export function dismantle(input: CsrGraph, options: DismantlingOptions): Dismantling {
  const graph = simpleUndirected(input);
  const interrupt = options.interrupt ?? neverInterrupt;
  const limit = dismantlingLimit(graph.vertexCount, options.target);
  const found = orderBy(graph, options, limit, interrupt);
  if (found.status === 'stopped') return measured(graph, found.order, limit, 'stopped');
  if (options.method === 'degree' || options.method === 'betweenness') {
    return measured(graph, found.order, limit, 'feasible');
  }
  return measured(graph, reinsert(graph, found.order, limit), limit, 'feasible');
}

export function dismantlingLimit(vertexCount: number, target: number): number {
  return Math.max(1, Math.floor(target * vertexCount + 1e-9));
}

function orderBy(
  graph: CsrGraph,
  options: DismantlingOptions,
  limit: number,
  interrupt: Interrupt,
): RemovalOrder {
  const { random } = options;
  switch (options.method) {
    case 'degree':
      return { status: 'feasible', order: adaptiveDegreeOrder(graph) };
    case 'betweenness':
      return adaptiveBetweennessOrder(graph, limit, { interrupt, report: options.report });
    case 'ci':
      return completed(graph, collectiveInfluenceOrder(graph, options.radius ?? 2, interrupt), limit);
    case 'core-hd':
      return { status: 'feasible', order: withTreesBroken(graph, coreHdOrder(graph), limit) };
    case 'gnd':
      return generalizedDismantlingOrder(graph, { target: limit, random, interrupt, report: options.report });
    case 'min-sum':
      return completed(graph, minSumOrder(graph, { random, interrupt }), limit);
  }
}

/** What is left of cycles falls to CoreHD, then trees are broken down to the limit. */
function completed(graph: CsrGraph, found: RemovalOrder, limit: number): RemovalOrder {
  if (found.status === 'stopped') return found;
  const removed = new Uint8Array(graph.vertexCount);
  for (const v of found.order) removed[v] = 1;
  const decycled = coreHdOrder(withoutEdgesOf(graph, removed));
  return {
    status: 'feasible',
    order: withTreesBroken(graph, Int32Array.from([...found.order, ...decycled]), limit),
  };
}

function withTreesBroken(graph: CsrGraph, order: Int32Array, limit: number): Int32Array {
  const removed = new Uint8Array(graph.vertexCount);
  for (const v of order) removed[v] = 1;
  const broken = breakTrees(graph, removed, limit);
  const whole = new Int32Array(order.length + broken.length);
  whole.set(order);
  whole.set(broken, order.length);
  return whole;
}

/** Cuts an order where the limit is reached and measures it. */
function measured(
  graph: CsrGraph,
  order: Int32Array,
  limit: number,
  status: Dismantling['status'],
): Dismantling {
  const whole = removalCurve(graph, order);
  const reached = whole.findIndex((size) => size <= limit);
  const curve = reached < 0 ? whole : whole.slice(0, reached + 1);
  const removed = order.slice(0, curve.length - 1);
  return { status, removed, curve, area: curveArea(curve, graph.vertexCount) };
}
