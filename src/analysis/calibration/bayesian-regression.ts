/**
 * Bayesian linear regression on indicators, its shrinkage chosen by the evidence: what a new case is likely to be, with how
 * much doubt.
 *
 * What: y is normal around an intercept plus the effects of the indicators that hold, with unknown variance. Effects are
 *   normal around 0 with a precision of `lambda` residual variances, chosen among a few by marginal likelihood, infinite (no
 *   effect at all) included; so few cases leave the mean, and many speak for themselves.
 * Formula: y is first brought to mean 0 and variance 1. Normal-inverse-gamma: S = X'X + L, m = S^-1 X'y, a = 1 + n/2,
 *   b = 1 + (y'y - m'Sm)/2; a new case x is Student t with 2a degrees around x'm, scale sqrt(b/a (1 + x'S^-1 x)).
 * Preconditions: at least two cases; rows of indicators of equal length.
 * Params: y on any scale.
 * Returns: the location, scale and degrees of the predictive distribution, and the lambda that was chosen.
 * Complexity: O(lambdas (n k^2 + k^3)) for n cases and k indicators.
 * Exact for the model; lambda is a point estimate (empirical Bayes).
 * Reference: Gelman et al., "Bayesian Data Analysis", 3rd ed., chapter 14, doi:10.1201/b16018; MacKay, "Bayesian
 *   interpolation", doi:10.1162/neco.1992.4.3.415.
 * Example: without indicators the location is the mean of y.
 */
import { logGamma } from './beta-distribution';

export interface Predictive {
  readonly location: number;
  readonly scale: number;
  readonly degrees: number;
  readonly lambda: number;
}

const LAMBDAS = [1, 2, 4, 8, 16, Number.POSITIVE_INFINITY];
const INTERCEPT_PRECISION = 1e-6;

export function regressionPredictive(
  cases: readonly (readonly number[])[],
  y: readonly number[],
  fresh: readonly number[],
  lambdas: readonly number[] = LAMBDAS,
): Predictive {
  const mean = y.reduce((sum, each) => sum + each, 0) / y.length;
  const variance = y.reduce((sum, each) => sum + (each - mean) ** 2, 0) / y.length;
  const unit = variance > 0 ? Math.sqrt(variance) : 1;
  const standard = y.map((each) => (each - mean) / unit);
  const fits = lambdas.map((lambda) => fit(cases, standard, lambda));
  const best = fits.reduce((a, b) => (b.evidence > a.evidence ? b : a));
  const x = rowOf(fresh, best.lambda);
  const spread = solve(best.factor, x);
  return {
    location: mean + unit * dot(x, best.mean),
    scale: unit * Math.sqrt((best.b / best.a) * (1 + dot(x, spread))),
    degrees: 2 * best.a,
    lambda: best.lambda,
  };
}

interface Fit {
  readonly lambda: number;
  readonly mean: Float64Array;
  readonly factor: Float64Array[];
  readonly a: number;
  readonly b: number;
  readonly evidence: number;
}

/** The intercept, and the indicators unless they are held to have no effect. */
const rowOf = (indicators: readonly number[], lambda: number): Float64Array =>
  Float64Array.from(Number.isFinite(lambda) ? [1, ...indicators] : [1]);

function fit(cases: readonly (readonly number[])[], y: readonly number[], lambda: number): Fit {
  const rows = cases.map((each) => rowOf(each, lambda));
  const k = rows[0].length;
  const precision = (i: number): number => (i === 0 ? INTERCEPT_PRECISION : lambda);
  const matrix = Array.from({ length: k }, (_, i) => {
    const row = new Float64Array(k);
    row[i] = precision(i);
    return row;
  });
  const moment = new Float64Array(k);
  rows.forEach((row, n) => {
    for (let i = 0; i < k; i += 1) {
      if (row[i] === 0) continue;
      moment[i] += row[i] * y[n];
      for (let j = 0; j < k; j += 1) matrix[i][j] += row[i] * row[j];
    }
  });
  const factor = cholesky(matrix);
  const mean = solve(factor, moment);
  const a = 1 + y.length / 2;
  const b = 1 + Math.max(0, (y.reduce((sum, each) => sum + each * each, 0) - dot(mean, moment)) / 2);
  let evidence = logGamma(a) - a * Math.log(b);
  for (let i = 0; i < k; i += 1) evidence += 0.5 * Math.log(precision(i)) - Math.log(factor[i][i]);
  return { lambda, mean, factor, a, b, evidence };
}

/** Lower factor of a positive definite matrix. */
function cholesky(matrix: readonly Float64Array[]): Float64Array[] {
  const factor = matrix.map((row) => new Float64Array(row.length));
  for (let i = 0; i < matrix.length; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = matrix[i][j];
      for (let l = 0; l < j; l += 1) sum -= factor[i][l] * factor[j][l];
      factor[i][j] = i === j ? Math.sqrt(sum) : sum / factor[j][j];
    }
  }
  return factor;
}

function solve(factor: readonly Float64Array[], right: Float64Array): Float64Array {
  const x = right.slice();
  for (let i = 0; i < x.length; i += 1) {
    for (let j = 0; j < i; j += 1) x[i] -= factor[i][j] * x[j];
    x[i] /= factor[i][i];
  }
  for (let i = x.length - 1; i >= 0; i -= 1) {
    for (let j = i + 1; j < x.length; j += 1) x[i] -= factor[j][i] * x[j];
    x[i] /= factor[i][i];
  }
  return x;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i] * b[i];
  return sum;
}
