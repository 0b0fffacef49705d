/**
 * Interrupted time series: what a series did at and after an instant, against what it would have gone on to do.
 *
 * What: segmented regression with a change of level and, if asked, of slope at the interruption; ordinary least squares with
 *   standard errors that allow for unequal variance and for errors that depend on those before.
 * Formula: y = b0 + b1 (t - T) + b2 [t >= T] + b3 (t - T)[t >= T] + e; counterfactual after T is b0 + b1 (t - T); the average
 *   effect is the mean over the times after T of y fitted less counterfactual; covariance by Newey and West, Bartlett weights,
 *   lag floor(4 (n / 100)^(2/9)), times n / (n - p); intervals by Student's t with n - p degrees of freedom; the relative effect by the
 *   delta method.
 * Preconditions: times and values finite and of one length, times strictly ascending; 0 < level < 1.
 * Params: times and interruptedAt in one unit (days); values in any unit.
 * Returns: `insufficient` when a side has fewer than MIN_POINTS points, when no degrees of freedom are left, or when times do not
 *   tell the terms apart; else effects with intervals. Slopes are per unit of time. The relative effect is null where the
 *   counterfactual mean is not positive.
 * Complexity: O(n L) for n points and lag L.
 * Exact but for rounding; the intervals are asymptotic.
 * Reference: Wagner, Soumerai, Zhang, Ross-Degnan, "Segmented regression analysis of interrupted time series studies", 2002,
 *   doi:10.1046/j.1365-2710.2002.00430.x; Newey, West, 1987, doi:10.2307/1913610.
 * Example: a series of 10, 10, 10, 10 and then 4, 4, 4, 4 has the level change -6 and the relative effect -0.6.
 */
import { studentTQuantile } from './student-t';

export interface InterruptedSeriesOptions {
  /** Coverage of the intervals, say 0.95. */
  readonly level: number;
  /** Whether the slope may change too. */
  readonly hasSlopeChange: boolean;
}

/** An estimate with the ends of its interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export type InterruptedSeries =
  | { readonly status: 'insufficient'; readonly before: number; readonly after: number }
  | {
      readonly status: 'estimated';
      readonly before: number;
      readonly after: number;
      readonly degrees: number;
      readonly lag: number;
      readonly levelChange: Estimate;
      readonly slopeChange: Estimate | null;
      readonly averageEffect: Estimate;
      readonly counterfactualMean: number;
      readonly relativeEffect: Estimate | null;
    };

/** Points that each side needs. */
export const MIN_POINTS = 3;

export function interruptedTimeSeries(
  times: Float64Array,
  values: Float64Array,
  interruptedAt: number,
  options: InterruptedSeriesOptions,
): InterruptedSeries {
  const terms = options.hasSlopeChange ? 4 : 3;
  const before = times.filter((time) => time < interruptedAt).length;
  const after = times.length - before;
  const insufficient = { status: 'insufficient', before, after } as const;
  const degrees = times.length - terms;
  if (before < MIN_POINTS || after < MIN_POINTS || degrees < 1) return insufficient;
  const rows = Array.from(times, (time) => designRow(time - interruptedAt, terms));
  const inverse = invert(gram(rows, terms));
  if (inverse === null) return insufficient;
  const coefficients = multiply(inverse, moments(rows, values, terms));
  const lag = Math.min(Math.floor(4 * (times.length / 100) ** (2 / 9)), times.length - 1);
  const residuals = rows.map((row, i) => values[i] - dot(row, coefficients));
  const covariance = sandwich(inverse, rows, residuals, lag, times.length / degrees);
  const t = studentTQuantile((1 + options.level) / 2, degrees);
  const estimate = (contrast: readonly number[], value = dot(contrast, coefficients)): Estimate => {
    const half = t * Math.sqrt(Math.max(0, dot(contrast, multiply(covariance, contrast))));
    return { value, low: value - half, high: value + half };
  };
  const effect = meanRow(rows.slice(before)).map((each, term) => (term < 2 ? 0 : each));
  const counterfactual = meanRow(rows.slice(before)).map((each, term) => (term < 2 ? each : 0));
  const counterfactualMean = dot(counterfactual, coefficients);
  const averageEffect = estimate(effect);
  return {
    status: 'estimated',
    before,
    after,
    degrees,
    lag,
    levelChange: estimate(unit(2, terms)),
    slopeChange: options.hasSlopeChange ? estimate(unit(3, terms)) : null,
    averageEffect,
    counterfactualMean,
    relativeEffect: relative(averageEffect.value, counterfactualMean, effect, counterfactual, estimate),
  };
}

function relative(
  effectMean: number,
  counterfactualMean: number,
  effect: readonly number[],
  counterfactual: readonly number[],
  estimate: (contrast: readonly number[], value: number) => Estimate,
): Estimate | null {
  if (counterfactualMean <= 0) return null;
  const ratio = effectMean / counterfactualMean;
  const gradient = effect.map((each, term) => (each - ratio * counterfactual[term]) / counterfactualMean);
  return estimate(gradient, ratio);
}

function designRow(sinceInterruption: number, terms: number): number[] {
  const isAfter = sinceInterruption >= 0 ? 1 : 0;
  return [1, sinceInterruption, isAfter, sinceInterruption * isAfter].slice(0, terms);
}

const unit = (at: number, terms: number): number[] =>
  Array.from({ length: terms }, (_, i) => (i === at ? 1 : 0));

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, each, i) => sum + each * b[i], 0);

const multiply = (matrix: readonly (readonly number[])[], vector: readonly number[]): number[] =>
  matrix.map((row) => dot(row, vector));

const meanRow = (rows: readonly (readonly number[])[]): number[] =>
  rows[0].map((_, term) => rows.reduce((sum, row) => sum + row[term], 0) / rows.length);

const gram = (rows: readonly (readonly number[])[], terms: number): number[][] =>
  Array.from({ length: terms }, (_, i) =>
    Array.from({ length: terms }, (_, j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0)),
  );

const moments = (rows: readonly (readonly number[])[], values: Float64Array, terms: number): number[] =>
  Array.from({ length: terms }, (_, i) => rows.reduce((sum, row, at) => sum + row[i] * values[at], 0));

/** Gauss and Jordan with pivots; null for a matrix that has no inverse to working precision. */
function invert(matrix: readonly (readonly number[])[]): number[][] | null {
  const size = matrix.length;
  const work = matrix.map((row, i) => [...row, ...unit(i, size)]);
  const scale = Math.max(...matrix.map((row, i) => Math.abs(row[i])));
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(work[row][column]) > Math.abs(work[pivot][column])) pivot = row;
    }
    if (Math.abs(work[pivot][column]) <= scale * 1e-14) return null;
    [work[column], work[pivot]] = [work[pivot], work[column]];
    const lead = work[column][column];
    work[column] = work[column].map((each) => each / lead);
    for (let row = 0; row < size; row++) {
      const factor = work[row][column];
      if (row !== column && factor !== 0) {
        work[row] = work[row].map((each, i) => each - factor * work[column][i]);
      }
    }
  }
  return work.map((row) => row.slice(size));
}

/** (X'X)^-1 S (X'X)^-1 with the long-run covariance S of the scores. */
function sandwich(
  inverse: readonly (readonly number[])[],
  rows: readonly (readonly number[])[],
  residuals: readonly number[],
  lag: number,
  correction: number,
): number[][] {
  const size = inverse.length;
  const meat = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let step = 0; step <= lag; step++) {
    const weight = 1 - step / (lag + 1);
    for (let at = step; at < rows.length; at++) {
      const product = weight * residuals[at] * residuals[at - step];
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          const forward = rows[at][i] * rows[at - step][j];
          meat[i][j] += product * (step === 0 ? forward : forward + rows[at - step][i] * rows[at][j]);
        }
      }
    }
  }
  const half = inverse.map((row) =>
    Array.from({ length: size }, (_, j) =>
      dot(
        row,
        meat.map((each) => each[j]),
      ),
    ),
  );
  return half.map((row) =>
    Array.from(
      { length: size },
      (_, j) =>
        correction *
        dot(
          row,
          inverse.map((each) => each[j]),
        ),
    ),
  );
}
