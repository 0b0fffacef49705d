import { regressionPredictive } from '../../src/analysis/calibration/bayesian-regression';
import {
  betaQuantile,
  incompleteBeta,
  logGamma,
  proportionInterval,
  studentQuantile,
} from '../../src/analysis/calibration/beta-distribution';
import { intervalScore, leaveOneOut } from '../../src/analysis/calibration/leave-one-out';
import { updateLogNormal } from '../../src/analysis/calibration/log-normal-update';
import { counterRandom } from '../../src/analysis/effect/counter-random';
import { normalQuantile } from '../../src/analysis/effect/duration-distribution';

describe('quantiles, against SciPy', () => {
  it('gamma and beta', () => {
    expect(logGamma(7.3)).toBeCloseTo(7.147892523022249, 9);
    expect(logGamma(0.2)).toBeCloseTo(1.5240638224307845, 9);
    expect(incompleteBeta(0.3, 2.5, 4)).toBeCloseTo(0.3521975859067672, 9);
    expect(betaQuantile(0.1, 0.5, 0.5)).toBeCloseTo(0.02447174185242318, 10);
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
  });

  it('Student t', () => {
    expect(studentQuantile(0.975, 10)).toBeCloseTo(2.2281388519649385, 9);
    expect(studentQuantile(0.025, 10)).toBeCloseTo(-2.2281388519649385, 9);
    expect(studentQuantile(0.5, 3)).toBe(0);
  });

  it('the exact interval of a proportion', () => {
    const [low, high] = proportionInterval(27, 34, 0.95);
    expect(low).toBeCloseTo(0.6210222514603168, 9);
    expect(high).toBeCloseTo(0.912978694541873, 9);
    expect(proportionInterval(0, 5, 0.95)[0]).toBe(0);
    expect(proportionInterval(5, 5, 0.95)[1]).toBe(1);
    expect(proportionInterval(0, 0, 0.95)).toEqual([0, 1]);
  });
});

describe('Bayesian regression', () => {
  const y = [1, 2, 3, 4, 7, 9];

  it('without indicators gives the mean, whatever its unit', () => {
    const rows = y.map(() => []);
    const { location, scale } = regressionPredictive(rows, y, []);
    expect(location).toBeCloseTo(26 / 6, 5);
    const scaled = regressionPredictive(
      rows,
      y.map((each) => 1000 * each + 5),
      [],
    );
    expect(scaled.location).toBeCloseTo((1000 * 26) / 6 + 5, 2);
    expect(scaled.scale / scale).toBeCloseTo(1000, 6);
  });

  it('holds an indicator that says nothing to have no effect, and follows one that says all', () => {
    const noise = y.map((_, i) => [i % 2]);
    expect(regressionPredictive(noise, y, [1]).lambda).toBe(Number.POSITIVE_INFINITY);
    const values = [0, 0.1, -0.1, 10, 10.1, 9.9, 0.05, 10.05];
    const split = values.map((each) => [each > 5 ? 1 : 0]);
    const with1 = regressionPredictive(split, values, [1]);
    const with0 = regressionPredictive(split, values, [0]);
    expect(Number.isFinite(with1.lambda)).toBe(true);
    expect(with1.location - with0.location).toBeGreaterThan(6);
  });

  it('says what it does not know: fewer cases, wider', () => {
    const few = regressionPredictive([[], [], []], [1, 2, 3], []);
    const many = regressionPredictive(
      Array.from({ length: 60 }, () => []),
      Array.from({ length: 60 }, (_, i) => 1 + (i % 3)),
      [],
    );
    const width = ({ scale, degrees }: typeof few) => scale * studentQuantile(0.9, degrees);
    expect(width(few)).toBeGreaterThan(1.2 * width(many));
  });
});

describe('leave one out', () => {
  const draw = (i: number) => normalQuantile(counterRandom(3, 0, i));
  const options = { level: 0.8, bounds: [-1e9, 1e9] as const, seed: 1 };

  it('scores an interval by its width and by what falls outside', () => {
    expect(intervalScore({ low: 1, median: 2, high: 3 }, 2, 0.8)).toBe(2);
    expect(intervalScore({ low: 1, median: 2, high: 3 }, 4, 0.8)).toBeCloseTo(12, 9);
    expect(intervalScore({ low: 1, median: 2, high: 3 }, 0, 0.8)).toBeCloseTo(12, 9);
  });

  it('covers as often as it says where the cases are what the model takes them for', () => {
    const cases = Array.from({ length: 150 }, (_, i) => ({
      group: String(i),
      value: 5 + 2 * draw(i),
      indicators: [],
    }));
    const { model, skill } = leaveOneOut(cases, options);
    expect(model.hits / model.cases).toBeGreaterThan(0.72);
    expect(model.hits / model.cases).toBeLessThan(0.88);
    expect(skill).toBe(0);
  });

  it('beats the base rate where the indicators tell, and claims no skill where they do not', () => {
    const told = Array.from({ length: 80 }, (_, i) => ({
      group: String(i),
      value: (i % 2) * 6 + draw(i),
      indicators: [i % 2],
    }));
    expect(leaveOneOut(told, options).skillLow).toBeGreaterThan(0.2);
    const untold = told.map((each, i) => ({ ...each, value: draw(i) }));
    const found = leaveOneOut(untold, options);
    expect(found.skillLow).toBeLessThanOrEqual(0);
  });

  it('fits nothing to the case it predicts, nor to its group', () => {
    const cases = Array.from({ length: 12 }, (_, i) => ({
      group: String(i >> 1),
      value: draw(i),
      indicators: [i % 3 === 0 ? 1 : 0],
    }));
    const before = leaveOneOut(cases, options).predictions;
    const moved = cases.map((each) => (each.group === '2' ? { ...each, value: 1e6 } : each));
    const after = leaveOneOut(moved, options).predictions;
    for (const i of [4, 5]) expect(after[i].model).toEqual(before[i].model);
    expect(after[0].model).not.toEqual(before[0].model);
  });
});

describe('updating a duration', () => {
  const prior = { median: 30, sigma: 1 };
  const options = { weight: 4, floor: 0.5 };

  it('keeps the median without observations', () => {
    expect(updateLogNormal(prior, [], options).median).toBeCloseTo(30, 9);
  });

  it('moves towards what was observed, the more of it the further', () => {
    const once = updateLogNormal(prior, [3], options);
    const often = updateLogNormal(prior, Array(40).fill(3), options);
    expect(once.median).toBeCloseTo(30 ** 0.8 * 3 ** 0.2, 9);
    expect(often.median).toBeLessThan(once.median);
    expect(often.median).toBeGreaterThan(3);
    expect(often.sigma).toBeLessThan(once.sigma);
  });

  it('counts a downtime of nothing as half a day', () => {
    expect(updateLogNormal(prior, [0], options)).toEqual(updateLogNormal(prior, [0.5], options));
  });
});
