import fc from 'fast-check';
import { counterRandom } from '../../src/analysis/effect/counter-random';
import { normalQuantile } from '../../src/analysis/effect/duration-distribution';
import {
  type DurationPrior,
  durationPosterior,
  predictiveQuantile,
} from '../../src/analysis/learning/duration-posterior';
import { interruptedTimeSeries } from '../../src/analysis/learning/interrupted-time-series';
import { studentTQuantile } from '../../src/analysis/learning/student-t';

const options = (hasSlopeChange: boolean) => ({ level: 0.95, hasSlopeChange });
const weeks = (count: number) => Float64Array.from({ length: count }, (_, i) => 7 * i);

describe('interruptedTimeSeries', () => {
  const values = Float64Array.of(52, 55, 49, 58, 61, 54, 57, 63, 60, 66, 41, 38, 45, 47, 43, 50, 49, 55);

  it('equals ordinary least squares with Newey-West errors (statsmodels 0.14, HAC with correction, use_t)', () => {
    const result = interruptedTimeSeries(weeks(18), values, 70, options(false));
    if (result.status !== 'estimated') throw new Error(result.status);
    expect([result.before, result.after, result.degrees, result.lag]).toEqual([10, 8, 15, 2]);
    expect(result.levelChange.value).toBeCloseTo(-25.41566265, 7);
    expect(result.levelChange.low).toBeCloseTo(-29.4981304, 6);
    expect(result.levelChange.high).toBeCloseTo(-21.3331949, 6);
    expect(result.counterfactualMean).toBeCloseTo(71.41566265, 7);
    expect(result.relativeEffect?.value).toBeCloseTo(-0.3558835934, 9);
    expect(result.relativeEffect?.low).toBeCloseTo(-0.39485001, 8);
    expect(result.relativeEffect?.high).toBeCloseTo(-0.3169171768, 8);
    const sloped = interruptedTimeSeries(weeks(18), values, 70, options(true));
    if (sloped.status !== 'estimated') throw new Error(sloped.status);
    expect(sloped.slopeChange?.low).toBeCloseTo(-0.00260156, 7);
    expect(sloped.slopeChange?.high).toBeCloseTo(0.17774071, 7);
    expect(sloped.averageEffect.value).toBeCloseTo(-23.55454545, 7);
    expect(sloped.averageEffect.low).toBeCloseTo(-27.74566612, 6);
    expect(sloped.relativeEffect?.high).toBeCloseTo(-0.2968820191, 8);
  });

  it('finds exactly what a series without noise was made of', () => {
    const term = fc.integer({ min: -50, max: 50 });
    fc.assert(
      fc.property(fc.tuple(term, term, term, term), fc.integer({ min: 4, max: 20 }), (terms, each) => {
        const [level, slope, step, bend] = terms;
        const times = weeks(2 * each);
        const at = times[each];
        const made = times.map((t) => level + slope * (t - at) + (t >= at ? step + bend * (t - at) : 0));
        const result = interruptedTimeSeries(times, made, at, options(true));
        if (result.status !== 'estimated') throw new Error(result.status);
        expect(result.levelChange.value).toBeCloseTo(step, 5);
        expect(result.slopeChange?.value).toBeCloseTo(bend, 5);
        expect(result.levelChange.high - result.levelChange.low).toBeLessThan(1e-4);
      }),
    );
  });

  it('says so when there is too little to tell', () => {
    const at = (count: number, when: number) =>
      interruptedTimeSeries(weeks(count), values.subarray(0, count), when, options(true)).status;
    expect(at(0, 0)).toBe('insufficient');
    expect(at(5, 14)).toBe('insufficient');
    expect(at(12, 0)).toBe('insufficient');
    expect(at(12, 1000)).toBe('insufficient');
    expect(at(12, 42)).toBe('estimated');
  });

  it('covers the true effect about as often as it says, with errors that depend on those before', () => {
    let covered = 0;
    const runs = 400;
    for (let run = 0; run < runs; run++) {
      let error = 0;
      const noisy = weeks(80).map((t, i) => {
        error = 0.3 * error + normalQuantile(counterRandom(11, run, i));
        return 20 + (t >= 280 ? -3 : 0) + error;
      });
      const result = interruptedTimeSeries(weeks(80), noisy, 280, options(false));
      if (result.status !== 'estimated') throw new Error(result.status);
      if (result.levelChange.low <= -3 && -3 <= result.levelChange.high) covered++;
    }
    expect(covered / runs).toBeGreaterThan(0.86);
    expect(covered / runs).toBeLessThan(0.99);
  });
});

describe('studentTQuantile', () => {
  it.each([
    [0.975, 1, 12.7062047],
    [0.975, 2, 4.30265273],
    [0.95, 5, 2.01504837],
    [0.975, 10, 2.22813885],
    [0.995, 30, 2.74999565],
    [0.9, 120, 1.28864623],
    [0.975, 1e6, 1.95996636],
  ])('at %f with %f degrees is %f (scipy 1.17)', (p, degrees, t) => {
    expect(studentTQuantile(p, degrees)).toBeCloseTo(t, 6);
    expect(studentTQuantile(1 - p, degrees)).toBeCloseTo(-t, 6);
  });
});

describe('durationPosterior', () => {
  const prior: DurationPrior = {
    never: 1,
    returned: 3,
    medianDays: 60,
    medianSpread: 1.5,
    sigma: 1,
    sigmaSpread: 0.5,
  };
  const returns = (...days: number[]) => days.map((each) => ({ days: each, isReturned: true }));

  it('is the prior while nothing is observed', () => {
    const known = durationPosterior(prior, []);
    expect(known.pNever).toBeCloseTo(0.25, 2);
    expect(known.medianDays).toBeCloseTo(60, 0);
    expect(known.observed).toBe(0);
  });

  it('follows what was observed, closer the more there is', () => {
    const few = durationPosterior(prior, returns(10, 10));
    const many = durationPosterior(prior, returns(...new Array<number>(20).fill(10)));
    const off = (posterior: { medianDays: number }) => Math.abs(Math.log(posterior.medianDays / 10));
    expect(off(few)).toBeLessThan(Math.log(6));
    expect(off(many)).toBeLessThan(off(few));
    expect(off(many)).toBeLessThan(0.15);
    expect(many.pNever).toBeLessThan(0.06);
  });

  it('takes what has not come back yet for what it is: the longer, the more like never', () => {
    const after = (days: number) =>
      durationPosterior(prior, [
        ...returns(20, 30, 25),
        { days, isReturned: false },
        { days, isReturned: false },
      ]);
    expect(after(3000).pNever).toBeGreaterThan(after(30).pNever);
    expect(after(3000).pBackWithin(365)).toBeLessThan(after(30).pBackWithin(365));
    expect(predictiveQuantile(after(3000), 0.9)).toBe(Number.POSITIVE_INFINITY);
  });

  it('equals a fine sum over its grid made otherwise: Monte Carlo by importance weights', () => {
    const seen = [...returns(15, 90, 40), { days: 200, isReturned: false }];
    let [total, never, within] = [0, 0, 0];
    for (let draw = 0; draw < 60_000; draw++) {
      const u = (item: number) => counterRandom(5, draw, item);
      const p = 1 - u(0) ** (1 / 3);
      const mu = Math.log(60) + 1.5 * normalQuantile(u(1));
      const sigma = Math.exp(0.5 * normalQuantile(u(2)));
      const cdf = (days: number) => uniformTailCdf((Math.log(days) - mu) / sigma);
      let weight = 1;
      for (const { days, isReturned } of seen) {
        const z = (Math.log(days) - mu) / sigma;
        weight *= isReturned ? ((1 - p) * Math.exp((-z * z) / 2)) / sigma : p + (1 - p) * (1 - cdf(days));
      }
      total += weight;
      never += weight * p;
      within += weight * (1 - p) * cdf(100);
    }
    const posterior = durationPosterior(prior, seen);
    expect(posterior.pNever).toBeCloseTo(never / total, 1.7);
    expect(posterior.pBackWithin(100)).toBeCloseTo(within / total, 1.7);
  });

  it('predicts within 1: never less for a longer time, and the quantile turns it round', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.1, max: 4000, noNaN: true }), { maxLength: 6 }), (days) => {
        const posterior = durationPosterior(prior, returns(...days));
        const steps = [1, 10, 100, 1000].map((each) => posterior.pBackWithin(each));
        expect([...steps].sort((a, b) => a - b)).toEqual(steps);
        expect(steps[3]).toBeLessThanOrEqual(1);
        const median = predictiveQuantile(posterior, 0.4);
        expect(posterior.pBackWithin(median)).toBeCloseTo(0.4, 2);
      }),
      { numRuns: 5 },
    );
  });
});

/** Normal distribution function by Simpson's rule: another way than the one under test. */
function uniformTailCdf(x: number): number {
  if (x < -8) return 0;
  if (x > 8) return 1;
  const steps = 40;
  const width = x / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const at = i * width;
    sum += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp((-at * at) / 2);
  }
  return 0.5 + (sum * width) / 3 / Math.sqrt(2 * Math.PI);
}
