import fc from 'fast-check';
import { type CsrGraph, type CsrOptions, csrGraph } from '../../src/analysis/graph/csr-graph';

/** A graph as a list of pairs, for tests that must not trust the structure under test. */
export interface PairGraph {
  readonly n: number;
  readonly pairs: readonly (readonly [number, number])[];
}

export function fromPairs({ n, pairs }: PairGraph, options: CsrOptions = {}): CsrGraph {
  return csrGraph(
    { vertexCount: n, sources: pairs.map(([s]) => s), targets: pairs.map(([, t]) => t) },
    options,
  );
}

export const path = (n: number): PairGraph => ({
  n,
  pairs: Array.from({ length: Math.max(0, n - 1) }, (_, i) => [i, i + 1] as const),
});

export const cycle = (n: number): PairGraph => ({
  n,
  pairs: Array.from({ length: n }, (_, i) => [i, (i + 1) % n] as const),
});

export const complete = (n: number): PairGraph => ({
  n,
  pairs: Array.from({ length: n }, (_, i) => i).flatMap((i) =>
    Array.from({ length: i }, (_, j) => [j, i] as const),
  ),
});

/** Any multigraph: loops and parallel edges included unless `simple`. */
export function anyGraph(maxN: number, maxM: number, simple = false): fc.Arbitrary<PairGraph> {
  return fc
    .integer({ min: 1, max: maxN })
    .chain((n) =>
      fc
        .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: maxM })
        .map((pairs) => ({ n, pairs: simple ? simplePairs(pairs) : pairs })),
    );
}

export function anyForest(maxN: number): fc.Arbitrary<PairGraph> {
  return fc.array(fc.tuple(fc.nat(1000), fc.boolean()), { minLength: 1, maxLength: maxN }).map((choices) => ({
    n: choices.length,
    pairs: choices.flatMap(([p, linked], v) => (v > 0 && linked ? [[p % v, v] as const] : [])),
  }));
}

function simplePairs(pairs: readonly [number, number][]): [number, number][] {
  const seen = new Map<string, [number, number]>();
  for (const [s, t] of pairs) {
    if (s !== t) seen.set(`${Math.min(s, t)} ${Math.max(s, t)}`, [Math.min(s, t), Math.max(s, t)]);
  }
  return [...seen.values()];
}

/** Neighbour lists straight from the pairs. */
export function neighboursOf({ n, pairs }: PairGraph, directed = false): number[][] {
  const lists: number[][] = Array.from({ length: n }, () => []);
  for (const [s, t] of pairs) {
    lists[s].push(t);
    if (!directed) lists[t].push(s);
  }
  return lists;
}

/** Component sizes after leaving out some vertices, by plain search. */
export function componentSizes(graph: PairGraph, removed: ReadonlySet<number> = new Set()): number[] {
  const lists = neighboursOf(graph);
  const seen = new Set<number>(removed);
  const sizes: number[] = [];
  for (let root = 0; root < graph.n; root += 1) {
    if (seen.has(root)) continue;
    const queue = [root];
    seen.add(root);
    for (const v of queue) {
      for (const w of lists[v]) {
        if (seen.has(w)) continue;
        seen.add(w);
        queue.push(w);
      }
    }
    sizes.push(queue.length);
  }
  return sizes;
}

export function pairwiseAfter(graph: PairGraph, removed: ReadonlySet<number>): number {
  return componentSizes(graph, removed).reduce((sum, s) => sum + (s * (s - 1)) / 2, 0);
}

/** Shortest distances from a vertex, -1 when out of reach. */
export function distancesFrom(graph: PairGraph, source: number, directed = false): number[] {
  const lists = neighboursOf(graph, directed);
  const distance = new Array<number>(graph.n).fill(-1);
  distance[source] = 0;
  const queue = [source];
  for (const v of queue) {
    for (const w of lists[v]) {
      if (distance[w] >= 0) continue;
      distance[w] = distance[v] + 1;
      queue.push(w);
    }
  }
  return distance;
}

/** Every subset of 0..n-1 of exactly k members. */
export function* subsetsOf(n: number, k: number, from = 0): Generator<number[]> {
  if (k === 0) yield [];
  else
    for (let v = from; v <= n - k; v += 1) {
      for (const rest of subsetsOf(n, k - 1, v + 1)) yield [v, ...rest];
    }
}

export function anyPermutation(n: number): fc.Arbitrary<number[]> {
  return fc.shuffledSubarray(
    Array.from({ length: n }, (_, i) => i),
    { minLength: n, maxLength: n },
  );
}

export const relabelled = ({ n, pairs }: PairGraph, to: readonly number[]): PairGraph => ({
  n,
  pairs: pairs.map(([s, t]) => [to[s], to[t]] as const),
});
