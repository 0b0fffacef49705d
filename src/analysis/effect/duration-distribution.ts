/**
 * Distributions of durations: how long until noticed, rebuilt, switched, lapsed.
 *
 * What: sampling by inversion, so that one uniform number gives one duration and common random numbers stay common.
 * Formula: uniform l + u (h - l); triangular by its two square roots; exponential -m ln(1 - u); lognormal median e^{s z},
 *   z the standard normal quantile of u.
 * Preconditions: low <= mode <= high, mean > 0, median > 0, sigma >= 0; 0 < u < 1.
 * Params: days; sigma is of the logarithm.
 * Returns: days >= 0.
 * Complexity: O(1).
 * Exact but for the normal quantile, whose relative error is below 1.2e-9.
 * Reference: Devroye, "Non-Uniform Random Variate Generation", doi:10.1007/978-1-4613-8643-8; quantile: P. J. Acklam's
 *   rational approximation (2003), after Abramowitz, Stegun, 26.2.
 * Example: durationQuantile({ distribution: 'uniform', low: 10, high: 20 }, 0.5) === 15
 */
export type DurationDistribution =
  | { readonly distribution: 'uniform'; readonly low: number; readonly high: number }
  | {
      readonly distribution: 'triangular';
      readonly low: number;
      readonly mode: number;
      readonly high: number;
    }
  | { readonly distribution: 'exponential'; readonly mean: number }
  | { readonly distribution: 'lognormal'; readonly median: number; readonly sigma: number };

/** Days, certain or not. Infinity is never. */
export type Duration = number | DurationDistribution;

export function isUncertain(duration: Duration): duration is DurationDistribution {
  return typeof duration !== 'number';
}

export function durationMean(duration: Duration): number {
  if (!isUncertain(duration)) return duration;
  switch (duration.distribution) {
    case 'uniform':
      return (duration.low + duration.high) / 2;
    case 'triangular':
      return (duration.low + duration.mode + duration.high) / 3;
    case 'exponential':
      return duration.mean;
    case 'lognormal':
      return duration.median * Math.exp(duration.sigma ** 2 / 2);
  }
}

export function durationQuantile(duration: Duration, u: number): number {
  if (!isUncertain(duration)) return duration;
  switch (duration.distribution) {
    case 'uniform':
      return duration.low + u * (duration.high - duration.low);
    case 'triangular':
      return triangularQuantile(duration.low, duration.mode, duration.high, u);
    case 'exponential':
      return -duration.mean * Math.log1p(-u);
    case 'lognormal':
      return duration.median * Math.exp(duration.sigma * normalQuantile(u));
  }
}

function triangularQuantile(low: number, mode: number, high: number, u: number): number {
  const width = high - low;
  if (width <= 0) return low;
  if (u < (mode - low) / width) return low + Math.sqrt(u * width * (mode - low));
  return high - Math.sqrt((1 - u) * width * (high - mode));
}

const CENTRE_TOP = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
  2.506628277459239,
];
const CENTRE_BOTTOM = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
];
const TAIL_TOP = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_BOTTOM = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, each) => sum * x + each, 0);

export function normalQuantile(u: number): number {
  const tail = 0.02425;
  if (u < tail) {
    const q = Math.sqrt(-2 * Math.log(u));
    return polynomial(TAIL_TOP, q) / polynomial(TAIL_BOTTOM, q);
  }
  if (u > 1 - tail) return -normalQuantile(1 - u);
  const q = u - 0.5;
  return (q * polynomial(CENTRE_TOP, q * q)) / polynomial(CENTRE_BOTTOM, q * q);
}
