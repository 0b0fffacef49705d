/**
 * Bayesian update of a log-normal duration: what was assumed, moved by what was observed.
 *
 * What: the logarithm of a duration is normal with unknown mean and variance. The prior is worth `weight` observations
 *   around the assumed median with the assumed spread; each observation moves it (normal-inverse-gamma, conjugate).
 * Formula: with x_i = ln max(d_i, floor), n of them, mean x, w the weight, m = ln median:
 *   mu = (w m + n x) / (w + n);
 *   s^2 = (w sigma^2 + sum (x_i - x)^2 + w n / (w + n) (x - m)^2) / (w + n);
 *   the next duration is spread by s sqrt(1 + 1 / (w + n)).
 * Preconditions: median > 0, sigma >= 0, weight > 0, floor > 0; observations >= 0.
 * Params: days; a duration of 0 counts as `floor` days, since its logarithm has no value.
 * Returns: median and sigma of the log-normal that matches the predictive mean and variance of the logarithm.
 * Complexity: O(n).
 * Exact for the mean; the predictive Student t is replaced by the normal of the same scale, which is thinner in the tails.
 * Reference: Gelman et al., "Bayesian Data Analysis", 3rd ed., section 3.3, doi:10.1201/b16018.
 * Example: without observations the median stays and sigma grows by sqrt(1 + 1 / weight).
 */
export interface LogNormal {
  readonly median: number;
  readonly sigma: number;
}

export interface UpdateOptions {
  /** How many observations the prior is worth. */
  readonly weight: number;
  /** Days that stand for none. */
  readonly floor: number;
}

export function updateLogNormal(
  prior: LogNormal,
  observed: readonly number[],
  { weight, floor }: UpdateOptions,
): LogNormal {
  const logs = observed.map((each) => Math.log(Math.max(each, floor)));
  const n = logs.length;
  const m = Math.log(prior.median);
  const x = n === 0 ? m : logs.reduce((sum, each) => sum + each, 0) / n;
  const total = weight + n;
  const spread = logs.reduce((sum, each) => sum + (each - x) ** 2, 0);
  const variance = (weight * prior.sigma ** 2 + spread + ((weight * n) / total) * (x - m) ** 2) / total;
  return {
    median: Math.exp((weight * m + n * x) / total),
    sigma: Math.sqrt(variance * (1 + 1 / total)),
  };
}
