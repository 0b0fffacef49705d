import fc from 'fast-check';
import { betweenness } from '../../src/analysis/centrality/betweenness';
import { BinaryHeap } from '../../src/analysis/graph/binary-heap';
import { DisjointSet } from '../../src/analysis/graph/disjoint-set';
import { randomSource, sampleWithoutReplacement } from '../../src/analysis/graph/random-source';
import { withoutEdgesOf } from '../../src/analysis/graph/vertex-removal';
import { adaptiveBetweennessOrder } from '../../src/analysis/robustness/adaptive-betweenness';
import { adaptiveDegreeOrder } from '../../src/analysis/robustness/adaptive-degree';
import { collectiveInfluenceOrder } from '../../src/analysis/robustness/collective-influence';
import { coreHdOrder } from '../../src/analysis/robustness/core-hd';
import { DISMANTLING_METHODS, dismantle, dismantlingLimit } from '../../src/analysis/robustness/dismantling';
import { generalizedDismantlingOrder } from '../../src/analysis/robustness/generalized-network-dismantling';
import { minSumOrder } from '../../src/analysis/robustness/min-sum';
import { reinsert } from '../../src/analysis/robustness/reinsertion';
import { curveArea, removalCurve } from '../../src/analysis/robustness/removal-curve';
import { breakTrees } from '../../src/analysis/robustness/tree-breaking';
import {
  anyForest,
  anyGraph,
  componentSizes,
  cycle,
  distancesFrom,
  fromPairs,
  neighboursOf,
  type PairGraph,
  path,
  subsetsOf,
} from '../support/small-graphs';

const largest = (g: PairGraph, removed: Iterable<number>): number =>
  Math.max(0, ...componentSizes(g, new Set(removed)));
const without = (g: PairGraph, gone: ReadonlySet<number>): PairGraph => ({
  n: g.n,
  pairs: g.pairs.filter(([s, t]) => !gone.has(s) && !gone.has(t)),
});
/** Different pairs of different vertices. */
const edgePairs = (pairs: readonly (readonly [number, number])[]) => [
  ...new Map(
    pairs
      .filter(([s, t]) => s !== t)
      .map(([s, t]) => [Math.min(s, t), Math.max(s, t)] as const)
      .map((pair) => [pair.join(), pair] as const),
  ).values(),
];
const isForest = (g: PairGraph): boolean => g.pairs.length === g.n - componentSizes(g).length;

describe('dismantling', () => {
  it('the curve is the largest component after each removal, for any order', () => {
    fc.assert(
      fc.property(anyGraph(12, 24), fc.nat(), fc.boolean(), (g, seed, directed) => {
        const random = randomSource(seed);
        const order = [...sampleWithoutReplacement(g.n, random.below(g.n + 1), random)].reverse();
        const expected = Array.from({ length: order.length + 1 }, (_, i) => largest(g, order.slice(0, i)));
        const curve = removalCurve(fromPairs(g, { directed }), order);
        expect([...curve]).toEqual(expected);
        const sum = expected.slice(1).reduce((a, b) => a + b, 0);
        expect(curveArea(curve, g.n)).toBeCloseTo(sum / g.n / g.n, 12);
      }),
      { numRuns: 300 },
    );
  });

  it.each(DISMANTLING_METHODS)(
    '%s reaches the target, reports its true curve, and repeats itself',
    (method) => {
      fc.assert(
        fc.property(
          anyGraph(14, 30),
          fc.constantFrom(0.01, 0.1, 0.3, 0.5, 1),
          fc.nat(),
          (g, target, seed) => {
            const run = () => dismantle(fromPairs(g), { method, target, random: randomSource(seed) });
            const { removed, curve, status } = run();
            expect(status).toBe('feasible');
            expect(new Set(removed).size).toBe(removed.length);
            expect([...curve]).toEqual(
              Array.from({ length: removed.length + 1 }, (_, i) => largest(g, removed.slice(0, i))),
            );
            const limit = dismantlingLimit(g.n, target);
            expect(curve[removed.length]).toBeLessThanOrEqual(limit);
            for (const size of curve.slice(0, -1)) expect(size).toBeGreaterThan(limit);
            expect(run()).toEqual({ removed, curve, status, area: curveArea(curve, g.n) });
          },
        ),
        { numRuns: 100 },
      );
    },
  );

  it('adaptive degree removes a vertex of highest remaining degree each time', () => {
    fc.assert(
      fc.property(anyGraph(12, 30, true), (g) => {
        const gone = new Set<number>();
        for (const v of adaptiveDegreeOrder(fromPairs(g))) {
          const degrees = neighboursOf(without(g, gone)).map((list) => list.length);
          expect(degrees[v]).toBe(Math.max(...degrees));
          gone.add(v);
        }
        expect(without(g, gone).pairs).toHaveLength(0);
      }),
      { numRuns: 200 },
    );
  });

  it('CoreHD removes a vertex of highest degree in the 2-core each time, until a forest is left', () => {
    fc.assert(
      fc.property(anyGraph(12, 30, true), (g) => {
        const gone = new Set<number>();
        for (const v of coreHdOrder(fromPairs(g))) {
          let core = without(g, gone);
          for (let before = -1; before !== core.pairs.length; ) {
            before = core.pairs.length;
            const lists = neighboursOf(core);
            core = without(core, new Set(lists.flatMap((list, w) => (list.length < 2 ? [w] : []))));
          }
          const degrees = neighboursOf(core).map((list) => list.length);
          expect(degrees[v]).toBe(Math.max(...degrees));
          expect(degrees[v]).toBeGreaterThanOrEqual(2);
          gone.add(v);
        }
        expect(isForest(without(g, gone))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('Min-Sum leaves a forest', () => {
    fc.assert(
      fc.property(anyGraph(12, 24, true), fc.nat(), (g, seed) => {
        const { order } = minSumOrder(fromPairs(g), { random: randomSource(seed) });
        expect(isForest(without(g, new Set(order)))).toBe(true);
        if (isForest(g)) expect(order).toHaveLength(0);
      }),
    );
  });

  it('Min-Sum is near the fewest vertices that leave a forest', () => {
    const random = randomSource(11);
    let found = 0;
    let fewest = 0;
    for (let run = 0; run < 25; run += 1) {
      const pairs = Array.from({ length: 22 }, () => [random.below(12), random.below(12)] as const);
      const g: PairGraph = { n: 12, pairs: edgePairs(pairs) };
      const { order } = minSumOrder(fromPairs(g), { random });
      found += order.length;
      let size = 0;
      while (![...subsetsOf(g.n, size)].some((set) => isForest(without(g, new Set(set))))) size += 1;
      fewest += size;
    }
    expect(found).toBeGreaterThanOrEqual(fewest);
    expect(found).toBeLessThanOrEqual(1.1 * fewest);
  });

  it('collective influence is highest, by its definition, at each removal', () => {
    const influence = (g: PairGraph, v: number, radius: number): number => {
      const degree = neighboursOf(g).map((list) => list.length);
      const distance = distancesFrom(g, v);
      let sum = 0;
      for (let u = 0; u < g.n; u += 1) if (distance[u] === radius) sum += degree[u] - 1;
      return degree[v] <= 1 ? 0 : (degree[v] - 1) * sum;
    };
    fc.assert(
      fc.property(anyGraph(11, 22, true), fc.integer({ min: 0, max: 3 }), (g, radius) => {
        const gone = new Set<number>();
        const values = (): number[] =>
          Array.from({ length: g.n }, (_, v) => (gone.has(v) ? -1 : influence(without(g, gone), v, radius)));
        for (const v of collectiveInfluenceOrder(fromPairs(g), radius).order) {
          const now = values();
          expect(v).toBe(now.indexOf(Math.max(...now)));
          gone.add(v);
        }
        expect(Math.max(...values())).toBeLessThanOrEqual(0);
      }),
      { numRuns: 150 },
    );
  });

  it('tree-breaking reaches its target and takes a centroid of the largest tree', () => {
    fc.assert(
      fc.property(anyForest(20), fc.integer({ min: 1, max: 6 }), (g, target) => {
        const removed = new Uint8Array(g.n);
        const order = breakTrees(fromPairs(g), removed, target);
        expect(largest(g, order)).toBeLessThanOrEqual(target);
        expect([...removed].reduce((a, b) => a + b, 0)).toBe(order.length);
        const gone = new Set<number>();
        for (const v of order) {
          const before = largest(g, gone);
          const own = distancesFrom(without(g, gone), v).filter((d) => d >= 0).length;
          expect(own).toBe(before);
          const pieces = neighboursOf(without(g, gone))[v].map(
            (w) => distancesFrom(without(g, new Set([...gone, v])), w).filter((d) => d >= 0).length,
          );
          for (const piece of pieces) expect(2 * piece).toBeLessThanOrEqual(before);
          gone.add(v);
        }
      }),
    );
  });

  it('adaptive betweenness removes the vertex of highest betweenness in what remains', () => {
    fc.assert(
      fc.property(anyGraph(10, 18, true), (g) => {
        const gone = new Set<number>();
        for (const v of adaptiveBetweennessOrder(fromPairs(g), 1).order) {
          const left = without(g, gone);
          const values = [...betweenness(fromPairs(left)).values];
          const highest = Math.max(...values);
          const linked = new Set(left.pairs.flat());
          const first = values.findIndex((value, w) => linked.has(w) && value >= highest * (1 - 1e-9));
          expect(v).toBe(first);
          gone.add(v);
        }
        expect(largest(g, gone)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 100 },
    );
  });

  it('GND splits dense halves where few edges join them, and covers just those edges', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 7, max: 10 }),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(),
        (half, joins, seed) => {
          const pairs: (readonly [number, number])[] = [];
          for (const start of [0, half]) {
            for (let u = start; u < start + half; u += 1)
              for (let v = start; v < u; v += 1) pairs.push([u, v]);
          }
          for (let i = 0; i < joins; i += 1) pairs.push([i, half + i]);
          const g: PairGraph = { n: 2 * half, pairs };
          const { order } = generalizedDismantlingOrder(fromPairs(g), {
            target: half,
            random: randomSource(seed),
          });
          expect(order).toHaveLength(joins);
          for (let i = 0; i < joins; i += 1) expect(order.includes(i) || order.includes(half + i)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('GND reaches its target on any graph', () => {
    fc.assert(
      fc.property(anyGraph(14, 30, true), fc.integer({ min: 1, max: 5 }), fc.nat(), (g, target, seed) => {
        const { order } = generalizedDismantlingOrder(fromPairs(g), { target, random: randomSource(seed) });
        expect(new Set(order).size).toBe(order.length);
        expect(largest(g, order)).toBeLessThanOrEqual(target);
      }),
    );
  });

  it('reinsertion puts back whatever makes the smallest component, while that is within the target', () => {
    fc.assert(
      fc.property(anyGraph(12, 24, true), fc.integer({ min: 1, max: 6 }), fc.nat(), (g, target, seed) => {
        const removed = sampleWithoutReplacement(g.n, Math.ceil(g.n / 2), randomSource(seed));
        const gone = new Set<number>(removed);
        for (;;) {
          const sizes = [...gone]
            .sort((a, b) => a - b)
            .map((v) => {
              const left = without(g, new Set([...gone].filter((w) => w !== v)));
              return [v, distancesFrom(left, v).filter((d) => d >= 0).length] as const;
            });
          const least = Math.min(...sizes.map(([, size]) => size));
          if (least > target) break;
          gone.delete(sizes.find(([, size]) => size === least)![0]);
        }
        expect([...reinsert(fromPairs(g), removed, target)].sort((a, b) => a - b)).toEqual(
          [...gone].sort((a, b) => a - b),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('reinsertion keeps to the target and nothing it keeps can be put back', () => {
    fc.assert(
      fc.property(anyGraph(12, 24, true), fc.integer({ min: 1, max: 6 }), (g, target) => {
        const everything = Array.from({ length: g.n }, (_, v) => v);
        const kept = reinsert(fromPairs(g), everything, target);
        expect(largest(g, kept)).toBeLessThanOrEqual(target);
        for (const v of kept) {
          expect(
            largest(
              g,
              [...kept].filter((w) => w !== v),
            ),
          ).toBeGreaterThan(target);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('takes the examples of the headers', () => {
    const three = fromPairs(path(3));
    const random = () => randomSource(1);
    expect([...removalCurve(three, [1])]).toEqual([3, 1]);
    expect([...adaptiveBetweennessOrder(three, 1).order]).toEqual([1]);
    expect([...breakTrees(three, new Uint8Array(3), 1)]).toEqual([1]);
    expect([...reinsert(three, [0, 1], 1)]).toEqual([1]);
    expect(coreHdOrder(fromPairs(cycle(6)))).toHaveLength(1);
    expect(minSumOrder(fromPairs(cycle(6)), { random: random() }).order).toHaveLength(1);
    const star: PairGraph = { n: 4, pairs: [1, 2, 3].map((v) => [0, v] as const) };
    expect([...adaptiveDegreeOrder(fromPairs(star))]).toEqual([0]);
    const twoStars: PairGraph = {
      n: 6,
      pairs: [
        [0, 1],
        [0, 2],
        [0, 3],
        [3, 4],
        [3, 5],
      ].map(([s, t]) => [s, t] as const),
    };
    expect([0, 3]).toContain(collectiveInfluenceOrder(fromPairs(twoStars), 1).order[0]);
    const triangles: PairGraph = {
      n: 6,
      pairs: [
        [0, 1],
        [1, 2],
        [2, 0],
        [2, 3],
        [3, 4],
        [4, 5],
        [5, 3],
      ].map(([s, t]) => [s, t] as const),
    };
    const cut = generalizedDismantlingOrder(fromPairs(triangles), { target: 3, random: random() });
    expect([[2], [3]]).toContainEqual([...cut.order]);
    expect(withoutEdgesOf(three, Uint8Array.of(0, 1, 0)).edgeCount).toBe(0);
    const five = dismantle(fromPairs(path(5)), { method: 'core-hd', target: 0.4, random: random() });
    expect([...five.removed]).toEqual([2]);
    const sets = new DisjointSet(3);
    sets.union(0, 2);
    expect(sets.sizeOf(2)).toBe(2);
  });

  it('is defined on graphs without edges or vertices', () => {
    for (const method of DISMANTLING_METHODS) {
      for (const n of [0, 1, 3]) {
        const found = dismantle(fromPairs({ n, pairs: [] }), {
          method,
          target: 0.5,
          random: randomSource(1),
        });
        expect(found).toMatchObject({
          removed: new Int32Array(0),
          curve: Int32Array.of(Math.min(1, n)),
          area: 0,
        });
      }
    }
  });

  it('says when it was stopped', () => {
    for (const method of ['betweenness', 'ci', 'gnd', 'min-sum'] as const) {
      const options = { method, target: 0.2, random: randomSource(1), interrupt: () => true };
      expect(dismantle(fromPairs(cycle(10)), options).status).toBe('stopped');
    }
  });

  it('the heap gives keys in order, ids among equal keys', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat(99)), { maxLength: 200 }),
        (entries) => {
          const heap = new BinaryHeap();
          for (const [key, id] of entries) heap.push(key, id);
          const out: [number, number][] = [];
          while (heap.pop()) out.push([heap.key, heap.id]);
          expect(out).toEqual([...entries].sort((a, b) => a[0] - b[0] || a[1] - b[1]));
        },
      ),
    );
  });
});
