import type { CsrGraph } from '../graph/csr-graph';

/**
 * A graph with some vertices removed, its components, and their pairwise connectivity, under exchanges.
 *
 * What: the state of the search for critical nodes; an exchange removes one vertex and puts another back.
 * Formula: pairwise connectivity = sum over components of s (s - 1) / 2. Removing u splits its component C into pieces (found
 * by searches from the neighbours of u); putting v back joins 1 + the components next to it.
 * Preconditions: simple undirected graph.
 * Params: graph, the vertices removed at first.
 * Returns: `value` now; `evaluate(u)` the change by removing u, leaving its pieces for `evaluateReturn(v)`, the further
 * change by putting v back; `exchange` does both.
 * Complexity: O(|C| + edges in C) to evaluate u, O(deg v) for v, O(what changes component) to exchange.
 * Exact.
 * Reference: Arulselvan, Commander, Elefteriadou, Pardalos, "Detecting critical nodes in sparse graphs", Computers &
 * Operations Research 36(7), 2009, doi:10.1016/j.cor.2008.08.016.
 * Example: on the path 0-1-2 with nothing removed value is 3; evaluate(1) is -3
 */
export class RemovalState {
  value = 0;
  readonly removed: Int32Array;
  readonly kept: Int32Array;
  /** Component of a vertex, -1 when removed. */
  readonly componentOf: Int32Array;
  readonly sizeOf: Int32Array;
  /** Place of a vertex in `removed` or `kept`. */
  private readonly placeOf: Int32Array;
  private readonly spareLabels: Int32Array;
  private spareCount: number;
  private readonly queue: Int32Array;
  /** Pieces of the component of the vertex evaluated last: piece p of w when seenBy[w] is the stamp. */
  private readonly pieceOf: Int32Array;
  private readonly seenBy: Int32Array;
  private readonly pieceStart: Int32Array;
  private pieceCount = 0;
  private stamp = 0;
  private split = -1;
  private readonly countedBy: Int32Array;
  private counting = 0;

  constructor(
    private readonly graph: CsrGraph,
    removed: ArrayLike<number>,
  ) {
    const n = graph.vertexCount;
    this.componentOf = new Int32Array(n).fill(-2);
    this.removed = Int32Array.from(removed);
    this.kept = new Int32Array(n - removed.length);
    this.placeOf = new Int32Array(n);
    this.sizeOf = new Int32Array(n + 1);
    this.spareLabels = new Int32Array(n + 1);
    this.queue = new Int32Array(n);
    this.pieceOf = new Int32Array(n);
    this.seenBy = new Int32Array(n);
    this.pieceStart = new Int32Array(n + 1);
    this.countedBy = new Int32Array(2 * n + 1);
    for (let i = 0; i < removed.length; i += 1) {
      this.componentOf[removed[i]] = -1;
      this.placeOf[removed[i]] = i;
    }
    let label = 0;
    let at = 0;
    for (let v = 0; v < n; v += 1) {
      if (this.componentOf[v] === -1) continue;
      this.kept[at] = v;
      this.placeOf[v] = at++;
      if (this.componentOf[v] !== -2) continue;
      this.componentOf[v] = label;
      const size = this.relabel(v, -2, label);
      this.sizeOf[label] = size;
      this.value += (size * (size - 1)) / 2;
      label += 1;
    }
    this.spareCount = 0;
    for (let c = n; c >= label; c -= 1) this.spareLabels[this.spareCount++] = c;
  }

  /** Gives a label to everything reached from v through vertices of the old label (v is labelled already). */
  private relabel(v: number, from: number, to: number): number {
    const { offsets, targets } = this.graph;
    const { queue, componentOf } = this;
    queue[0] = v;
    let tail = 1;
    for (let head = 0; head < tail; head += 1) {
      const u = queue[head];
      for (let a = offsets[u]; a < offsets[u + 1]; a += 1) {
        const w = targets[a];
        if (componentOf[w] !== from) continue;
        componentOf[w] = to;
        queue[tail++] = w;
      }
    }
    return tail;
  }

  evaluate(u: number): number {
    const { offsets, targets } = this.graph;
    const { queue, componentOf, seenBy, pieceOf, pieceStart } = this;
    const c = componentOf[u];
    const stamp = ++this.stamp;
    this.split = u;
    seenBy[u] = stamp;
    const whole = this.sizeOf[c];
    let change = (-whole * (whole - 1)) / 2;
    let pieces = 0;
    let tail = 0;
    let head = 0;
    const end = offsets[u + 1];
    for (let b = offsets[u]; b < end && tail < whole - 1; b += 1) {
      const root = targets[b];
      if (componentOf[root] !== c || seenBy[root] === stamp) continue;
      pieceStart[pieces] = tail;
      seenBy[root] = stamp;
      pieceOf[root] = pieces;
      queue[tail++] = root;
      for (; head < tail; head += 1) {
        const v = queue[head];
        const last = offsets[v + 1];
        for (let a = offsets[v]; a < last; a += 1) {
          const w = targets[a];
          if (componentOf[w] !== c || seenBy[w] === stamp) continue;
          seenBy[w] = stamp;
          pieceOf[w] = pieces;
          queue[tail++] = w;
        }
      }
      const size = tail - pieceStart[pieces];
      change += (size * (size - 1)) / 2;
      pieces += 1;
    }
    pieceStart[pieces] = tail;
    this.pieceCount = pieces;
    return change;
  }

  /** Change by putting v back once the vertex evaluated last is removed (it is not, if v is that vertex's neighbour). */
  evaluateReturn(v: number): number {
    const { offsets, targets } = this.graph;
    const { componentOf, seenBy, pieceOf, pieceStart, sizeOf, countedBy, stamp, split } = this;
    const n = componentOf.length;
    const counting = ++this.counting;
    let total = 1;
    let before = 0;
    const end = offsets[v + 1];
    for (let a = offsets[v]; a < end; a += 1) {
      const w = targets[a];
      const c = componentOf[w];
      if (c < 0 || w === split) continue;
      let key = c;
      let size = sizeOf[c];
      if (seenBy[w] === stamp) {
        const p = pieceOf[w];
        key = n + 1 + p;
        size = pieceStart[p + 1] - pieceStart[p];
      }
      if (countedBy[key] === counting) continue;
      countedBy[key] = counting;
      total += size;
      before += size * (size - 1);
    }
    return (total * (total - 1) - before) / 2;
  }

  /** Removes the vertex evaluated last and puts v back; `change` is the sum of both evaluations. */
  exchange(v: number, change: number): void {
    const u = this.split;
    this.splitOff();
    this.join(v);
    const { placeOf, removed, kept } = this;
    const i = placeOf[v];
    const j = placeOf[u];
    removed[i] = u;
    placeOf[u] = i;
    kept[j] = v;
    placeOf[v] = j;
    this.value += change;
    this.split = -1;
    this.stamp += 1;
  }

  private splitOff(): void {
    const { componentOf, sizeOf, pieceStart, queue, spareLabels } = this;
    const c = componentOf[this.split];
    componentOf[this.split] = -1;
    let largest = 0;
    const sizeAt = (p: number): number => pieceStart[p + 1] - pieceStart[p];
    for (let p = 1; p < this.pieceCount; p += 1) if (sizeAt(p) > sizeAt(largest)) largest = p;
    if (this.pieceCount === 0) {
      spareLabels[this.spareCount++] = c;
      return;
    }
    sizeOf[c] = sizeAt(largest);
    for (let p = 0; p < this.pieceCount; p += 1) {
      if (p === largest) continue;
      const label = spareLabels[--this.spareCount];
      sizeOf[label] = sizeAt(p);
      for (let i = pieceStart[p]; i < pieceStart[p + 1]; i += 1) componentOf[queue[i]] = label;
    }
  }

  private join(v: number): void {
    const { offsets, targets } = this.graph;
    const { componentOf, sizeOf, spareLabels } = this;
    let into = -1;
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
      const c = componentOf[targets[a]];
      if (c >= 0 && (into < 0 || sizeOf[c] > sizeOf[into])) into = c;
    }
    if (into < 0) {
      into = spareLabels[--this.spareCount];
      sizeOf[into] = 0;
    }
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
      const w = targets[a];
      const c = componentOf[w];
      if (c < 0 || c === into) continue;
      componentOf[w] = into;
      sizeOf[into] += this.relabel(w, c, into);
      spareLabels[this.spareCount++] = c;
    }
    componentOf[v] = into;
    sizeOf[into] += 1;
  }
}
