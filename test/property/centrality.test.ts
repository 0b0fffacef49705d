import fc from 'fast-check';
import { approxBetweenness } from '../../src/analysis/centrality/approx-betweenness';
import { betweenness } from '../../src/analysis/centrality/betweenness';
import { closeness } from '../../src/analysis/centrality/closeness';
import { degreeCentrality } from '../../src/analysis/centrality/degree';
import { kCore } from '../../src/analysis/centrality/k-core';
import { pageRank } from '../../src/analysis/centrality/page-rank';
import { randomSource } from '../../src/analysis/graph/random-source';
import {
  anyGraph,
  anyPermutation,
  cycle,
  distancesFrom,
  fromPairs,
  neighboursOf,
  type PairGraph,
  path,
  relabelled,
} from '../support/small-graphs';

const all = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Number of shortest paths s -> t by recursion over neighbours one step closer. */
function pathCounts(g: PairGraph, s: number, directed: boolean): number[] {
  const distance = distancesFrom(g, s, directed);
  const lists = neighboursOf(g, directed);
  const count = new Array<number>(g.n).fill(0);
  count[s] = 1;
  for (const v of all(g.n).sort((a, b) => distance[a] - distance[b])) {
    if (distance[v] < 0) continue;
    for (const w of lists[v]) if (distance[w] === distance[v] + 1) count[w] += count[v];
  }
  return count;
}

function betweennessByPairs(g: PairGraph, directed: boolean): number[] {
  const distance = all(g.n).map((s) => distancesFrom(g, s, directed));
  const counts = all(g.n).map((s) => pathCounts(g, s, directed));
  return all(g.n).map((v) => {
    let sum = 0;
    for (const s of all(g.n)) {
      for (const t of all(g.n)) {
        if (s === t || s === v || t === v || distance[s][t] < 0 || distance[s][v] < 0) continue;
        if (distance[v][t] < 0 || distance[s][v] + distance[v][t] !== distance[s][t]) continue;
        sum += (counts[s][v] * counts[v][t]) / counts[s][t];
      }
    }
    return directed ? sum : sum / 2;
  });
}

function coreByPeeling(g: PairGraph): number[] {
  const core = new Array<number>(g.n).fill(0);
  for (let k = 1; ; k += 1) {
    let kept = new Set(all(g.n));
    for (;;) {
      const degree = neighboursOf({
        n: g.n,
        pairs: g.pairs.filter(([s, t]) => kept.has(s) && kept.has(t)),
      }).map((list) => list.length);
      const next = new Set([...kept].filter((v) => degree[v] >= k));
      if (next.size === kept.size) break;
      kept = next;
    }
    if (kept.size === 0) return core;
    for (const v of kept) core[v] = k;
  }
}

const expectClose = (got: ArrayLike<number>, expected: ArrayLike<number>, digits: number): void => {
  expect(got.length).toBe(expected.length);
  for (let i = 0; i < got.length; i += 1) expect(got[i]).toBeCloseTo(expected[i], digits);
};

describe('centrality equals its definition', () => {
  it('betweenness', () => {
    fc.assert(
      fc.property(anyGraph(9, 20), fc.boolean(), (g, directed) => {
        expectClose(betweenness(fromPairs(g, { directed })).values, betweennessByPairs(g, directed), 9);
      }),
      { numRuns: 200 },
    );
  });

  it('closeness and harmonic', () => {
    fc.assert(
      fc.property(anyGraph(9, 20), fc.boolean(), (g, directed) => {
        const found = closeness(fromPairs(g, { directed }));
        for (const v of all(g.n)) {
          const distances = distancesFrom(g, v, directed).filter((d) => d > 0);
          const sum = distances.reduce((a, b) => a + b, 0);
          expect(found.reached[v]).toBe(distances.length);
          expect(found.closeness[v]).toBeCloseTo(sum === 0 ? 0 : distances.length / sum, 12);
          expect(found.harmonic[v]).toBeCloseTo(
            distances.reduce((a, d) => a + 1 / d, 0),
            12,
          );
        }
      }),
    );
  });

  it('PageRank is the fixed point of its equation and sums to 1', () => {
    fc.assert(
      fc.property(
        anyGraph(9, 20),
        fc.boolean(),
        fc.double({ min: 0, max: 0.95, noNaN: true }),
        (g, directed, d) => {
          const found = pageRank(fromPairs(g, { directed }), { damping: d });
          expect(found.status).toBe('feasible');
          const lists = neighboursOf(g, directed);
          const next = new Array<number>(g.n).fill((1 - d) / g.n);
          lists.forEach((list, v) => {
            const goals = list.length === 0 ? all(g.n) : list;
            for (const w of goals) next[w] += (d * found.values[v]) / goals.length;
          });
          expectClose(found.values, next, 9);
          expect(found.values.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('core numbers', () => {
    fc.assert(
      fc.property(anyGraph(9, 25), (g) => {
        const { coreOf, order } = kCore(fromPairs(g));
        expect([...coreOf]).toEqual(coreByPeeling(g));
        expect([...order].sort((a, b) => a - b)).toEqual(all(g.n));
      }),
      { numRuns: 200 },
    );
  });

  it('degree counts edge ends', () => {
    fc.assert(
      fc.property(anyGraph(9, 20), fc.boolean(), (g, directed) => {
        expect([...degreeCentrality(fromPairs(g, { directed }))]).toEqual(
          neighboursOf(g).map((list) => list.length),
        );
      }),
    );
  });
});

describe('laws of centrality', () => {
  it('a relabelled graph has relabelled values', () => {
    const graphAndNames = anyGraph(9, 20).chain((g) => fc.tuple(fc.constant(g), anyPermutation(g.n)));
    fc.assert(
      fc.property(graphAndNames, ([g, to]) => {
        const a = fromPairs(g);
        const b = fromPairs(relabelled(g, to));
        const moved = (values: ArrayLike<number>): number[] => to.map((w) => values[w]);
        expectClose(moved(betweenness(b).values), betweenness(a).values, 9);
        expectClose(moved(pageRank(b).values), pageRank(a).values, 8);
        expectClose(moved(closeness(b).harmonic), closeness(a).harmonic, 9);
        expect(moved(kCore(b).coreOf)).toEqual([...kCore(a).coreOf]);
      }),
    );
  });

  it('sampling every source is exact, and the mean over all single sources is unbiased', () => {
    fc.assert(
      fc.property(anyGraph(9, 20), fc.nat(), (g, seed) => {
        const graph = fromPairs(g);
        const exact = betweenness(graph).values;
        const sampled = approxBetweenness(graph, { samples: g.n, random: randomSource(seed) });
        expectClose(sampled.values, exact, 9);
        const mean = new Array<number>(g.n).fill(0);
        for (const s of all(g.n)) {
          const one = betweenness(graph, { sources: [s], scale: g.n }).values;
          for (const v of all(g.n)) mean[v] += one[v] / g.n;
        }
        expectClose(mean, exact, 9);
        const again = approxBetweenness(graph, { samples: 3, random: randomSource(seed) });
        expect(approxBetweenness(graph, { samples: 3, random: randomSource(seed) })).toEqual(again);
      }),
    );
  });

  it('takes the examples of the headers', () => {
    expect([...betweenness(fromPairs(path(3))).values]).toEqual([0, 1, 0]);
    expect([...degreeCentrality(fromPairs(path(3)))]).toEqual([1, 2, 1]);
    expect([...closeness(fromPairs(path(3))).harmonic]).toEqual([1.5, 2, 1.5]);
    expectClose(closeness(fromPairs(path(3))).closeness, [2 / 3, 1, 2 / 3], 15);
    expectClose(pageRank(fromPairs(cycle(5))).values, new Array<number>(5).fill(0.2), 12);
    const triangleWithTail: PairGraph = {
      n: 4,
      pairs: [
        [0, 1],
        [1, 2],
        [2, 0],
        [2, 3],
      ],
    };
    expect([...kCore(fromPairs(triangleWithTail)).coreOf]).toEqual([2, 2, 2, 1]);
  });

  it('stops between sources when interrupted and says so', () => {
    const graph = fromPairs(path(5));
    let polls = 0;
    const afterTwo = (): boolean => {
      polls += 1;
      return polls > 2;
    };
    expect(betweenness(graph, { interrupt: afterTwo })).toMatchObject({ status: 'stopped', sourcesDone: 2 });
    expect(closeness(graph, { interrupt: () => true })).toMatchObject({ status: 'stopped', done: 0 });
    expect(pageRank(graph, { interrupt: () => true }).status).toBe('stopped');
  });
});
