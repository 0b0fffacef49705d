import { BinaryHeap } from '../graph/binary-heap';
import type { CsrGraph } from '../graph/csr-graph';
import { DisjointSet } from '../graph/disjoint-set';

/**
 * Reinsertion by reverse greedy: gives back removed vertices that are not needed, and orders the rest.
 *
 * What: from a set whose removal dismantles a graph, a smaller one that still does, in an order worth removing in.
 * Formula: repeatedly put back the removed vertex v with the smallest resulting component 1 + sum of the sizes of the
 * components next to it. What was put back while that stayed <= target is not needed; the rest is removed in the
 * reverse of the order in which it was put back.
 * Preconditions: simple undirected graph; `removed` holds different vertices; target >= 1.
 * Params: graph, removed, target in vertices.
 * Returns: the vertices still to remove, in order of removal. Ties by smallest vertex.
 * Complexity: O((n + m) log n) typical: the resulting size of a vertex never falls, so a stale entry is pushed again.
 * Greedy: the set returned is minimal for this order, not of minimum size. Beyond the target, where only the order is
 * at stake, keys that fell since they were computed are not renewed.
 * Reference: Braunstein et al., PNAS 113(44), 2016, doi:10.1073/pnas.1605083113 (reverse greedy); Morone, Makse,
 * Nature 524, 2015, doi:10.1038/nature14604 (reinsertion).
 * Example: on the path 0-1-2 with removed [0, 1] and target 1 it returns [1]
 */
export function reinsert(graph: CsrGraph, removed: ArrayLike<number>, target: number): Int32Array {
  const pieces = new Pieces(graph, removed);
  const within = new BinaryHeap();
  const beyond = new BinaryHeap();
  // Beyond the target the largest component is next to almost everything and would make every key stale at each step,
  // so there a key is the growth of that component, and vertices that do not touch it come first.
  const offer = (v: number): void => {
    const growth = pieces.growth(v);
    const giant = pieces.giantNextTo;
    if (growth + giant <= target) within.push(growth + giant, v);
    else beyond.push(growth + (giant > 0 ? graph.vertexCount : 0), v);
  };
  for (let i = 0; i < removed.length; i += 1) offer(removed[i]);
  while (within.pop()) {
    const { key, id } = within;
    if (pieces.growth(id) + pieces.giantNextTo === key) pieces.putBack(id);
    else offer(id);
  }
  const order: number[] = [];
  while (beyond.pop()) {
    const { key, id } = beyond;
    const renewed = pieces.growth(id) + (pieces.giantNextTo > 0 ? graph.vertexCount : 0);
    if (renewed > key) {
      beyond.push(renewed, id);
    } else {
      pieces.putBack(id);
      order.push(id);
    }
  }
  return Int32Array.from(order.reverse());
}

/** Components of what is left, kept as disjoint sets while vertices come back. */
class Pieces {
  private readonly absent: Uint8Array;
  private readonly sets: DisjointSet;
  private readonly countedBy: Int32Array;
  private counting = 0;
  /** A vertex of the largest component. */
  private giant = 0;
  giantNextTo = 0;

  constructor(
    private readonly graph: CsrGraph,
    removed: ArrayLike<number>,
  ) {
    const { vertexCount: n, offsets, targets } = graph;
    this.absent = new Uint8Array(n);
    for (let i = 0; i < removed.length; i += 1) this.absent[removed[i]] = 1;
    this.sets = new DisjointSet(n);
    this.countedBy = new Int32Array(n);
    for (let v = 0; v < n; v += 1) {
      if (this.absent[v] === 1) continue;
      for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
        if (targets[a] > v && this.absent[targets[a]] === 0) this.sets.union(v, targets[a]);
      }
      if (this.sets.sizeOf(v) > this.sets.sizeOf(this.giant)) this.giant = v;
    }
  }

  /** Size of the component that v would be in, without the largest component; that one's size goes to `giantNextTo`. */
  growth(v: number): number {
    const { absent, sets, countedBy } = this;
    const { offsets, targets } = this.graph;
    this.counting += 1;
    const stamp = this.counting;
    const giant = sets.find(this.giant);
    const end = offsets[v + 1];
    let size = 1;
    this.giantNextTo = 0;
    for (let a = offsets[v]; a < end; a += 1) {
      const w = targets[a];
      if (absent[w] === 1) continue;
      const root = sets.find(w);
      if (countedBy[root] === stamp) continue;
      countedBy[root] = stamp;
      if (root === giant) this.giantNextTo = sets.sizeAt(root);
      else size += sets.sizeAt(root);
    }
    return size;
  }

  putBack(v: number): void {
    const { absent, sets } = this;
    const { offsets, targets } = this.graph;
    absent[v] = 0;
    let root = v;
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
      if (absent[targets[a]] === 0) root = sets.union(root, targets[a]);
    }
    if (sets.sizeAt(root) > sets.sizeOf(this.giant)) this.giant = root;
  }
}
