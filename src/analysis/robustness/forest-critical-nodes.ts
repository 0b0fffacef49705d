import type { CsrGraph } from '../graph/csr-graph';
import { type Interrupt, neverInterrupt } from '../graph/interrupt';

/**
 * Critical nodes of a forest, by dynamic programming: an optimum with its proof.
 *
 * What: at most k vertices of a forest whose removal leaves the fewest connected pairs.
 * Formula: for every subtree, removal count r and size s of the component that holds its root (0 when the root is removed) the
 * least number of pairs; a child joins by values x + y + s_x s_y when both roots stay and by x + y otherwise.
 * Preconditions: the graph is a simple forest; k >= 0; `upperBound` is the value of some removal of k vertices.
 * Params: graph, k, `upperBound` (states above it are cut, which bounds s by sqrt(2 upperBound)); `maxSteps`: joins tried
 * before giving up; `interrupt`, asked between vertices.
 * Returns: `optimal` with `value` and `removed` ascending (fewer than k only when value is 0), or `stopped`. Of equal states
 * the one of fewer removals, then the one met first (children descending) is kept.
 * Complexity: at most O(n k^2 S^2), S = sqrt(2 upperBound); dominated states (r, s and value all no better) are cut.
 * Exact.
 * Reference: Di Summa, Grosso, Locatelli, "Complexity of the critical node problem over trees", Computers & Operations
 * Research 38(12), 2011, doi:10.1016/j.cor.2011.02.016.
 * Example: on the path 0-1-2 with k = 1 value is 0 and removed [1]
 */
export interface ForestCriticalNodes {
  readonly status: 'optimal' | 'stopped';
  readonly value: number;
  readonly removed: Int32Array;
}

export interface ForestOptions {
  readonly k: number;
  readonly upperBound: number;
  readonly maxSteps?: number;
  readonly interrupt?: Interrupt;
}

const UNKNOWN: ForestCriticalNodes = { status: 'stopped', value: 0, removed: new Int32Array(0) };

export function forestCriticalNodes(graph: CsrGraph, options: ForestOptions): ForestCriticalNodes {
  const interrupt = options.interrupt ?? neverInterrupt;
  const states = new StateStore(options);
  const { parent, order } = rootedOrder(graph);
  const tables: (Table | null)[] = new Array(graph.vertexCount).fill(null);
  // Trees are closed one after the other into a table whose open component is always empty.
  let forest: Table = [[states.add(0, 0, -1, -1, -1)]];
  for (let i = order.length - 1; i >= 0; i -= 1) {
    const v = order[i];
    const table = tables[v] ?? states.single(v);
    tables[v] = null;
    if (interrupt() || states.isExhausted()) return UNKNOWN;
    const up = parent[v];
    if (up < 0) forest = states.join(forest, table, true);
    else tables[up] = states.join(tables[up] ?? states.single(up), table, false);
  }
  return states.best(forest);
}

/** Per removal count, the states that no other dominates, by ascending size of the open component. */
type Table = number[][];

class StateStore {
  private value: number[] = [];
  /** Size of the open component, 0 when the root of the subtree is removed. */
  private size: number[] = [];
  private left: number[] = [];
  private right: number[] = [];
  private removedVertex: number[] = [];
  private readonly largest: number;
  private readonly bestValue: Float64Array;
  private readonly bestLeft: Int32Array;
  private readonly bestRight: Int32Array;
  private steps = 0;

  constructor(private readonly options: ForestOptions) {
    this.largest = Math.floor((1 + Math.sqrt(1 + 8 * options.upperBound)) / 2);
    this.bestValue = new Float64Array(this.largest + 1);
    this.bestLeft = new Int32Array(this.largest + 1);
    this.bestRight = new Int32Array(this.largest + 1);
  }

  isExhausted(): boolean {
    return this.steps > (this.options.maxSteps ?? Number.POSITIVE_INFINITY);
  }

  add(value: number, size: number, left: number, right: number, removedVertex: number): number {
    this.size.push(size);
    this.left.push(left);
    this.right.push(right);
    this.removedVertex.push(removedVertex);
    return this.value.push(value) - 1;
  }

  single(v: number): Table {
    const kept = [this.add(0, 1, -1, -1, -1)];
    return this.options.k === 0 ? [kept] : [kept, [this.add(0, 0, -1, -1, v)]];
  }

  /** Combines a table with that of a child; `closed` ends the child's component instead of joining it. */
  join(above: Table, below: Table, closed: boolean): Table {
    const most = Math.min(this.options.k, above.length + below.length - 2);
    const joined: Table = [];
    for (let r = 0; r <= most; r += 1) {
      this.bestValue.fill(Number.POSITIVE_INFINITY);
      const from = Math.max(0, r - below.length + 1);
      const to = Math.min(r, above.length - 1);
      for (let i = from; i <= to; i += 1) this.tryAll(above[i], below[r - i], closed);
      joined.push(this.undominated(r > 0 ? joined[r - 1] : []));
    }
    return joined;
  }

  private tryAll(xs: readonly number[], ys: readonly number[], closed: boolean): void {
    const { value, size, bestValue, bestLeft, bestRight, largest } = this;
    const limit = this.options.upperBound;
    this.steps += xs.length * ys.length;
    for (const x of xs) {
      for (const y of ys) {
        const isOpen = !closed && size[x] > 0;
        const s = isOpen ? size[x] + size[y] : size[x];
        if (s > largest) break;
        const total = value[x] + value[y] + (isOpen ? size[x] * size[y] : 0);
        if (total > limit || total >= bestValue[s]) continue;
        bestValue[s] = total;
        bestLeft[s] = x;
        bestRight[s] = y;
      }
    }
  }

  /** Keeps what is better than every state of smaller size and is not matched with one removal fewer. */
  private undominated(fewer: readonly number[]): number[] {
    const kept: number[] = [];
    let least = Number.POSITIVE_INFINITY;
    let at = 0;
    let leastFewer = Number.POSITIVE_INFINITY;
    for (let s = 0; s <= this.largest; s += 1) {
      while (at < fewer.length && this.size[fewer[at]] <= s) {
        leastFewer = Math.min(leastFewer, this.value[fewer[at]]);
        at += 1;
      }
      const total = this.bestValue[s];
      if (total >= least) continue;
      least = total;
      if (total < leastFewer) kept.push(this.add(total, s, this.bestLeft[s], this.bestRight[s], -1));
    }
    return kept;
  }

  best(forest: Table): ForestCriticalNodes {
    let best = -1;
    for (const states of forest) {
      for (const x of states) if (best < 0 || this.value[x] < this.value[best]) best = x;
    }
    if (best < 0) return UNKNOWN;
    const removed: number[] = [];
    const open = [best];
    for (let x = open.pop(); x !== undefined; x = open.pop()) {
      if (this.removedVertex[x] >= 0) removed.push(this.removedVertex[x]);
      if (this.left[x] >= 0) open.push(this.left[x], this.right[x]);
    }
    return { status: 'optimal', value: this.value[best], removed: Int32Array.from(removed).sort() };
  }
}

/** Parents (-1 at roots) and vertices from the roots down. */
function rootedOrder(graph: CsrGraph): { parent: Int32Array; order: Int32Array } {
  const { vertexCount: n, offsets, targets } = graph;
  const parent = new Int32Array(n).fill(-2);
  const order = new Int32Array(n);
  let tail = 0;
  for (let root = 0; root < n; root += 1) {
    if (parent[root] !== -2) continue;
    parent[root] = -1;
    order[tail++] = root;
    for (let head = tail - 1; head < tail; head += 1) {
      for (let a = offsets[order[head]]; a < offsets[order[head] + 1]; a += 1) {
        if (parent[targets[a]] !== -2) continue;
        parent[targets[a]] = order[head];
        order[tail++] = targets[a];
      }
    }
  }
  return { parent, order };
}
