import fc from 'fast-check';
import { biconnectedComponents } from '../../src/analysis/connectivity/biconnected-components';
import { connectedComponents } from '../../src/analysis/connectivity/connected-components';
import { immediateDominators } from '../../src/analysis/connectivity/dominators';
import { leiden } from '../../src/analysis/connectivity/leiden';
import { separatedPairs } from '../../src/analysis/connectivity/separated-pairs';
import { stronglyConnectedComponents } from '../../src/analysis/connectivity/strongly-connected-components';
import { randomSource } from '../../src/analysis/graph/random-source';
import {
  anyGraph,
  componentSizes,
  distancesFrom,
  fromPairs,
  neighboursOf,
  type PairGraph,
} from '../support/small-graphs';

const without = (graph: PairGraph, edge: number): PairGraph => ({
  n: graph.n,
  pairs: graph.pairs.filter((_, i) => i !== edge),
});

/** Blocks as edge classes: two edges are together when no single vertex separates them. Brute force by removal. */
function blocksByRemoval(graph: PairGraph): string[] {
  const edges = [
    ...new Map(
      graph.pairs
        .filter(([s, t]) => s !== t)
        .map(([s, t]) => [Math.min(s, t), Math.max(s, t)] as const)
        .map((e) => [e.join(), e]),
    ).values(),
  ];
  const classOf = edges.map((_, i) => i);
  const together = (e: readonly [number, number], f: readonly [number, number]): boolean => {
    for (let x = 0; x < graph.n; x += 1) {
      const kept = { n: graph.n, pairs: graph.pairs.filter(([s, t]) => s !== x && t !== x) };
      const a = e[0] === x ? e[1] : e[0];
      const b = f[0] === x ? f[1] : f[0];
      if (distancesFrom(kept, a)[b] < 0) return false;
    }
    return true;
  };
  for (let i = 0; i < edges.length; i += 1) {
    for (let j = 0; j < i; j += 1) if (together(edges[i], edges[j])) classOf[i] = classOf[j];
  }
  return [...new Set(classOf)]
    .map((c) => [...new Set(edges.filter((_, i) => classOf[i] === c).flat())].sort((a, b) => a - b).join())
    .sort();
}

describe('connectivity equals brute force', () => {
  it('components', () => {
    fc.assert(
      fc.property(anyGraph(12, 20), (g) => {
        const { componentOf, sizes, count } = connectedComponents(fromPairs(g));
        expect([...sizes]).toEqual(componentSizes(g));
        expect(count).toBe(sizes.length);
        for (const [s, t] of g.pairs) expect(componentOf[s]).toBe(componentOf[t]);
        expect([...connectedComponents(fromPairs(g, { directed: true })).componentOf]).toEqual([
          ...componentOf,
        ]);
      }),
    );
  });

  it('strongly connected components', () => {
    fc.assert(
      fc.property(anyGraph(10, 25), (g) => {
        const { componentOf, sizes } = stronglyConnectedComponents(fromPairs(g, { directed: true }));
        const reach = Array.from({ length: g.n }, (_, v) => distancesFrom(g, v, true));
        for (let u = 0; u < g.n; u += 1) {
          for (let v = 0; v < g.n; v += 1) {
            expect(componentOf[u] === componentOf[v]).toBe(reach[u][v] >= 0 && reach[v][u] >= 0);
          }
        }
        expect(sizes.reduce((a, b) => a + b, 0)).toBe(g.n);
        const firsts = [...componentOf].map((c) => componentOf.indexOf(c));
        expect([...componentOf]).toEqual(
          firsts.map((f) => [...new Set(firsts)].sort((a, b) => a - b).indexOf(f)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('pairs separated by a vertex', () => {
    fc.assert(
      fc.property(anyGraph(10, 14), (g) => {
        const counts = separatedPairs(fromPairs(g));
        const { articulationPoints } = biconnectedComponents(fromPairs(g));
        expect([...counts.keys()].filter((v) => counts[v] > 0)).toEqual([...articulationPoints]);
        const pairs = (graph: PairGraph, v: number): number => {
          let count = 0;
          for (let s = 0; s < g.n; s += 1) {
            const distance = distancesFrom(graph, s);
            for (let t = 0; t < s; t += 1) if (s !== v && t !== v && distance[t] >= 0) count += 1;
          }
          return count;
        };
        for (let v = 0; v < g.n; v += 1) {
          const left = { n: g.n, pairs: g.pairs.filter(([s, t]) => s !== v && t !== v) };
          expect(counts[v]).toBe(pairs(g, v) - pairs(left, v));
        }
      }),
      { numRuns: 300 },
    );
    expect([
      ...separatedPairs(
        fromPairs({
          n: 3,
          pairs: [
            [0, 1],
            [1, 2],
          ],
        }),
      ),
    ]).toEqual([0, 1, 0]);
    expect([...separatedPairs(fromPairs({ n: 0, pairs: [] }))]).toEqual([]);
  });

  it('articulation points, bridges and blocks', () => {
    fc.assert(
      fc.property(anyGraph(9, 14), (g) => {
        const found = biconnectedComponents(fromPairs(g));
        const count = componentSizes(g).length;
        const cutVertices = Array.from({ length: g.n }, (_, v) => v).filter(
          (v) => componentSizes(g, new Set([v])).length > count,
        );
        expect([...found.articulationPoints]).toEqual(cutVertices);
        const bridges = g.pairs
          .filter((_, i) => componentSizes(without(g, i)).length > count)
          .map(([s, t]) => [Math.min(s, t), Math.max(s, t)])
          .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        expect([...found.bridges]).toEqual(bridges.flat());
        const blocks = Array.from({ length: found.blockCount }, (_, b) =>
          [...found.blockVertices.slice(found.blockOffsets[b], found.blockOffsets[b + 1])]
            .sort((x, y) => x - y)
            .join(),
        );
        expect(blocks.sort()).toEqual(blocksByRemoval(g));
      }),
      { numRuns: 300 },
    );
  });

  it('immediate dominators', () => {
    fc.assert(
      fc.property(anyGraph(9, 20), fc.nat(8), (g, r) => {
        const root = r % g.n;
        const idom = immediateDominators(fromPairs(g, { directed: true }), root);
        const reached = distancesFrom(g, root, true);
        const dominates = (d: number, v: number): boolean => {
          if (d === v || d === root) return true;
          const kept = { n: g.n, pairs: g.pairs.filter(([s, t]) => s !== d && t !== d) };
          return distancesFrom(kept, root, true)[v] < 0;
        };
        for (let v = 0; v < g.n; v += 1) {
          if (reached[v] < 0) expect(idom[v]).toBe(-1);
          else if (v === root) expect(idom[v]).toBe(root);
          else {
            const strict = Array.from({ length: g.n }, (_, d) => d).filter(
              (d) => d !== v && reached[d] >= 0 && dominates(d, v),
            );
            expect(strict.every((d) => dominates(d, idom[v]))).toBe(true);
            expect(strict).toContain(idom[v]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('Leiden communities', () => {
  const modularityOf = (g: PairGraph, classOf: ArrayLike<number>): number => {
    const m = g.pairs.length;
    if (m === 0) return 0;
    const degree = neighboursOf(g).map((list) => list.length);
    let q = 0;
    for (const [s, t] of g.pairs) if (classOf[s] === classOf[t]) q += 1 / m;
    for (let u = 0; u < g.n; u += 1) {
      for (let v = 0; v < g.n; v += 1) {
        if (classOf[u] === classOf[v]) q -= (degree[u] * degree[v]) / (4 * m * m);
      }
    }
    return q;
  };

  it('are connected, reported with their modularity, never worse than singletons, and fixed by the seed', () => {
    fc.assert(
      fc.property(anyGraph(12, 30), fc.nat(), (g, seed) => {
        const graph = fromPairs(g);
        const found = leiden(graph, { random: randomSource(seed) });
        expect(found.modularity).toBeCloseTo(modularityOf(g, found.communityOf), 10);
        const singletons = Array.from({ length: g.n }, (_, v) => v);
        expect(found.modularity).toBeGreaterThanOrEqual(modularityOf(g, singletons) - 1e-12);
        for (let c = 0; c < found.count; c += 1) {
          const others = new Set(singletons.filter((v) => found.communityOf[v] !== c));
          expect(componentSizes(g, others)).toHaveLength(1);
        }
        expect(leiden(graph, { random: randomSource(seed) })).toEqual(found);
      }),
      { numRuns: 300 },
    );
  });

  it('separates two triangles joined by one edge', () => {
    const g: PairGraph = {
      n: 6,
      pairs: [
        [0, 1],
        [1, 2],
        [2, 0],
        [2, 3],
        [3, 4],
        [4, 5],
        [5, 3],
      ],
    };
    expect([...leiden(fromPairs(g), { random: randomSource(1) }).communityOf]).toEqual([0, 0, 0, 1, 1, 1]);
  });
});
