/**
 * Compressed sparse row (CSR) graph: an immutable adjacency in typed arrays, built once, read by every kernel.
 *
 * What: vertices are 0..n-1; `targets[offsets[v]] .. targets[offsets[v+1]-1]` are the neighbours of v in ascending
 * order, parallel edges in order of their input index. Two counting sorts (LSD radix by target, then by source) build it.
 * Formula: undirected edge {u,v} is held as the arcs u->v and v->u; a loop {v,v} as two arcs v->v, so that
 * sum(degree) = 2m always holds. A directed edge is one arc in `targets` and one in `inTargets`.
 * Preconditions: 0 <= sources[i], targets[i] < vertexCount; both arrays have the same length.
 * Params: `vertexCount`; `sources`, `targets` (one entry per edge); `directed`; `simple` drops loops and keeps the
 * first of parallel edges (in a directed graph u->v and v->u are not parallel); `edgeIds` keeps, per arc, the input
 * index of its edge; `allocate` lets the caller place the arrays in shared memory.
 * Returns: CsrGraph. In an undirected graph the `in*` arrays are the same objects as the out arrays. Same edges in
 * another order give the same offsets and targets (edge ids name the input, so they move with it).
 * Complexity: O(n + m) time. Memory: 8 B an edge + 4 B a vertex undirected (16 B an edge with edge ids);
 * directed 8 B an edge + 8 B a vertex (16 B an edge with edge ids).
 * Exact.
 * Reference: Knuth, The Art of Computer Programming 3, section 5.2.5 (distribution sorting).
 * Example: csrGraph({ vertexCount: 3, sources: [0, 1], targets: [1, 2] }).targets -> [1, 0, 2, 1]
 */
export interface CsrGraph {
  readonly vertexCount: number;
  readonly edgeCount: number;
  readonly directed: boolean;
  /** n + 1 positions into `targets`. */
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  readonly inOffsets: Int32Array;
  readonly inTargets: Int32Array;
  /** Input index of the edge behind each arc of `targets`, when asked for. */
  readonly edgeIds: Int32Array | null;
  readonly inEdgeIds: Int32Array | null;
}

export interface EdgeArrays {
  readonly vertexCount: number;
  readonly sources: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
}

export interface CsrOptions {
  readonly directed?: boolean;
  readonly simple?: boolean;
  readonly edgeIds?: boolean;
  readonly allocate?: (length: number) => Int32Array;
}

interface Adjacency {
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  readonly edgeIds: Int32Array | null;
}

const ownMemory = (length: number): Int32Array => new Int32Array(length);

export function csrGraph(edges: EdgeArrays, options: CsrOptions = {}): CsrGraph {
  const allocate = options.allocate ?? ownMemory;
  const directed = options.directed ?? false;
  const sources = asInt32(edges.sources);
  const targets = asInt32(edges.targets);
  const simple = options.simple ?? false;
  const bare = { n: edges.vertexCount, withIds: (options.edgeIds ?? false) || simple, allocate };
  const unsorted = directed ? bucketByTarget(bare, sources, targets) : bucketBothWays(bare, sources, targets);
  let out = transpose(bare, unsorted);
  if (simple) out = withoutLoopsAndParallels(bare, out, options.edgeIds ?? false);
  const arcs = out.targets.length;
  const into = directed ? transpose({ ...bare, withIds: out.edgeIds !== null }, out) : out;
  return {
    vertexCount: edges.vertexCount,
    edgeCount: directed ? arcs : arcs / 2,
    directed,
    offsets: out.offsets,
    targets: out.targets,
    inOffsets: into.offsets,
    inTargets: into.targets,
    edgeIds: out.edgeIds,
    inEdgeIds: into.edgeIds,
  };
}

function asInt32(values: ArrayLike<number>): Int32Array {
  return values instanceof Int32Array ? values : new Int32Array(values);
}

interface Build {
  readonly n: number;
  readonly withIds: boolean;
  readonly allocate: (length: number) => Int32Array;
}

/** Turns counts at [v + 1] into start positions; the scatter that follows moves a copy of them. */
function startsOf(counts: Int32Array): Int32Array {
  for (let v = 1; v < counts.length; v += 1) counts[v] += counts[v - 1];
  return counts.slice(0, counts.length - 1);
}

function bucketBothWays(build: Build, sources: Int32Array, targets: Int32Array): Adjacency {
  const m = sources.length;
  const offsets = build.allocate(build.n + 1);
  for (let i = 0; i < m; i += 1) {
    offsets[sources[i] + 1] += 1;
    offsets[targets[i] + 1] += 1;
  }
  const next = startsOf(offsets);
  const arcs = build.allocate(2 * m);
  const ids = build.withIds ? build.allocate(2 * m) : null;
  for (let i = 0; i < m; i += 1) {
    const s = sources[i];
    const t = targets[i];
    const a = next[s]++;
    arcs[a] = t;
    const b = next[t]++;
    arcs[b] = s;
    if (ids !== null) {
      ids[a] = i;
      ids[b] = i;
    }
  }
  return { offsets, targets: arcs, edgeIds: ids };
}

/** In-lists of a directed graph, so that one transposition gives sorted out-lists. */
function bucketByTarget(build: Build, sources: Int32Array, targets: Int32Array): Adjacency {
  const m = sources.length;
  const offsets = build.allocate(build.n + 1);
  for (let i = 0; i < m; i += 1) offsets[targets[i] + 1] += 1;
  const next = startsOf(offsets);
  const arcs = build.allocate(m);
  const ids = build.withIds ? build.allocate(m) : null;
  for (let i = 0; i < m; i += 1) {
    const a = next[targets[i]]++;
    arcs[a] = sources[i];
    if (ids !== null) ids[a] = i;
  }
  return { offsets, targets: arcs, edgeIds: ids };
}

/** Reverses every arc; walking sources in order leaves each list sorted. */
function transpose(build: Build, from: Adjacency): Adjacency {
  const { n } = build;
  const arcs = from.targets.length;
  const offsets = build.allocate(n + 1);
  for (let a = 0; a < arcs; a += 1) offsets[from.targets[a] + 1] += 1;
  const next = startsOf(offsets);
  const targets = build.allocate(arcs);
  const ids = build.withIds && from.edgeIds !== null ? build.allocate(arcs) : null;
  for (let u = 0; u < n; u += 1) {
    for (let a = from.offsets[u]; a < from.offsets[u + 1]; a += 1) {
      const b = next[from.targets[a]]++;
      targets[b] = u;
      if (ids !== null) ids[b] = (from.edgeIds as Int32Array)[a];
    }
  }
  return { offsets, targets, edgeIds: ids };
}

function withoutLoopsAndParallels(build: Build, from: Adjacency, keepIds: boolean): Adjacency {
  const offsets = build.allocate(build.n + 1);
  let kept = 0;
  const keep = (v: number, a: number): boolean =>
    from.targets[a] !== v && (a === from.offsets[v] || from.targets[a] !== from.targets[a - 1]);
  for (let v = 0; v < build.n; v += 1) {
    for (let a = from.offsets[v]; a < from.offsets[v + 1]; a += 1) if (keep(v, a)) kept += 1;
    offsets[v + 1] = kept;
  }
  const targets = build.allocate(kept);
  const edgeIds = keepIds ? build.allocate(kept) : null;
  let at = 0;
  for (let v = 0; v < build.n; v += 1) {
    for (let a = from.offsets[v]; a < from.offsets[v + 1]; a += 1) {
      if (!keep(v, a)) continue;
      targets[at] = from.targets[a];
      if (edgeIds !== null) edgeIds[at] = (from.edgeIds as Int32Array)[a];
      at += 1;
    }
  }
  return { offsets, targets, edgeIds };
}

/** Bytes held by the arrays of a graph, each counted once. */
export function csrByteLength(graph: CsrGraph): number {
  const arrays = new Set([
    graph.offsets,
    graph.targets,
    graph.inOffsets,
    graph.inTargets,
    graph.edgeIds,
    graph.inEdgeIds,
  ]);
  let bytes = 0;
  for (const array of arrays) bytes += array?.byteLength ?? 0;
  return bytes;
}

/** Number of arcs leaving v: its degree, or out-degree in a directed graph; an undirected loop counts twice. */
export function degreeOf(graph: CsrGraph, v: number): number {
  return graph.offsets[v + 1] - graph.offsets[v];
}

/** The edges as arrays, undirected ones with source <= target, in ascending order; parallel edges and loops kept. */
export function edgeArraysOf(graph: CsrGraph): {
  vertexCount: number;
  sources: Int32Array;
  targets: Int32Array;
} {
  const sources = new Int32Array(graph.edgeCount);
  const targets = new Int32Array(graph.edgeCount);
  let at = 0;
  for (let v = 0; v < graph.vertexCount; v += 1) {
    let loops = 0;
    for (let a = graph.offsets[v]; a < graph.offsets[v + 1]; a += 1) {
      const w = graph.targets[a];
      if (w === v) loops += 1;
      if (!graph.directed && (w < v || (w === v && loops % 2 === 0))) continue;
      sources[at] = v;
      targets[at] = w;
      at += 1;
    }
  }
  return { vertexCount: graph.vertexCount, sources, targets };
}

/** The same graph as a simple undirected one: directions, loops and parallel edges gone. Itself when it is one. */
export function simpleUndirected(graph: CsrGraph): CsrGraph {
  if (!graph.directed && isSimple(graph)) return graph;
  return csrGraph(edgeArraysOf(graph), { simple: true });
}

function isSimple(graph: CsrGraph): boolean {
  for (let v = 0; v < graph.vertexCount; v += 1) {
    for (let a = graph.offsets[v]; a < graph.offsets[v + 1]; a += 1) {
      if (graph.targets[a] === v) return false;
      if (a > graph.offsets[v] && graph.targets[a] === graph.targets[a - 1]) return false;
    }
  }
  return true;
}
