import fc from 'fast-check';
import { randomSource } from '../../src/analysis/graph/random-source';
import { anneal } from '../../src/analysis/robustness/annealing';
import { BestSplit } from '../../src/analysis/robustness/best-split';
import { criticalNodes } from '../../src/analysis/robustness/critical-nodes';
import { backboneCrossover, EliteSet } from '../../src/analysis/robustness/elite-set';
import { forestCriticalNodes } from '../../src/analysis/robustness/forest-critical-nodes';
import { pairwiseConnectivity } from '../../src/analysis/robustness/pairwise-connectivity';
import { RemovalState } from '../../src/analysis/robustness/removal-state';
import { pathLikeForest } from '../../src/analysis/robustness/spanning-forest';
import {
  anyForest,
  anyGraph,
  componentSizes,
  cycle,
  fromPairs,
  type PairGraph,
  pairwiseAfter,
  path,
  subsetsOf,
} from '../support/small-graphs';

function bestBySubsets(g: PairGraph, k: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (const subset of subsetsOf(g.n, k)) best = Math.min(best, pairwiseAfter(g, new Set(subset)));
  return best;
}

const withK = (graphs: fc.Arbitrary<PairGraph>): fc.Arbitrary<[PairGraph, number]> =>
  graphs.chain((g) => fc.tuple(fc.constant(g), fc.nat(Math.min(4, g.n))));

describe('critical nodes', () => {
  it('pairwise connectivity equals the count of joined pairs', () => {
    fc.assert(
      fc.property(anyGraph(12, 20), fc.array(fc.nat(11), { maxLength: 6 }), (g, picks) => {
        const removed = picks.map((v) => v % g.n);
        expect(pairwiseConnectivity(fromPairs(g), removed)).toBe(pairwiseAfter(g, new Set(removed)));
      }),
    );
  });

  it('the programme on forests equals brute force and gives a set of that value', () => {
    fc.assert(
      fc.property(withK(anyForest(11)), ([g, k]) => {
        const upperBound = pairwiseAfter(g, new Set());
        const found = forestCriticalNodes(fromPairs(g), { k, upperBound });
        const best = bestBySubsets(g, k);
        expect(found).toMatchObject({ status: 'optimal', value: best });
        expect(pairwiseAfter(g, new Set(found.removed))).toBe(best);
        expect(found.removed.length).toBeLessThanOrEqual(k);
        expect(forestCriticalNodes(fromPairs(g), { k, upperBound: best }).value).toBe(best);
      }),
      { numRuns: 300 },
    );
  });

  it('the search reports the value of its set, a true bound, and the optimum of small graphs', () => {
    fc.assert(
      fc.property(withK(anyGraph(10, 18)), fc.nat(), ([g, k], seed) => {
        const run = () => criticalNodes(fromPairs(g), { k, random: randomSource(seed), iterations: 600 });
        const found = run();
        const best = bestBySubsets(g, k);
        expect(found.value).toBe(best);
        expect(pairwiseAfter(g, new Set(found.removed))).toBe(best);
        expect(found.removed).toHaveLength(new Set(found.removed).size);
        expect(found.removed.length).toBeLessThanOrEqual(k);
        expect(found.bound).toBeLessThanOrEqual(best);
        expect(found.status).toBe(found.bound === best ? 'optimal' : 'feasible');
        expect(run()).toEqual(found);
      }),
      { numRuns: 60 },
    );
  });

  it('exchanges keep the state equal to a fresh one', () => {
    fc.assert(
      fc.property(
        anyGraph(12, 24, true),
        fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 30 }),
        (g, moves) => {
          fc.pre(g.n >= 2);
          const state = new RemovalState(fromPairs(g), [0, 1].slice(0, g.n - 1));
          for (const [a, b] of moves) {
            const u = state.kept[a % state.kept.length];
            const v = state.removed[b % state.removed.length];
            const loss = state.evaluate(u);
            expect(state.value + loss).toBe(pairwiseAfter(g, new Set([...state.removed, u])));
            const gain = state.evaluateReturn(v);
            state.exchange(v, loss + gain);
            expect(state.value).toBe(pairwiseAfter(g, new Set(state.removed)));
          }
          const labels = [...state.kept].map((v) => state.componentOf[v]);
          const sizes = [...new Set(labels)].map((c) => state.sizeOf[c]).sort((x, y) => x - y);
          expect(sizes).toEqual(componentSizes(g, new Set(state.removed)).sort((x, y) => x - y));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('the best split of a component is the vertex that leaves it the fewest pairs', () => {
    fc.assert(
      fc.property(anyGraph(12, 16, true), fc.nat(), (g, seed) => {
        const graph = fromPairs(g);
        const split = new BestSplit(graph);
        const state = new RemovalState(graph, []);
        for (const start of state.kept) {
          const own = [...state.kept].filter((v) => state.componentOf[v] === state.componentOf[start]);
          const found = split.find(state.componentOf, start, own.length, randomSource(seed));
          expect(own).toContain(found);
          const least = Math.min(...own.map((v) => pairwiseAfter(g, new Set([v]))));
          expect(pairwiseAfter(g, new Set([found]))).toBe(least);
        }
      }),
    );
  });

  it('a spanning forest has the components of its graph and no cycle', () => {
    fc.assert(
      fc.property(anyGraph(12, 24, true), (g) => {
        const forest = pathLikeForest(fromPairs(g));
        expect(forest.edgeCount).toBe(g.n - componentSizes(g).length);
        expect(pairwiseConnectivity(forest)).toBe(pairwiseAfter(g, new Set()));
      }),
    );
  });

  it('a child keeps what its parents share and takes the rest from them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(), fc.nat(), (k, s1, s2) => {
        const random = randomSource(s1);
        const pick = (): Int32Array =>
          Int32Array.from(
            Array.from({ length: 16 }, (_, i) => i)
              .sort(() => random.unit() - 0.5)
              .slice(0, k),
          );
        const a = pick();
        const b = pick();
        const child = new Set(backboneCrossover(a, b, randomSource(s2)));
        expect(child.size).toBe(k);
        for (const v of a) if (b.includes(v)) expect(child.has(v)).toBe(true);
        for (const v of child) expect(a.includes(v) || b.includes(v)).toBe(true);
      }),
    );
  });

  it('elites are different and the best ones', () => {
    const elites = new EliteSet(2);
    elites.offer(Int32Array.of(3, 1), 5);
    elites.offer(Int32Array.of(1, 3), 5);
    expect(elites.size).toBe(1);
    elites.offer(Int32Array.of(1, 4), 4);
    elites.offer(Int32Array.of(1, 5), 3);
    const pair = elites.pair(randomSource(1)).map((each) => [...each].join());
    expect(pair.sort()).toEqual(['1,4', '1,5']);
  });

  it('takes the examples of the headers and the limits of k', () => {
    const five = fromPairs(path(5));
    const random = randomSource(1);
    const middle = criticalNodes(five, { k: 1, random });
    expect(middle).toMatchObject({ status: 'optimal', value: 2, bound: 2, removed: Int32Array.of(2) });
    expect(criticalNodes(five, { k: 0, random })).toMatchObject({ status: 'optimal', value: 10, bound: 10 });
    expect(criticalNodes(five, { k: 5, random })).toMatchObject({ status: 'optimal', value: 0 });
    const state = new RemovalState(fromPairs(path(3)), []);
    expect([state.value, state.evaluate(1)]).toEqual([3, -3]);
    expect(pathLikeForest(fromPairs(cycle(4))).edgeCount).toBe(3);
    const three = fromPairs(path(3));
    const tools = { split: new BestSplit(three), random, interrupt: () => false };
    const schedule = { steps: 500, hot: 1, cold: 0.1, goal: 0 };
    expect([...anneal(new RemovalState(three, [0]), schedule, tools).best]).toEqual([1]);
    expect(new BestSplit(five).find(new Int32Array(5), 0, 5, random)).toBe(2);
  });

  it('ends with what it has when interrupted', () => {
    const found = criticalNodes(fromPairs(cycle(12)), {
      k: 3,
      random: randomSource(1),
      interrupt: () => true,
    });
    expect(found.status).toBe('feasible');
    expect(found.removed).toHaveLength(3);
    const forest = fromPairs(path(12));
    expect(forestCriticalNodes(forest, { k: 3, upperBound: 66, interrupt: () => true }).status).toBe(
      'stopped',
    );
    expect(forestCriticalNodes(forest, { k: 3, upperBound: 66, maxSteps: 1 }).status).toBe('stopped');
  });
});
