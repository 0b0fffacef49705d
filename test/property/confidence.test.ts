/** Doubtful systems against brute force: words, exact confidence, samples, and sufficient facts. */
import fc from 'fast-check';
import { DoubtfulWords } from '../../src/analysis/disruption/doubtful-words';
import { exactConfidence } from '../../src/analysis/disruption/exact-confidence';
import { factProbabilities, factWords } from '../../src/analysis/disruption/fact-doubt';
import { FailureFunctions } from '../../src/analysis/disruption/failure-functions';
import {
  lossSample,
  lossStatistics,
  mergedSample,
  rankStability,
} from '../../src/analysis/disruption/loss-sample';
import { sufficientFacts } from '../../src/analysis/disruption/sufficient-facts';
import { doubtfulSystem, doubtOver, doubtStates, downIn, lossIn, statesOf } from '../support/doubtful-cases';
import { cases } from '../support/fault-tree-cases';

const withDoubt = doubtfulSystem.chain((system) => fc.tuple(fc.constant(system), doubtOver(system)));

test('32 scenarios at once equal one after the other', () => {
  fc.assert(
    fc.property(doubtfulSystem, (system) => {
      const states = statesOf(system.factCount);
      const words = new DoubtfulWords(system);
      words.setFacts(
        Int32Array.from({ length: system.factCount }, (_, fact) =>
          states.reduce((word, holds, lane) => word | (holds[fact] ? 1 << lane : 0), 0),
        ),
      );
      for (let event = 0; event < system.tree.eventCount; event += 1) {
        words.hit([event]);
        const losses = Array.from(words.lossWords() ?? new Float64Array(32)).slice(0, states.length);
        expect(losses).toEqual(states.map((holds) => lossIn(system, holds, [event])));
      }
    }),
    { numRuns: cases(400), seed: 41 },
  );
});

test('exact confidence equals enumeration of origins and claims', () => {
  fc.assert(
    fc.property(withDoubt, ([system, doubt]) => {
      const functions = new FailureFunctions(system);
      const states = doubtStates(doubt);
      const p = factProbabilities(doubt);
      for (const [fact, each] of p.entries())
        expect(each).toBeCloseTo(
          states.reduce((sum, state) => sum + (state.holds[fact] ? state.p : 0), 0),
          10,
        );
      for (let event = 0; event < system.tree.eventCount; event += 1) {
        const exact = exactConfidence(functions, doubt, [event], { maxNodes: 1 << 16 });
        const losses = states.map((state) => lossIn(system, state.holds, [event]));
        expect(exact?.mean).toBeCloseTo(
          states.reduce((sum, state, i) => sum + state.p * losses[i], 0),
          9,
        );
        expect(exact?.pPositive).toBeCloseTo(
          states.reduce((sum, state, i) => sum + (losses[i] > 0 ? state.p : 0), 0),
          9,
        );
      }
    }),
    { numRuns: cases(120), seed: 43 },
  );
});

test('a sample lies by the exact figures, and is the same bytes in parts', () => {
  fc.assert(
    fc.property(withDoubt, fc.nat(1000), ([system, doubt], seed) => {
      const whole = lossSample(system, doubt, { seed, fromBlock: 0, toBlock: 64 });
      const parts = [0, 1, 40].map((fromBlock, i, starts) =>
        lossSample(system, doubt, { seed, fromBlock, toBlock: starts[i + 1] ?? 64 }),
      );
      expect(mergedSample(parts)).toEqual(whole);
      const functions = new FailureFunctions(system);
      for (const [event, { mean, pPositive, loss, rank }] of lossStatistics(whole).entries()) {
        const exact = exactConfidence(functions, doubt, [event], { maxNodes: 1 << 16 });
        const error = (estimate: { low: number; high: number }) =>
          Math.max(0.004, estimate.high - estimate.low);
        expect(Math.abs((exact?.mean ?? 0) - mean.value)).toBeLessThanOrEqual(1.5 * error(mean) + 0.02);
        expect(Math.abs((exact?.pPositive ?? 0) - pPositive.value)).toBeLessThanOrEqual(
          1.5 * error(pPositive),
        );
        expect(loss.low).toBeLessThanOrEqual(loss.high);
        expect(rank.low).toBeGreaterThanOrEqual(1);
        expect(rank.low).toBeLessThanOrEqual(rank.high);
        expect(rankStability(whole, event, system.tree.eventCount)).toBe(1);
      }
    }),
    { numRuns: cases(60), seed: 47 },
  );
});

test('facts keep their draws when others come and go', () => {
  const doubt = (keys: readonly number[]) => ({
    originP: Float64Array.of(),
    originKeys: Int32Array.of(),
    claimOffsets: Int32Array.from([...keys.keys(), keys.length]),
    claimOrigins: Int32Array.from(keys, () => -1),
    claimP: Float64Array.from(keys, () => 0.37),
    claimKeys: Int32Array.from(keys),
  });
  const many = factWords(doubt([5, 6, 7]), 3, 11);
  expect(factWords(doubt([7]), 3, 11)[0]).toBe(many[2]);
  let drawn = 0;
  for (let block = 0; block < 2000; block += 1)
    for (let word = factWords(doubt([5]), 1, block)[0]; word !== 0; word &= word - 1) drawn += 1;
  expect(drawn / 64_000).toBeCloseTo(0.37, 2);
});

test('sufficient facts suffice whatever becomes of the others, and no fewer do', () => {
  fc.assert(
    fc.property(doubtfulSystem, fc.boolean(), (system, isCramped) => {
      const { factCount, tree, requirements } = system;
      const states = statesOf(factCount);
      const gates = [...new Set(requirements[0].map(({ gate }) => gate))];
      const fails = (holds: readonly boolean[], hits: readonly number[]): boolean => {
        const down = downIn(system, holds, hits);
        return gates.some((gate) => down.has(gate));
      };
      const suffices = (mask: number, hits: readonly number[]): boolean =>
        states.every((holds, state) => (state & mask) !== mask || fails(holds, hits));
      const sizeOf = (mask: number): number => states[mask].filter(Boolean).length;
      for (let event = 0; event < tree.eventCount; event += 1) {
        if (!fails(states[states.length - 1], [event])) continue;
        const found = sufficientFacts(
          new FailureFunctions(system),
          [event],
          gates,
          new Float64Array(factCount).fill(1),
          { maxNodes: isCramped ? 40 : 1 << 16 },
        );
        const masks = [...states.keys()].filter((mask) => suffices(mask, [event]));
        if (found.status === 'stopped') {
          expect(isCramped).toBe(true);
          continue;
        }
        const mask = found.facts.reduce((sum, fact) => sum | (1 << fact), 0);
        expect(masks).toContain(mask);
        const least = Math.min(...masks.map(sizeOf));
        if (found.status === 'optimal') expect(found.cost).toBe(least);
        expect(found.bound).toBeLessThanOrEqual(least);
        for (const fact of found.facts) expect(masks).not.toContain(mask & ~(1 << fact));
      }
    }),
    { numRuns: cases(300), seed: 53 },
  );
});
