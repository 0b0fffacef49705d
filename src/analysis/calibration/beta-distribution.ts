/**
 * The regularised incomplete beta function, and the quantiles that rest on it: beta, Student t, and the exact interval of a
 * proportion.
 *
 * What: I_x(a, b) by its continued fraction; quantiles by bisection.
 * Formula: P(T <= t) = 1 - I_{v/(v+t^2)}(v/2, 1/2) / 2 for t >= 0; Clopper-Pearson: from the alpha/2 quantile of
 *   Beta(k, n-k+1) to the 1-alpha/2 quantile of Beta(k+1, n-k).
 * Preconditions: a, b, v > 0; 0 <= x, p <= 1; 0 <= k <= n.
 * Params: none has a unit.
 * Returns: numbers; the interval of no trials is [0, 1].
 * Complexity: O(1), some hundred terms at the most.
 * Approximate by rounding alone: about 1e-12 absolute.
 * Reference: Press et al., "Numerical Recipes", 3rd ed., section 6.4; Clopper, Pearson (1934), doi:10.1093/biomet/26.4.404.
 * Example: studentQuantile(0.975, 10) is 2.2281; proportionInterval(27, 34, 0.95) is [0.6210, 0.9130].
 */
const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

export function logGamma(z: number): number {
  if (z < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * z)) - logGamma(1 - z);
  const x = z - 1;
  const sum = LANCZOS.reduce((total, each, i) => total + each / (x + i + 1), 0.9999999999998099);
  const t = x + LANCZOS.length - 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum);
}

const TINY = 1e-300;
const MAX_TERMS = 500;

/** I_x(a, b). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * continuedFraction(x, a, b)) / a
    : 1 - (front * continuedFraction(1 - x, b, a)) / b;
}

function continuedFraction(x: number, a: number, b: number): number {
  const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m <= MAX_TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return h;
}

const STEPS = 200;

export function betaQuantile(p: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < STEPS && high - low > 1e-16; i += 1) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export function studentQuantile(p: number, degrees: number): number {
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  const x = betaQuantile(2 * (1 - p), degrees / 2, 0.5);
  return Math.sqrt((degrees * (1 - x)) / x);
}

/** Exact interval of a proportion of k hits in n trials, conservative by construction. */
export function proportionInterval(k: number, n: number, level: number): readonly [number, number] {
  const tail = (1 - level) / 2;
  return [k === 0 ? 0 : betaQuantile(tail, k, n - k + 1), k === n ? 1 : betaQuantile(1 - tail, k + 1, n - k)];
}
