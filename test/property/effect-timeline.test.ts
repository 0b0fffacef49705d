import fc from 'fast-check';
import { effectSystem } from '../../src/analysis/effect/effect-system';
import { planEvaluator } from '../../src/analysis/effect/effect-timeline';
import { simulatePlan } from '../../src/analysis/effect/plan-simulation';
import { relevantActions } from '../../src/analysis/optimise/relevant-action';
import { naiveEffect } from '../support/naive-effect';
import { EVERY_FEATURE, recordsArbitrary } from '../support/plan-arbitrary';

const withSubset = recordsArbitrary(EVERY_FEATURE).chain((records) =>
  fc.record({ records: fc.constant(records), chosen: fc.subarray([...records.actions.keys()]) }),
);

describe('effect over time', () => {
  it('equals the day-by-day definition on random systems with every feature', () => {
    fc.assert(
      fc.property(withSubset, ({ records, chosen }) => {
        const effect = planEvaluator(effectSystem(records))(chosen);
        const naive = naiveEffect(records, chosen);
        expect(effect.objective).toBeCloseTo(naive.objective, 7);
        effect.operations.forEach((o, i) => {
          expect(effect.severityLost[i]).toBeCloseTo(naive.severityLost[o], 7);
        });
      }),
      { numRuns: 600 },
    );
  });
});

describe('the part that decides what one operation loses', () => {
  it('prices every set of actions as the whole system does', () => {
    fc.assert(
      fc.property(withSubset, ({ records, chosen }) => {
        const system = effectSystem(records);
        const isLive = new Uint8Array(records.actions.length).fill(1);
        const relevantTo = relevantActions({ system, isLive, weight: 1 });
        const naive = naiveEffect(records, chosen);
        records.operations.forEach((_, o) => {
          const { relevant, lossOf } = relevantTo(o);
          const bearing = chosen.filter((a) => relevant.includes(a));
          expect(lossOf(bearing)).toBeCloseTo(naive.severityLost[o], 7);
          expect(lossOf(bearing)).toBe(lossOf(bearing));
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe('the simulation without chance and without behaviours', () => {
  it('equals the closed form in every operation', () => {
    fc.assert(
      fc.property(withSubset, ({ records, chosen }) => {
        const system = effectSystem(records);
        const isLive = new Uint8Array(records.actions.length).fill(1);
        const simulated = simulatePlan(chosen, () => ({ system, isLive }), { runs: 2 });
        const effect = planEvaluator(system)(chosen);
        expect(simulated.mean).toBeCloseTo(effect.objective, 7);
        expect(simulated.standardError).toBeCloseTo(0, 9);
        effect.operations.forEach((o, i) => {
          expect(simulated.severityLost[o]).toBeCloseTo(effect.severityLost[i], 7);
        });
      }),
      { numRuns: 200 },
    );
  });
});
