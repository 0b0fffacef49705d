/** Single and double removals, and importance for the loss, against one removal at a time and brute force. */
import fc from 'fast-check';
import { doubleRemovals } from '../../src/analysis/disruption/double-removals';
import { lossImportance } from '../../src/analysis/disruption/loss-importance';
import { removalLosses } from '../../src/analysis/disruption/removal-losses';
import type { FaultTree } from '../../src/analysis/fault-tree/fault-tree';
import { arbitraryTree, cases, eventsOf } from '../support/fault-tree-cases';

const share = fc.constantFrom(0.25, 0.5, 1, 1);
const weighted = (hasCycles: boolean, maxEvents: number) =>
  arbitraryTree({ maxEvents, maxGates: 12, hasCycles, hasConstants: false }).chain((tree) =>
    fc.record({
      tree: fc.constant(tree),
      tops: fc.array(
        fc.record({
          weight: fc.integer({ min: 0, max: 5 }),
          needs: fc.array(fc.record({ gate: fc.nat(tree.gateCount - 1), share }), {
            minLength: 1,
            maxLength: 3,
          }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    }),
  );
type Weighted = { tree: FaultTree; tops: { weight: number; needs: { gate: number; share: number }[] }[] };

function partsOf({ tree, tops }: Weighted) {
  const requirements = tops.map(({ needs }) =>
    needs.map((need) => ({ gate: tree.eventCount + need.gate, share: need.share })),
  );
  const weights = Float64Array.from(tops, ({ weight }) => weight);
  const rooted = { ...tree, tops: Int32Array.from(requirements.flat(), (need) => need.gate) };
  return { tree: rooted, weights, requirements };
}

test.each([
  ['acyclic', false, 40],
  ['cyclic', true, 9],
])('every pair of %s systems loses what removing both at once loses', (_name, hasCycles, maxEvents) => {
  fc.assert(
    fc.property(weighted(hasCycles, maxEvents), (given) => {
      const { tree, weights, requirements } = partsOf(given);
      const n = tree.eventCount;
      const found = doubleRemovals(tree, weights, requirements, { keep: n * n });
      const lossOf = (sets: number[][]) =>
        removalLosses(tree, weights, requirements, sets).map((each) => each.weight);
      expect([...found.singles]).toEqual(lossOf(Array.from({ length: n }, (_, e) => [e])));
      const pairs = Array.from({ length: n }, (_, a) =>
        Array.from({ length: n - a - 1 }, (_b, i) => [a, a + i + 1]),
      ).flat();
      const losses = lossOf(pairs);
      expect(found).toMatchObject({ pairs: pairs.length, status: 'complete', completed: n });
      const expected = pairs
        .map(([first, second], i) => ({
          first,
          second,
          weight: losses[i],
          synergy: losses[i] - found.singles[first] - found.singles[second],
        }))
        .filter((pair) => pair.weight > 0)
        .sort(
          (x, y) => y.weight - x.weight || y.synergy - x.synergy || x.first - y.first || x.second - y.second,
        );
      expect(found.best).toEqual(expected);
      expect(found.synergies).toBe(expected.filter((pair) => pair.synergy > 0).length);
      const three = doubleRemovals(tree, weights, requirements, { keep: 3 });
      expect(three.best).toEqual(expected.slice(0, 3));
    }),
    { numRuns: cases(200), seed: 59 },
  );
});

test('a run that is stopped says how far it came', () => {
  fc.assert(
    fc.property(weighted(false, 9), (given) => {
      const { tree, weights, requirements } = partsOf(given);
      const found = doubleRemovals(tree, weights, requirements, { keep: 5, deadline: () => true });
      expect(found.completed).toBe(1);
      expect(found.pairs).toBe(tree.eventCount - 1);
      expect(found.status).toBe(tree.eventCount > 1 ? 'stopped' : 'complete');
    }),
    { numRuns: cases(30), seed: 61 },
  );
});

test('importance for the expected loss equals brute force', () => {
  fc.assert(
    fc.property(weighted(true, 6), fc.nat(5), (given, drawn) => {
      const { tree, weights, requirements } = partsOf(given);
      const n = tree.eventCount;
      const jointWith = drawn % n;
      const p = (tree.probabilities as Float64Array).slice(0, n);
      const losses = removalLosses(
        tree,
        weights,
        requirements,
        Array.from({ length: 1 << n }, (_, state) => eventsOf(state)),
      ).map((each) => each.weight);
      const expectedWith = (fixed: Record<number, number>): number =>
        losses.reduce((sum, loss, state) => {
          let chance = 1;
          for (let e = 0; e < n; e += 1) {
            const own = fixed[e] ?? p[e];
            chance *= (state >> e) & 1 ? own : 1 - own;
          }
          return sum + chance * loss;
        }, 0);
      const found = lossImportance(tree, weights, requirements, p, { jointWith });
      const loss = expectedWith({});
      expect(found.expectedLoss).toBeCloseTo(loss, 9);
      for (let e = 0; e < n; e += 1) {
        const [hit, spared] = [expectedWith({ [e]: 1 }), expectedWith({ [e]: 0 })];
        expect(found.birnbaum[e]).toBeCloseTo(hit - spared, 9);
        if (loss > 1e-9) {
          expect(found.riskAchievementWorth[e]).toBeCloseTo(hit / loss, 6);
          expect(found.criticality[e]).toBeCloseTo((p[e] * (hit - spared)) / loss, 7);
          expect(found.diagnostic[e]).toBeCloseTo((p[e] * hit) / loss, 7);
          if (spared > 1e-9) expect(found.riskReductionWorth[e] / (loss / spared)).toBeCloseTo(1, 6);
        }
        if (e === jointWith) continue;
        const at = (x: number, y: number) => expectedWith({ [e]: x, [jointWith]: y });
        expect(found.joint?.[e]).toBeCloseTo(at(1, 1) - at(1, 0) - at(0, 1) + at(0, 0), 8);
      }
    }),
    { numRuns: cases(80), seed: 67 },
  );
});
