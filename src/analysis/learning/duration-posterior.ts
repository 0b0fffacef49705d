/**
 * Duration posterior: how long something stays down, learnt from what came back, what has not come back yet, and what never may.
 *
 * What: a mixture in which a share never returns and the rest returns after a lognormal time; the posterior of its three
 *   parameters on a grid, and what it predicts for the next case.
 * Formula: likelihood of a return after d days (1 - p) f(d; mu, sigma); of none within c days p + (1 - p) (1 - F(c; mu, sigma)), with f and F
 *   of the lognormal; prior p ~ Beta(a, b), mu ~ N(m, s^2), ln sigma ~ N(ln m', s'^2); P(back within t) = sum over the grid of posterior times
 *   (1 - p) F(t; mu, sigma).
 * Preconditions: days > 0; a, b, s, m', s' > 0. A return of 0 days is to be given as a small part of a day.
 * Params: days; weights of observations (1 each when absent) from 0.
 * Returns: posterior means, and pBackWithin(t). predictiveQuantile gives the days within which it is back with probability q, Infinity
 *   where the share that never returns is in the way.
 * Complexity: O(G n) for G grid points and n observations; O(G) for each prediction.
 * Approximate: the grid spans 4 prior standard deviations and p in (0, 1), NEVER_STEPS x LOCATION_STEPS x SPREAD_STEPS midpoints.
 * Reference: Boag, "Maximum likelihood estimates of the proportion of patients cured by cancer therapy", 1949,
 *   doi:10.1111/j.2517-6161.1949.tb00020.x (the cure model); Gelman et al., "Bayesian Data Analysis", 3rd ed., section 3.7 (grids).
 * Example: after ten returns at 10 days each the predicted median lies near 10 days.
 */
export interface DurationObservation {
  readonly days: number;
  /** Whether it came back then; otherwise it was still down after so many days. */
  readonly isReturned: boolean;
  readonly weight?: number;
}

export interface DurationPrior {
  /** Beta(never, returned): pseudo-counts of cases that never came back, and of those that did. */
  readonly never: number;
  readonly returned: number;
  /** Median days of a return, and how sure of it: standard deviation of its logarithm. */
  readonly medianDays: number;
  readonly medianSpread: number;
  /** Standard deviation of the logarithm of a return, its median, and the standard deviation of its logarithm. */
  readonly sigma: number;
  readonly sigmaSpread: number;
}

export interface DurationPosterior {
  /** Share that never returns, posterior mean. */
  readonly pNever: number;
  /** Median days of those that return, posterior mean of its logarithm. */
  readonly medianDays: number;
  readonly sigma: number;
  /** Weight of what was observed. */
  readonly observed: number;
  pBackWithin(days: number): number;
}

const NEVER_STEPS = 32;
const LOCATION_STEPS = 48;
const SPREAD_STEPS = 16;
const SPAN = 4;

export function durationPosterior(
  prior: DurationPrior,
  observations: readonly DurationObservation[],
): DurationPosterior {
  const never = Float64Array.from({ length: NEVER_STEPS }, (_, i) => (i + 0.5) / NEVER_STEPS);
  const location = midpoints(Math.log(prior.medianDays), prior.medianSpread, LOCATION_STEPS);
  const spread = midpoints(Math.log(prior.sigma), prior.sigmaSpread, SPREAD_STEPS).map(Math.exp);
  const weights = new Float64Array(NEVER_STEPS * LOCATION_STEPS * SPREAD_STEPS);
  let greatest = Number.NEGATIVE_INFINITY;
  eachPoint((point, p, mu, sigma) => {
    const standard = (mu - Math.log(prior.medianDays)) / prior.medianSpread;
    const scale = Math.log(sigma / prior.sigma) / prior.sigmaSpread;
    let log = (prior.never - 1) * Math.log(p) + (prior.returned - 1) * Math.log1p(-p);
    log -= (standard * standard + scale * scale) / 2;
    for (const each of observations) log += (each.weight ?? 1) * logLikelihood(each, p, mu, sigma);
    weights[point] = log;
    if (log > greatest) greatest = log;
  });
  let total = 0;
  for (let point = 0; point < weights.length; point++) {
    weights[point] = Math.exp(weights[point] - greatest);
    total += weights[point];
  }
  for (let point = 0; point < weights.length; point++) weights[point] /= total;
  const mean = (of: (p: number, mu: number, sigma: number) => number): number => {
    let sum = 0;
    eachPoint((point, p, mu, sigma) => {
      sum += weights[point] * of(p, mu, sigma);
    });
    return sum;
  };
  return {
    pNever: mean((p) => p),
    medianDays: Math.exp(mean((_p, mu) => mu)),
    sigma: mean((_p, _mu, sigma) => sigma),
    observed: observations.reduce((sum, { weight = 1 }) => sum + weight, 0),
    pBackWithin: (days) =>
      days <= 0 ? 0 : mean((p, mu, sigma) => (1 - p) * normalCdf((Math.log(days) - mu) / sigma)),
  };

  function eachPoint(visit: (point: number, p: number, mu: number, sigma: number) => void): void {
    let point = 0;
    for (const p of never)
      for (const mu of location) for (const sigma of spread) visit(point++, p, mu, sigma);
  }
}

/** Days within which it is back with probability q; Infinity where it may well never be. */
export function predictiveQuantile(posterior: DurationPosterior, q: number): number {
  let [low, high] = [0, 1];
  while (posterior.pBackWithin(high) < q) {
    high *= 2;
    if (high > 1e9) return Number.POSITIVE_INFINITY;
  }
  while (high - low > 1e-3 * Math.max(1e-3, low)) {
    const middle = (low + high) / 2;
    if (posterior.pBackWithin(middle) < q) low = middle;
    else high = middle;
  }
  return high;
}

function midpoints(centre: number, deviation: number, steps: number): Float64Array {
  const width = (2 * SPAN * deviation) / steps;
  return Float64Array.from({ length: steps }, (_, i) => centre - SPAN * deviation + (i + 0.5) * width);
}

function logLikelihood(
  { days, isReturned }: DurationObservation,
  p: number,
  mu: number,
  sigma: number,
): number {
  const z = (Math.log(days) - mu) / sigma;
  if (!isReturned) return Math.log(p + (1 - p) * normalCdf(-z));
  return Math.log1p(-p) - (z * z) / 2 - Math.log(sigma * days * Math.sqrt(2 * Math.PI));
}

/** Standard normal distribution function; fractional error below 1.2e-7 (complementary error function by Chebyshev, Press et al.). */
function normalCdf(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + z / 2);
  const series = CHEBYSHEV.reduceRight((sum, each) => sum * t + each, 0);
  const tail = (t * Math.exp(-z * z + series)) / 2;
  return x >= 0 ? 1 - tail : tail;
}

const CHEBYSHEV = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
];
