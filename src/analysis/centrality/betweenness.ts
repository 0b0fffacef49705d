import type { CsrGraph } from '../graph/csr-graph';
import { type Interrupt, neverInterrupt, type Report, reportToNobody } from '../graph/interrupt';

/**
 * Betweenness centrality.
 *
 * What: how many shortest paths between other vertices pass a vertex.
 * Formula: b(v) = sum over pairs s, t other than v of sigma_st(v) / sigma_st, unordered pairs in an undirected graph.
 * One breadth-first search per source counts paths level by level; the levels are then walked back, each vertex
 * gathering delta(v) = sigma(v) * sum over successors w of (1 + delta(w)) / sigma(w).
 * Preconditions: unweighted; loops lie on no shortest path; parallel edges are different paths.
 * Params: graph; `sources` (all when absent) restricts s, `scale` multiplies the sum; `interrupt` and
 * `report` are called between sources.
 * Returns: `values[v]`, not normalised; `status` is `stopped` when interrupted, and then values cover the first
 * `sourcesDone` sources only. Path counts are float64: exact up to 2^53 paths.
 * Complexity: O(n m) time (O(m) a source), O(n) memory beside the graph.
 * Exact, up to rounding, when all sources are used.
 * Reference: Brandes, "A faster algorithm for betweenness centrality", J. Math. Sociology 25(2), 2001,
 * doi:10.1080/0022250X.2001.9990249.
 * Example: on the path 0-1-2 the values are [0, 1, 0]
 */
export interface Betweenness {
  readonly status: 'optimal' | 'stopped';
  readonly values: Float64Array;
  readonly sourcesDone: number;
}

export interface BetweennessOptions {
  readonly sources?: ArrayLike<number>;
  readonly scale?: number;
  readonly interrupt?: Interrupt;
  readonly report?: Report;
}

export function betweenness(graph: CsrGraph, options: BetweennessOptions = {}): Betweenness {
  const n = graph.vertexCount;
  const { interrupt = neverInterrupt, report = reportToNobody } = options;
  const count = options.sources?.length ?? n;
  const values = new Float64Array(n);
  const work: Workspace = {
    level: new Int32Array(n).fill(-1),
    order: new Int32Array(n),
    levelEnds: new Int32Array(n + 1),
    sigma: new Float64Array(n),
    share: new Float64Array(n),
  };
  let done = 0;
  while (done < count && !interrupt()) {
    addDependencies(graph, options.sources?.[done] ?? done, work, values);
    done += 1;
    report(done / count);
  }
  const scale = (options.scale ?? 1) * (graph.directed ? 1 : 0.5);
  for (let v = 0; v < n; v += 1) values[v] *= scale;
  return { status: done === count ? 'optimal' : 'stopped', values, sourcesDone: done };
}

interface Workspace {
  /** Distance from the source, -1 where unseen; reset after each source. */
  readonly level: Int32Array;
  readonly order: Int32Array;
  readonly levelEnds: Int32Array;
  readonly sigma: Float64Array;
  /** (1 + delta) / sigma of the vertices whose level is finished, 0 elsewhere. */
  readonly share: Float64Array;
}

function addDependencies(graph: CsrGraph, source: number, work: Workspace, values: Float64Array): void {
  const levels = countPaths(graph, source, work);
  const { offsets, targets } = graph;
  const { order, levelEnds, sigma, share, level } = work;
  // Shares of a level are written only when all of it is done: a neighbour with a share is then always a successor.
  for (let d = levels - 1; d > 0; d -= 1) {
    const from = levelEnds[d];
    const to = levelEnds[d + 1];
    for (let i = from; i < to; i += 1) {
      const v = order[i];
      let sum = 0;
      const end = offsets[v + 1];
      for (let a = offsets[v]; a < end; a += 1) sum += share[targets[a]];
      values[v] += sigma[v] * sum;
      // Held in sigma until the level is complete.
      sigma[v] = 1 / sigma[v] + sum;
    }
    for (let i = from; i < to; i += 1) share[order[i]] = sigma[order[i]];
  }
  for (let i = 0; i < levelEnds[levels]; i += 1) {
    const v = order[i];
    level[v] = -1;
    share[v] = 0;
  }
}

/** Breadth-first search with path counts; returns the number of levels. */
function countPaths(graph: CsrGraph, source: number, work: Workspace): number {
  const { offsets, targets } = graph;
  const { level, order, levelEnds, sigma } = work;
  level[source] = 0;
  sigma[source] = 1;
  order[0] = source;
  levelEnds[0] = 0;
  let tail = 1;
  let head = 0;
  let levels = 0;
  while (head < tail) {
    levels += 1;
    levelEnds[levels] = tail;
    const levelEnd = tail;
    for (; head < levelEnd; head += 1) {
      const v = order[head];
      const paths = sigma[v];
      const end = offsets[v + 1];
      for (let a = offsets[v]; a < end; a += 1) {
        const w = targets[a];
        const at = level[w];
        if (at < 0) {
          level[w] = levels;
          sigma[w] = paths;
          order[tail++] = w;
        } else if (at === levels) {
          sigma[w] += paths;
        }
      }
    }
  }
  return levels;
}
