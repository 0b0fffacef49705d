import type { CsrGraph } from '../graph/csr-graph';
import { type Interrupt, neverInterrupt } from '../graph/interrupt';

/**
 * PageRank.
 *
 * What: how often a walker is at a vertex who follows a random edge with probability `damping` and jumps to a uniform
 * vertex otherwise, and always jumps from a vertex without out-edges.
 * Formula: x = damping * P x + (damping * (mass without out-edges) + 1 - damping) / n. That mass only scales x, so
 * the linear system (I - damping * P) x = 1 / n is solved in place by Gauss-Seidel sweeps, each scaled to the total
 * that the system implies, and x is divided by its sum.
 * Preconditions: 0 <= damping < 1; parallel edges are chosen more often; an undirected loop counts twice.
 * Params: graph; `damping` (0.85); `tolerance` (1e-10), the bound on the L1 error of the result; `maxSweeps` (1000); `interrupt`.
 * Returns: `values` with sum 1; `status` `feasible` when `error` <= tolerance was reached, else `stopped`; `sweeps`;
 * `error`: the bound reached. Vertices are swept in ascending order, so results are the same bytes every time.
 * Complexity: O(m) a sweep; the error falls by at least the damping factor each.
 * Approximate to the tolerance: the residual r of the system gives an error of at most |r| / (1 - damping) in L1.
 * Reference: Page, Brin, Motwani, Winograd, "The PageRank citation ranking", Stanford 1999-66; Gleich et al., "An
 * inner-outer iteration for computing PageRank", SIAM J. Sci. Comput. 32(1), 2010, doi:10.1137/080727397.
 * Example: on a cycle every value is 1/n
 */
export interface PageRank {
  readonly status: 'feasible' | 'stopped';
  readonly values: Float64Array;
  readonly sweeps: number;
  readonly error: number;
}

export interface PageRankOptions {
  readonly damping?: number;
  readonly tolerance?: number;
  readonly maxSweeps?: number;
  readonly interrupt?: Interrupt;
}

export function pageRank(graph: CsrGraph, options: PageRankOptions = {}): PageRank {
  const { vertexCount: n, offsets, inOffsets, inTargets } = graph;
  const damping = options.damping ?? 0.85;
  const tolerance = options.tolerance ?? 1e-10;
  const maxSweeps = options.maxSweeps ?? 1000;
  const interrupt = options.interrupt ?? neverInterrupt;
  const inverse = new Float64Array(n);
  // What flows along each out-edge of a vertex: its value over its out-degree (its value when it has none).
  const flow = new Float64Array(n);
  for (let v = 0; v < n; v += 1) {
    const degree = offsets[v + 1] - offsets[v];
    inverse[v] = degree === 0 ? 1 : 1 / degree;
    // The solution of the system sums to 1 / (1 - damping) when every vertex has out-edges.
    flow[v] = inverse[v] / (n * (1 - damping));
  }
  const jump = 1 / n;
  let sweeps = 0;
  let error = n === 0 ? 0 : Number.POSITIVE_INFINITY;
  while (error > tolerance && sweeps < maxSweeps && !interrupt()) {
    let change = 0;
    let total = 0;
    let stuck = 0;
    for (let v = 0; v < n; v += 1) {
      let sum = 0;
      const end = inOffsets[v + 1];
      for (let a = inOffsets[v]; a < end; a += 1) sum += flow[inTargets[a]];
      const value = damping * sum + jump;
      const sent = value * inverse[v];
      const moved = sent - flow[v];
      change += (moved < 0 ? -moved : moved) / inverse[v];
      total += value;
      if (offsets[v + 1] === offsets[v]) stuck += value;
      flow[v] = sent;
    }
    sweeps += 1;
    // Summing the system over all vertices gives what the total must be: this removes the slowest part of the error.
    const scale = 1 / ((1 - damping) * total + damping * stuck);
    for (let v = 0; v < n; v += 1) flow[v] *= scale;
    // Updates made in this sweep are the only source of the new residual, each passed on damped; scaling adds its own.
    const residual = damping * change * scale + Math.abs(1 - scale);
    error = (2 * residual) / ((1 - damping) * total * scale);
  }
  let total = 0;
  const values = flow;
  for (let v = 0; v < n; v += 1) {
    values[v] /= inverse[v];
    total += values[v];
  }
  for (let v = 0; v < n; v += 1) values[v] /= total;
  return { status: error <= tolerance ? 'feasible' : 'stopped', values, sweeps, error };
}
