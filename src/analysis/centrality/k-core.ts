import { type CsrGraph, degreeOf } from '../graph/csr-graph';

/**
 * Core numbers (k-core decomposition).
 *
 * What: core(v) is the largest k such that v belongs to a subgraph in which every vertex has degree >= k.
 * Formula: level by level, vertices of remaining degree <= k are removed until none is left; core(v) = the level v went at.
 * Preconditions: undirected graph (directed ones are read by their out-edges: pass an undirected one). Loops and parallel
 * edges count as in degree: a loop holds its own vertex by 2 and goes when the vertex goes.
 * Params: graph.
 * Returns: `coreOf[v]` and `order`, the order of removal (a degeneracy order); within a level by
 * ascending vertex, then as they fall to the level.
 * Complexity: O(n + m): the vertices walked at level k have core >= k, and the core numbers sum to at most 2m.
 * Exact.
 * Reference: Seidman, "Network structure and minimum degree", Social Networks 5(3), 1983, doi:10.1016/0378-8733(83)90028-X;
 * level-wise peeling: Dasari, Desh, Zubair, "ParK", IEEE Big Data 2014, doi:10.1109/BigData.2014.7004366.
 * Example: on a triangle with a pendant vertex the core numbers are [2, 2, 2, 1]
 */
export interface KCore {
  readonly coreOf: Int32Array;
  readonly order: Int32Array;
}

export function kCore(graph: CsrGraph): KCore {
  const { vertexCount: n, offsets, targets } = graph;
  const degree = new Int32Array(n);
  const left = new Int32Array(n);
  for (let v = 0; v < n; v += 1) {
    degree[v] = degreeOf(graph, v);
    left[v] = v;
  }
  const order = new Int32Array(n);
  let head = 0;
  let tail = 0;
  let leftCount = n;
  let core = 0;
  while (tail < n) {
    // What is left has degree > core - 1; each level walks it once and keeps what is above the level.
    let kept = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < leftCount; i += 1) {
      const v = left[i];
      const d = degree[v];
      if (d === core) order[tail++] = v;
      else if (d > core) {
        left[kept++] = v;
        if (d < least) least = d;
      }
    }
    leftCount = kept;
    const isEmptyLevel = head === tail;
    for (; head < tail; head += 1) {
      const v = order[head];
      const end = offsets[v + 1];
      for (let a = offsets[v]; a < end; a += 1) {
        const w = targets[a];
        const d = degree[w];
        if (d <= core) continue;
        degree[w] = d - 1;
        if (d - 1 === core) order[tail++] = w;
      }
    }
    core = isEmptyLevel ? least : core + 1;
  }
  return { coreOf: degree, order };
}
