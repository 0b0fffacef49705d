import { type Interrupt, neverInterrupt } from '../graph/interrupt';

/**
 * Maximum flow and minimum cut between two vertices.
 *
 * What: the most that can be sent from source to sink, and the cut of least capacity that stops it.
 * Formula: max flow = min cut (Ford, Fulkerson).
 * Preconditions: source != sink; capacities >= 0, finite, or Infinity for arcs that must not be cut.
 * Params: `FlowNetwork` = n, arcs from[i] -> to[i] with capacity[i] (any unit) and backward[i], the capacity against
 * the arc (0 when absent; equal to capacity for an undirected edge).
 * Returns: `value`; `onSourceSide[v]` = 1 for what the residual network still reaches from the source: of all minimum
 * cuts the one closest to the source, hence unique. Infinity when an unbounded path exists, and then no cut.
 * `enough` ends it once that much is sent, `interrupt` (polled after every few paths) whenever it says so: `isStopped` is then
 * true, `value` is only what was sent so far and the cut says nothing.
 * Complexity: O(n^2 m); O(m min(sqrt(m), n^(2/3))) with unit capacities. No recursion.
 * Exact for integer capacities up to 2^53.
 * Reference: Dinic, "Algorithm for solution of a problem of maximum flow in a network with power estimation", Soviet
 * Math. Doklady 11, 1970; Even, Tarjan, SIAM J. Comput. 4(4), 1975, doi:10.1137/0204043.
 * Example: maxFlow({ vertexCount: 2, from: [0], to: [1], capacity: [3] }, 0, 1).value === 3
 */
const PATHS_A_POLL = 16;

export interface FlowNetwork {
  readonly vertexCount: number;
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  readonly capacity: ArrayLike<number>;
  readonly backward?: ArrayLike<number>;
}

export interface MaxFlow {
  readonly value: number;
  readonly isStopped: boolean;
  readonly onSourceSide: Uint8Array;
}

export function maxFlow(
  network: FlowNetwork,
  source: number,
  sink: number,
  enough = Number.POSITIVE_INFINITY,
  interrupt: Interrupt = neverInterrupt,
): MaxFlow {
  const residual = residualNetwork(network);
  let value = 0;
  let paths = 0;
  let isStopped = interrupt();
  while (!isStopped && value < enough && levelsFrom(residual, source, sink)) {
    residual.cursor.set(residual.offsets.subarray(0, residual.vertexCount));
    for (;;) {
      const sent = augment(residual, source, sink);
      if (sent === 0) break;
      value += sent;
      if (value === Number.POSITIVE_INFINITY || value >= enough) break;
      paths += 1;
      if (paths % PATHS_A_POLL === 0 && interrupt()) break;
    }
    if (value === Number.POSITIVE_INFINITY) break;
    isStopped = value < enough && interrupt();
  }
  const onSourceSide = new Uint8Array(residual.vertexCount);
  levelsFrom(residual, source, -1);
  for (let v = 0; v < residual.vertexCount; v += 1) onSourceSide[v] = residual.level[v] >= 0 ? 1 : 0;
  return { value, isStopped, onSourceSide };
}

interface Residual {
  readonly vertexCount: number;
  readonly offsets: Int32Array;
  readonly head: Int32Array;
  readonly reverse: Int32Array;
  readonly left: Float64Array;
  readonly level: Int32Array;
  readonly cursor: Int32Array;
  readonly queue: Int32Array;
  readonly path: Int32Array;
}

function residualNetwork(network: FlowNetwork): Residual {
  const { vertexCount: n, from, to, capacity, backward } = network;
  const m = from.length;
  const offsets = new Int32Array(n + 1);
  for (let i = 0; i < m; i += 1) {
    offsets[from[i] + 1] += 1;
    offsets[to[i] + 1] += 1;
  }
  for (let v = 0; v < n; v += 1) offsets[v + 1] += offsets[v];
  const next = offsets.slice(0, n);
  const head = new Int32Array(2 * m);
  const reverse = new Int32Array(2 * m);
  const left = new Float64Array(2 * m);
  for (let i = 0; i < m; i += 1) {
    const a = next[from[i]]++;
    const b = next[to[i]]++;
    head[a] = to[i];
    head[b] = from[i];
    reverse[a] = b;
    reverse[b] = a;
    left[a] = capacity[i];
    left[b] = backward === undefined ? 0 : backward[i];
  }
  return {
    vertexCount: n,
    offsets,
    head,
    reverse,
    left,
    level: new Int32Array(n),
    cursor: new Int32Array(n),
    queue: new Int32Array(n),
    path: new Int32Array(n),
  };
}

/** Breadth-first levels over arcs with capacity left; true when the sink is reached. */
function levelsFrom(residual: Residual, source: number, sink: number): boolean {
  const { offsets, head, left, level, queue } = residual;
  level.fill(-1);
  level[source] = 0;
  queue[0] = source;
  let tail = 1;
  for (let at = 0; at < tail; at += 1) {
    const v = queue[at];
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
      const w = head[a];
      if (left[a] <= 0 || level[w] >= 0) continue;
      level[w] = level[v] + 1;
      if (w === sink) return true;
      queue[tail++] = w;
    }
  }
  return false;
}

/** Sends what fits along one path of the level graph; 0 when none is left. */
function augment(residual: Residual, source: number, sink: number): number {
  const { offsets, head, left, level, cursor, path, reverse } = residual;
  let depth = 0;
  let v = source;
  while (v !== sink) {
    const a = cursor[v];
    if (a < offsets[v + 1]) {
      if (left[a] > 0 && level[head[a]] === level[v] + 1) {
        path[depth++] = a;
        v = head[a];
      } else {
        cursor[v] += 1;
      }
    } else {
      if (depth === 0) return 0;
      level[v] = -1;
      depth -= 1;
      v = head[reverse[path[depth]]];
      cursor[v] += 1;
    }
  }
  let sent = Number.POSITIVE_INFINITY;
  for (let i = 0; i < depth; i += 1) if (left[path[i]] < sent) sent = left[path[i]];
  if (sent === Number.POSITIVE_INFINITY) return sent;
  for (let i = 0; i < depth; i += 1) {
    left[path[i]] -= sent;
    left[reverse[path[i]]] += sent;
  }
  return sent;
}
