import { BinaryHeap } from '../graph/binary-heap';
import type { CsrGraph } from '../graph/csr-graph';

/**
 * Tree-breaking: dismantles a forest greedily.
 *
 * What: after decycling, the vertices to remove so that no tree is larger than `target`.
 * Formula: while the largest tree T has more than target vertices, remove the vertex of T whose removal leaves the
 * smallest largest piece (a centroid, so that no piece is larger than |T| / 2).
 * Preconditions: the vertices with `removed[v]` = 0 induce a forest; target >= 1.
 * Params: graph, `removed` flags (changed: removed vertices are marked), target in vertices.
 * Returns: the order of removal. Trees of equal size by the number of their root; the centroid met first from the root.
 * Complexity: O(n log n) typical: each removal walks from the root of its tree to the centroid.
 * Greedy: each removal is the best single one, the whole set need not be the smallest.
 * Reference: Braunstein et al., "Network dismantling", PNAS 113(44), 2016, doi:10.1073/pnas.1605083113 (tree breaking);
 * centroids: Jordan, J. reine angew. Math. 70, 1869.
 * Example: on the path 0-1-2 with target 1 the order is [1]
 */
export function breakTrees(graph: CsrGraph, removed: Uint8Array, target: number): Int32Array {
  const { vertexCount: n, offsets, targets } = graph;
  const { parent, size } = rootedForest(graph, removed);
  const trees = new BinaryHeap();
  for (let v = 0; v < n; v += 1) {
    if (removed[v] === 0 && parent[v] === -1 && size[v] > target) trees.push(-size[v], v);
  }
  const order: number[] = [];
  while (trees.pop()) {
    const root = trees.id;
    const total = size[root];
    let centre = root;
    for (let heavy = root; heavy >= 0; ) {
      centre = heavy;
      heavy = -1;
      for (let a = offsets[centre]; a < offsets[centre + 1]; a += 1) {
        const w = targets[a];
        if (removed[w] === 0 && parent[w] === centre && 2 * size[w] > total) heavy = w;
      }
    }
    order.push(centre);
    removed[centre] = 1;
    for (let up = parent[centre]; up >= 0; up = parent[up]) size[up] -= size[centre];
    if (centre !== root && size[root] > target) trees.push(-size[root], root);
    for (let a = offsets[centre]; a < offsets[centre + 1]; a += 1) {
      const w = targets[a];
      if (removed[w] === 1 || parent[w] !== centre) continue;
      parent[w] = -1;
      if (size[w] > target) trees.push(-size[w], w);
    }
  }
  return Int32Array.from(order);
}

/** Parents (-1 at roots) and subtree sizes of the forest that is left. */
function rootedForest(graph: CsrGraph, removed: Uint8Array): { parent: Int32Array; size: Int32Array } {
  const { vertexCount: n, offsets, targets } = graph;
  const parent = new Int32Array(n).fill(-2);
  const size = new Int32Array(n);
  const order = new Int32Array(n);
  let tail = 0;
  for (let root = 0; root < n; root += 1) {
    if (removed[root] === 1 || parent[root] !== -2) continue;
    parent[root] = -1;
    let head = tail;
    order[tail++] = root;
    for (; head < tail; head += 1) {
      const v = order[head];
      for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
        const w = targets[a];
        if (removed[w] === 1 || parent[w] !== -2) continue;
        parent[w] = v;
        order[tail++] = w;
      }
    }
  }
  for (let i = tail - 1; i >= 0; i -= 1) {
    const v = order[i];
    size[v] += 1;
    if (parent[v] >= 0) size[parent[v]] += size[v];
  }
  return { parent, size };
}
