import * as fc from 'fast-check';
import { cheapestCutSets } from '../../src/analysis/fault-tree/cheapest-first';
import { type CutSetCounts, countCutSets, occurrences } from '../../src/analysis/fault-tree/cut-set-counts';
import { type Diagrams, solveDiagrams } from '../../src/analysis/fault-tree/diagrams';
import type { FaultTree } from '../../src/analysis/fault-tree/fault-tree';
import { importanceMeasures, jointImportance } from '../../src/analysis/fault-tree/importance';
import { minimalCutSets } from '../../src/analysis/fault-tree/mocus';
import {
  minCutUpperBound,
  rareEventBound,
  topProbability,
} from '../../src/analysis/fault-tree/top-probability';
import {
  arbitraryTree,
  bruteCutSets,
  bruteProbability,
  bySizeThenElements,
  cases,
  truthTable,
} from '../support/fault-tree-cases';

function solved(tree: FaultTree): Diagrams {
  const diagrams = solveDiagrams(tree, tree.tops[0]);
  if (diagrams.status !== 'solved') throw new Error(`stopped: ${diagrams.reason}`);
  return diagrams;
}

const every = (diagrams: Diagrams): number[][] =>
  Array.from(cheapestCutSets(diagrams), (set) => Array.from(set)).sort(bySizeThenElements);

describe.each([
  ['coherent', { maxEvents: 9, maxGates: 14 }],
  ['coherent and cyclic', { maxEvents: 8, maxGates: 12, hasCycles: true }],
  ['with negations', { maxEvents: 8, maxGates: 14, isCoherent: false }],
])('diagrams of %s trees equal brute force', (_name, shape) => {
  test('minimal cut sets, counts by order and by event', () => {
    fc.assert(
      fc.property(arbitraryTree(shape), (tree) => {
        const diagrams = solved(tree);
        const expected = bruteCutSets(truthTable(tree, tree.tops[0]));
        expect(every(diagrams)).toEqual(expected);
        const counts = countCutSets(diagrams) as CutSetCounts;
        expect(counts.total).toBe(BigInt(expected.length));
        for (const [order, count] of counts.byOrder.entries()) {
          expect(count).toBe(BigInt(expected.filter((set) => set.length === order).length));
        }
        expect(occurrences(diagrams)).toEqual(
          Array.from({ length: tree.eventCount }, (_, e) =>
            BigInt(expected.filter((set) => set.includes(e)).length),
          ),
        );
      }),
      { numRuns: cases(750), seed: 3 },
    );
  });

  test('probability, bounds and importance', () => {
    fc.assert(
      fc.property(arbitraryTree(shape), (tree) => {
        const probabilities = tree.probabilities as Float64Array;
        const diagrams = solved(tree);
        const table = truthTable(tree, tree.tops[0]);
        const cutSets = bruteCutSets(table);
        const pTop = bruteProbability(table, probabilities);
        const pOf = (sets: readonly number[]): number => sets.reduce((p, e) => p * probabilities[e], 1);
        expect(topProbability(diagrams, probabilities)).toBeCloseTo(pTop, 10);
        expect(rareEventBound(diagrams, probabilities)).toBeCloseTo(
          cutSets.reduce((sum, set) => sum + pOf(set), 0),
          9,
        );
        expect(minCutUpperBound(diagrams, probabilities)).toBeCloseTo(
          1 - cutSets.reduce((product, set) => product * (1 - pOf(set)), 1),
          9,
        );
        const measures = importanceMeasures(diagrams, probabilities);
        expect(measures.fussellVeselyMethod).toBe('exact');
        for (let e = 0; e < tree.eventCount; e += 1) expectImportance(e, tree, table, cutSets, measures);
      }),
      { numRuns: cases(250), seed: 5 },
    );
  });
});

function expectImportance(
  e: number,
  tree: FaultTree,
  table: Uint8Array,
  cutSets: readonly number[][],
  measures: ReturnType<typeof importanceMeasures>,
): void {
  const probabilities = tree.probabilities as Float64Array;
  const pGiven = (value: number): number =>
    bruteProbability(
      table,
      probabilities.map((p, i) => (i === e ? value : p)),
    );
  const pTop = bruteProbability(table, probabilities);
  expect(measures.birnbaum[e]).toBeCloseTo(pGiven(1) - pGiven(0), 10);
  if (pTop < 1e-9) return;
  expect(measures.criticality[e]).toBeCloseTo((probabilities[e] * (pGiven(1) - pGiven(0))) / pTop, 7);
  expect(measures.riskAchievementWorth[e]).toBeCloseTo(pGiven(1) / pTop, 6);
  expect(measures.diagnostic[e]).toBeCloseTo((probabilities[e] * pGiven(1)) / pTop, 7);
  if (pGiven(0) > 1e-9) expect(measures.riskReductionWorth[e] / (pTop / pGiven(0))).toBeCloseTo(1, 6);
  const through = new Uint8Array(table.length);
  const masks = cutSets
    .filter((set) => set.includes(e))
    .map((set) => set.reduce((mask, i) => mask | (1 << i), 0));
  for (let state = 0; state < table.length; state += 1) {
    through[state] = masks.some((mask) => (state & mask) === mask) ? 1 : 0;
  }
  const share = bruteProbability(through, probabilities) / pTop;
  expect(measures.fussellVesely[e]).toBeCloseTo(Math.min(1, share), 7);
}

describe('laws', () => {
  test('both engines agree on larger trees, with and without cycles', () => {
    fc.assert(
      fc.property(fc.boolean(), arbitraryTree({ maxEvents: 14, maxGates: 25 }), (hasCycles, acyclic) => {
        const tree = hasCycles ? withBackArcs(acyclic) : acyclic;
        const byExpansion = minimalCutSets(tree, tree.tops[0]).sets.map((set) => Array.from(set));
        expect(every(solved(tree))).toEqual(byExpansion.sort(bySizeThenElements));
      }),
      { numRuns: cases(500), seed: 17 },
    );
  });

  test('joint importance is the second difference', () => {
    fc.assert(
      fc.property(arbitraryTree({ maxEvents: 6, maxGates: 9, isCoherent: false }), (tree) => {
        const probabilities = tree.probabilities as Float64Array;
        const table = truthTable(tree, tree.tops[0]);
        const joint = jointImportance(solved(tree), probabilities, 0);
        for (let e = 1; e < tree.eventCount; e += 1) {
          const p = (first: number, second: number): number =>
            bruteProbability(
              table,
              probabilities.map((each, i) => (i === 0 ? first : i === e ? second : each)),
            );
          expect(joint[e]).toBeCloseTo(p(1, 1) - p(1, 0) - p(0, 1) + p(0, 0), 9);
        }
      }),
      { numRuns: cases(150), seed: 19 },
    );
  });

  test('sets come out by ascending cost, then order', () => {
    fc.assert(
      fc.property(
        arbitraryTree({ maxEvents: 9, maxGates: 12 }),
        fc.array(fc.nat({ max: 5 }), { minLength: 9, maxLength: 9 }),
        (tree, cost) => {
          const expected = minimalCutSets(tree, tree.tops[0], { cost }).sets;
          const keys = (sets: Iterable<Int32Array>): number[][] =>
            Array.from(sets, (set) => [set.reduce((sum, e) => sum + cost[e], 0), set.length]);
          expect(keys(cheapestCutSets(solved(tree), cost))).toEqual(keys(expected));
        },
      ),
      { numRuns: cases(250), seed: 23 },
    );
  });

  test('a higher probability never lowers that of a coherent top', () => {
    fc.assert(
      fc.property(arbitraryTree({ maxEvents: 10, maxGates: 14 }), fc.nat({ max: 9 }), (tree, drawn) => {
        const event = drawn % tree.eventCount;
        const raised = Float64Array.from(tree.probabilities as Float64Array);
        raised[event] = Math.min(1, raised[event] + 0.2);
        const diagrams = solved(tree);
        const before = topProbability(diagrams, tree.probabilities as Float64Array);
        expect(topProbability(diagrams, raised)).toBeGreaterThanOrEqual(before - 1e-12);
      }),
      { numRuns: cases(150), seed: 29 },
    );
  });
});

/** The same tree with the first arc of every fifth gate bent to the top. */
function withBackArcs(tree: FaultTree): FaultTree {
  const children = Int32Array.from(tree.children);
  for (let g = 0; g < tree.gateCount; g += 5) {
    if (tree.childOffsets[g + 1] > tree.childOffsets[g]) children[tree.childOffsets[g]] = tree.tops[0];
  }
  return { ...tree, children };
}
