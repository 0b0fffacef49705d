import type { CsrGraph } from '../graph/csr-graph';
import { type Interrupt, neverInterrupt, type Report, reportToNobody } from '../graph/interrupt';

/**
 * Closeness and harmonic centrality.
 *
 * What: how near a vertex is to the vertices it reaches (along edge directions when directed).
 * Formula: closeness(v) = r / (sum of distances to the r other vertices reached), 0 when r = 0;
 * harmonic(v) = sum over reached u != v of 1 / d(v, u).
 * Preconditions: unweighted; loops and parallel edges change nothing.
 * Params: graph; `interrupt` and `report` are called between vertices.
 * Returns: `closeness[v]`, `harmonic[v]`, `reached[v]` (others reached); `status` is `stopped` when interrupted, and
 * then only the first `done` vertices have values. Closeness compares vertices of one component only: between
 * components of different size use harmonic.
 * Complexity: O(n m) time, O(n) memory.
 * Exact.
 * Reference: Freeman 1978, doi:10.1016/0378-8733(78)90021-7; Marchiori, Latora, "Harmony in the small-world",
 * Physica A 285, 2000, doi:10.1016/S0378-4371(00)00311-3.
 * Example: on the path 0-1-2 closeness is [2/3, 1, 2/3], harmonic is [1.5, 2, 1.5]
 */
export interface Closeness {
  readonly status: 'optimal' | 'stopped';
  readonly closeness: Float64Array;
  readonly harmonic: Float64Array;
  readonly reached: Int32Array;
  readonly done: number;
}

export interface ClosenessOptions {
  readonly interrupt?: Interrupt;
  readonly report?: Report;
}

export function closeness(graph: CsrGraph, options: ClosenessOptions = {}): Closeness {
  const { interrupt = neverInterrupt, report = reportToNobody } = options;
  const { vertexCount: n, offsets, targets } = graph;
  const result = {
    closeness: new Float64Array(n),
    harmonic: new Float64Array(n),
    reached: new Int32Array(n),
  };
  const seenBy = new Int32Array(n).fill(-1);
  const order = new Int32Array(n);
  let source = 0;
  for (; source < n && !interrupt(); source += 1) {
    report(source / n);
    seenBy[source] = source;
    order[0] = source;
    let tail = 1;
    let head = 0;
    let sum = 0;
    let harmonic = 0;
    for (let distance = 1; head < tail; distance += 1) {
      const levelStart = tail;
      for (; head < levelStart; head += 1) {
        const v = order[head];
        for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
          const w = targets[a];
          if (seenBy[w] === source) continue;
          seenBy[w] = source;
          order[tail++] = w;
        }
      }
      sum += distance * (tail - levelStart);
      harmonic += (tail - levelStart) / distance;
    }
    result.reached[source] = tail - 1;
    result.closeness[source] = sum === 0 ? 0 : (tail - 1) / sum;
    result.harmonic[source] = harmonic;
  }
  return { status: source === n ? 'optimal' : 'stopped', ...result, done: source };
}
