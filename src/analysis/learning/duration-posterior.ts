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
 * Complexity: O(G n) for G grid points and n observations; each prediction takes LOCATION_STEPS x SPREAD_STEPS steps.
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
  const returns = returnGrid(prior);
  const weights = gridWeights(prior, never, returns, observations);
  /** Posterior weight of each return distribution, and of returning after it. */
  const margin = new Float64Array(returns.length);
  const returning = new Float64Array(returns.length);
  let pNever = 0;
  never.forEach((p, i) => {
    for (let j = 0; j < returns.length; j++) {
      const weight = weights[i * returns.length + j];
      margin[j] += weight;
      returning[j] += weight * (1 - p);
      pNever += weight * p;
    }
  });
  const mean = (of: (point: ReturnPoint) => number): number =>
    returns.reduce((sum, point, j) => sum + margin[j] * of(point), 0);
  return {
    pNever,
    medianDays: Math.exp(mean(({ mu }) => mu)),
    sigma: mean(({ sigma }) => sigma),
    observed: observations.reduce((sum, { weight = 1 }) => sum + weight, 0),
    pBackWithin: (days) => {
      if (days <= 0) return 0;
      const log = Math.log(days);
      return returns.reduce((sum, { mu, sigma }, j) => sum + returning[j] * normalCdf((log - mu) / sigma), 0);
    },
  };
}

/** A distribution of the time of a return: one point of the grid. */
interface ReturnPoint {
  readonly mu: number;
  readonly sigma: number;
}

function returnGrid(prior: DurationPrior): ReturnPoint[] {
  const location = midpoints(Math.log(prior.medianDays), prior.medianSpread, LOCATION_STEPS);
  const spread = midpoints(Math.log(prior.sigma), prior.sigmaSpread, SPREAD_STEPS);
  return Array.from(location, (mu) => Array.from(spread, (log) => ({ mu, sigma: Math.exp(log) }))).flat();
}

/** Posterior weights of the grid, a row for each share that never returns; they sum to 1. */
function gridWeights(
  prior: DurationPrior,
  never: Float64Array,
  returns: readonly ReturnPoint[],
  observations: readonly DurationObservation[],
): Float64Array {
  const returned = observations.filter(({ isReturned }) => isReturned);
  const waiting = observations.filter(({ isReturned }) => !isReturned);
  const returnedWeight = returned.reduce((sum, { weight = 1 }) => sum + weight, 0);
  const base = returns.map((point) => logPrior(prior, point) + logDensity(returned, point));
  const pending = returns.map(({ mu, sigma }) =>
    waiting.map(({ days }) => normalCdf((mu - Math.log(days)) / sigma)),
  );
  const weights = new Float64Array(never.length * returns.length);
  never.forEach((p, i) => {
    const share = (prior.never - 1) * Math.log(p) + (prior.returned - 1 + returnedWeight) * Math.log1p(-p);
    for (let j = 0; j < returns.length; j++) {
      let log = share + base[j];
      waiting.forEach(({ weight = 1 }, k) => {
        log += weight * Math.log(p + (1 - p) * pending[j][k]);
      });
      weights[i * returns.length + j] = log;
    }
  });
  const greatest = weights.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY);
  let total = 0;
  for (let at = 0; at < weights.length; at++) {
    weights[at] = Math.exp(weights[at] - greatest);
    total += weights[at];
  }
  return weights.map((each) => each / total);
}

function logPrior(prior: DurationPrior, { mu, sigma }: ReturnPoint): number {
  const standard = (mu - Math.log(prior.medianDays)) / prior.medianSpread;
  const scale = Math.log(sigma / prior.sigma) / prior.sigmaSpread;
  return -(standard * standard + scale * scale) / 2;
}

/** Logarithm of the lognormal density of some returns. */
function logDensity(returned: readonly DurationObservation[], { mu, sigma }: ReturnPoint): number {
  let sum = 0;
  for (const { days, weight = 1 } of returned) {
    const z = (Math.log(days) - mu) / sigma;
    sum -= weight * ((z * z) / 2 + Math.log(sigma * days * Math.sqrt(2 * Math.PI)));
  }
  return sum;
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
