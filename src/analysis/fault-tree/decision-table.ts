/**
 * Storage of decision diagrams: reduced ordered nodes with a unique table, and a lossy computed cache, in typed arrays.
 *
 * What: node i is [level, high, low, next in bucket] in one Int32Array; 0 and 1 are the terminals. Children are made
 *   before their parents, so a loop over ascending indices is a bottom-up pass and needs no recursion.
 * Preconditions: fewer than 2^28 nodes; levels ascend from the root to the leaves.
 * Complexity: find-or-make and cache access O(1) expected; memory 24 bytes a node and 16 a cache entry.
 * Exact: the cache may forget, never lie.
 * Reference: K. Brace, R. Rudell, R. Bryant, "Efficient Implementation of a BDD Package", doi:10.1145/123186.123222.
 * Example: findOrMake(3, 1, 0) twice returns the same node.
 */
const { imul } = Math;

/** Raised inside the engine when nodes, memory or time run out; never leaves it. */
export class WorkLimit extends Error {
  constructor(readonly reason: 'nodes' | 'time') {
    super(reason);
  }
}

/** Shared by all tables of one run: how much may still be made, and whether time is up. */
export interface WorkBudget {
  /** Nodes one table may hold. */
  readonly maxNodes: number;
  readonly isOver: () => boolean;
}

export const TERMINAL_LEVEL = 0x7fffffff;
const FIRST_CAPACITY = 1 << 12;
const MAX_CACHE = 1 << 22;
const CHECK_EVERY = 1 << 16;

export class DecisionTable {
  /** Four cells a node: level, high, low, next node of the bucket. */
  cells: Int32Array;
  /** Nodes in use, terminals included. */
  size = 2;
  private buckets: Int32Array;
  private bucketMask: number;
  /** Four cells an entry: first key, second key, operation, result. */
  protected cache: Int32Array;
  protected cacheMask: number;
  private checkAt: number;

  /** @param variables levels in use: tables of few start small */
  constructor(
    public budget: WorkBudget,
    variables = FIRST_CAPACITY,
  ) {
    const capacity = Math.min(FIRST_CAPACITY, Math.max(16, 2 ** Math.ceil(Math.log2(4 * variables + 2))));
    this.cells = new Int32Array(capacity * 4);
    this.buckets = new Int32Array(capacity);
    this.bucketMask = capacity - 1;
    this.cache = new Int32Array(capacity * 4);
    this.cacheMask = capacity - 1;
    this.checkAt = Math.min(CHECK_EVERY, budget.maxNodes);
    this.cells[0] = TERMINAL_LEVEL;
    this.cells[4] = TERMINAL_LEVEL;
  }

  /** The node (level, high, low), made if there is none. The caller has applied the reduction rule. */
  protected findOrMake(level: number, high: number, low: number): number {
    let bucket = (imul(high, 0x9e3779b1) ^ imul(low, 0x85ebca6b) ^ imul(level, 0xc2b2ae35)) >>> 0;
    bucket = (bucket ^ (bucket >>> 15)) & this.bucketMask;
    const cells = this.cells;
    for (let node = this.buckets[bucket]; node !== 0; node = cells[node * 4 + 3]) {
      const at = node * 4;
      if (cells[at + 1] === high && cells[at + 2] === low && cells[at] === level) return node;
    }
    const node = this.size;
    const at = node * 4;
    if (at === cells.length) {
      this.grow();
      return this.findOrMake(level, high, low);
    }
    cells[at] = level;
    cells[at + 1] = high;
    cells[at + 2] = low;
    cells[at + 3] = this.buckets[bucket];
    this.buckets[bucket] = node;
    this.size = node + 1;
    if (node >= this.checkAt) this.checkLimits();
    return node;
  }

  /** Keeps what the roots need, renumbered in the same order; returns the new index of every old node. */
  collect(roots: Iterable<number>): Int32Array {
    const { cells, size } = this;
    const renumbered = new Int32Array(size);
    renumbered[0] = 1;
    renumbered[1] = 1;
    for (const root of roots) renumbered[root] = 1;
    for (let node = size - 1; node > 1; node -= 1) {
      if (renumbered[node] === 0) continue;
      renumbered[cells[node * 4 + 1]] = 1;
      renumbered[cells[node * 4 + 2]] = 1;
    }
    renumbered[0] = 0;
    let kept = 2;
    for (let node = 2; node < size; node += 1) {
      if (renumbered[node] === 0) continue;
      cells[kept * 4] = cells[node * 4];
      cells[kept * 4 + 1] = renumbered[cells[node * 4 + 1]];
      cells[kept * 4 + 2] = renumbered[cells[node * 4 + 2]];
      renumbered[node] = kept;
      kept += 1;
    }
    this.size = kept;
    this.checkAt = Math.min(kept + CHECK_EVERY, Math.max(this.budget.maxNodes, kept + 1));
    this.rebuildBuckets();
    this.renumberCache(renumbered);
    return renumbered;
  }

  /** Whether the second key of an operation is a node of this table. */
  protected hasOwnSecond(_operation: number): boolean {
    return true;
  }

  /** Keeps the entries whose nodes were all kept. Those already moved carry a negative operation until the end. */
  private renumberCache(renumbered: Int32Array): void {
    const { cache } = this;
    for (let at = 0; at < cache.length; at += 4) {
      const operation = cache[at + 2];
      if (operation <= 0) continue;
      cache[at + 2] = 0;
      const isOwn = this.hasOwnSecond(operation);
      const first = renumbered[cache[at]];
      const second = isOwn ? renumbered[cache[at + 1]] : cache[at + 1];
      const result = renumbered[cache[at + 3]];
      const isKept =
        (first > 0 || cache[at] === 0) &&
        (!isOwn || second > 0 || cache[at + 1] === 0) &&
        (result > 0 || cache[at + 3] === 0);
      if (!isKept) continue;
      const slot = this.cacheSlot(first, second, operation);
      cache[slot] = first;
      cache[slot + 1] = second;
      cache[slot + 2] = -operation;
      cache[slot + 3] = result;
    }
    for (let at = 2; at < cache.length; at += 4) if (cache[at] < 0) cache[at] = -cache[at];
  }

  /** Index of the first cell of the entry for (first, second, operation); the caller compares the keys. */
  protected cacheSlot(first: number, second: number, operation: number): number {
    let hash = (imul(first, 0x9e3779b1) ^ imul(second, 0x85ebca6b)) >>> 0;
    hash = (hash ^ (hash >>> 16) ^ (operation * 0x5bd1)) & this.cacheMask;
    return hash * 4;
  }

  private checkLimits(): void {
    this.checkAt = Math.min(this.size + CHECK_EVERY, Math.max(this.budget.maxNodes, this.size + 1));
    if (this.size >= this.budget.maxNodes) throw new WorkLimit('nodes');
    if (this.budget.isOver()) throw new WorkLimit('time');
  }

  private grow(): void {
    if (this.size >= this.budget.maxNodes) throw new WorkLimit('nodes');
    const wider = new Int32Array(this.cells.length * 2);
    wider.set(this.cells);
    this.cells = wider;
    this.buckets = new Int32Array(wider.length / 4);
    this.bucketMask = this.buckets.length - 1;
    this.rebuildBuckets();
    if (this.cacheMask + 1 < MAX_CACHE) this.growCache();
  }

  private rebuildBuckets(): void {
    const { cells, buckets, bucketMask } = this;
    buckets.fill(0);
    for (let at = 8; at < this.size * 4; at += 4) {
      let bucket =
        (imul(cells[at + 1], 0x9e3779b1) ^ imul(cells[at + 2], 0x85ebca6b) ^ imul(cells[at], 0xc2b2ae35)) >>>
        0;
      bucket = (bucket ^ (bucket >>> 15)) & bucketMask;
      cells[at + 3] = buckets[bucket];
      buckets[bucket] = at >> 2;
    }
  }

  private growCache(): void {
    const old = this.cache;
    this.cache = new Int32Array(old.length * 2);
    this.cacheMask = this.cache.length / 4 - 1;
    for (let at = 0; at < old.length; at += 4) {
      if (old[at + 2] === 0) continue;
      const slot = this.cacheSlot(old[at], old[at + 1], old[at + 2]);
      this.cache[slot] = old[at];
      this.cache[slot + 1] = old[at + 1];
      this.cache[slot + 2] = old[at + 2];
      this.cache[slot + 3] = old[at + 3];
    }
  }
}
