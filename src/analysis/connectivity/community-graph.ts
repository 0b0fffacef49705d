import { type CsrGraph, edgeArraysOf } from '../graph/csr-graph';

/**
 * The weighted graph that community detection contracts level by level.
 *
 * What: symmetric adjacency with a weight per arc; a contracted group keeps its inner weight as a loop.
 * Formula: degree(v) = sum of arc weights at v; total = sum of degrees / 2. A loop is one arc that carries twice its weight.
 * Preconditions: weights > 0. Params: a CsrGraph (directions are dropped), or a level and its groups.
 * Returns: WeightedGraph; `aggregated` also the group number of each vertex, numbered by smallest member.
 * Complexity: O(n + m). Exact.
 * Reference: Blondel et al., "Fast unfolding of communities in large networks", J. Stat. Mech. 2008, P10008,
 * doi:10.1088/1742-5468/2008/10/P10008 (its second phase).
 * Example: contracting both ends of a single edge gives one vertex with a loop arc of weight 2
 */
export interface WeightedGraph {
  readonly vertexCount: number;
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  readonly weights: Float64Array;
  readonly degree: Float64Array;
  readonly total: number;
}

export function weightedGraph(graph: CsrGraph): WeightedGraph {
  const { sources, targets } = edgeArraysOf(graph);
  const m = sources.length;
  const from = new Int32Array(2 * m);
  const to = new Int32Array(2 * m);
  for (let i = 0; i < m; i += 1) {
    from[2 * i] = sources[i];
    to[2 * i] = targets[i];
    from[2 * i + 1] = targets[i];
    to[2 * i + 1] = sources[i];
  }
  return summed(graph.vertexCount, from, to, new Float64Array(2 * m).fill(1));
}

export function aggregated(
  level: WeightedGraph,
  groups: Int32Array,
): { graph: WeightedGraph; groupOf: Int32Array } {
  const numberOf = new Int32Array(level.vertexCount).fill(-1);
  let count = 0;
  const groupOf = groups.map((g) => {
    if (numberOf[g] < 0) numberOf[g] = count++;
    return numberOf[g];
  });
  const from = new Int32Array(level.targets.length);
  for (let v = 0; v < level.vertexCount; v += 1) {
    from.fill(groupOf[v], level.offsets[v], level.offsets[v + 1]);
  }
  const to = level.targets.map((w) => groupOf[w]);
  return { graph: summed(count, from, to, level.weights), groupOf };
}

/** Arcs bucketed by source, equal arcs summed, each list in order of first appearance. */
function summed(n: number, from: Int32Array, to: Int32Array, weights: Float64Array): WeightedGraph {
  const starts = new Int32Array(n + 1);
  for (let i = 0; i < from.length; i += 1) starts[from[i] + 1] += 1;
  for (let v = 0; v < n; v += 1) starts[v + 1] += starts[v];
  const arcs = new Int32Array(from.length);
  const next = starts.slice(0, n);
  for (let i = 0; i < from.length; i += 1) arcs[next[from[i]]++] = i;
  const offsets = new Int32Array(n + 1);
  const targets = new Int32Array(from.length);
  const merged = new Float64Array(from.length);
  const degree = new Float64Array(n);
  const slotOf = new Int32Array(n).fill(-1);
  let at = 0;
  let total = 0;
  for (let v = 0; v < n; v += 1) {
    const start = at;
    for (let i = starts[v]; i < starts[v + 1]; i += 1) {
      const w = to[arcs[i]];
      if (slotOf[w] < start) {
        slotOf[w] = at;
        targets[at++] = w;
      }
      merged[slotOf[w]] += weights[arcs[i]];
      degree[v] += weights[arcs[i]];
    }
    total += degree[v];
    offsets[v + 1] = at;
  }
  return {
    vertexCount: n,
    offsets,
    targets: targets.slice(0, at),
    weights: merged.slice(0, at),
    degree,
    total: total / 2,
  };
}
