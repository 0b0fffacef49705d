/**
 * Leave-one-out calibration: each case is predicted from the others, and the predictions are held against what was recorded
 * and against a predictor that knows the base rate alone.
 *
 * What: for each case the regression is fitted on the cases of other groups, and gives a central interval; the base rate is
 *   the same regression without indicators. Nothing of a case, or of its group, has a part in its own prediction.
 * Formula: interval score of [l, u] at level 1 - alpha for y: (u - l) + 2/alpha max(0, l - y) + 2/alpha max(0, y - u), the
 *   smaller the better; skill = 1 - mean score / mean score of the base rate, its interval by resampling cases in pairs.
 * Preconditions: values and indicators on the scale of the regression; cases of at least three groups.
 * Params: `level` of the intervals; `bounds` of what a value can be, on the same scale.
 * Returns: one prediction a case, in order; hits with their exact interval; mean scores; skill with a 95 % interval.
 * Complexity: n regressions, and resamples * n.
 * Exact but for the resampling, which is deterministic by its seed.
 * Reference: Gneiting, Raftery, "Strictly proper scoring rules", doi:10.1198/016214506000001437.
 * Example: cases that all share one indicator are predicted as by the base rate, with skill 0.
 */
import { counterRandom } from '../effect/counter-random';
import { type Predictive, regressionPredictive } from './bayesian-regression';
import { proportionInterval, studentQuantile } from './beta-distribution';

export interface CalibrationCase {
  /** Cases of one group are left out together. */
  readonly group: string;
  readonly value: number;
  readonly indicators: readonly number[];
}

export interface PredictedInterval {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

export interface CasePrediction {
  readonly model: PredictedInterval;
  readonly base: PredictedInterval;
  readonly isHit: boolean;
  readonly isBaseHit: boolean;
  readonly score: number;
  readonly baseScore: number;
}

export interface HitRate {
  readonly hits: number;
  readonly cases: number;
  readonly low: number;
  readonly high: number;
  readonly meanScore: number;
}

export interface Calibration {
  readonly predictions: readonly CasePrediction[];
  readonly model: HitRate;
  readonly base: HitRate;
  readonly skill: number;
  readonly skillLow: number;
  readonly skillHigh: number;
}

export interface CalibrationOptions {
  readonly level: number;
  readonly bounds: readonly [number, number];
  readonly seed: number;
}

const RESAMPLES = 2000;
const INTERVAL_LEVEL = 0.95;
const NO_INDICATORS = [Number.POSITIVE_INFINITY];

export function leaveOneOut(cases: readonly CalibrationCase[], options: CalibrationOptions): Calibration {
  const predictions = cases.map((each) => {
    const others = cases.filter((other) => other.group !== each.group);
    const rows = others.map((other) => other.indicators);
    const values = others.map((other) => other.value);
    const model = intervalOf(regressionPredictive(rows, values, each.indicators), options);
    const base = intervalOf(regressionPredictive(rows, values, each.indicators, NO_INDICATORS), options);
    return {
      model,
      base,
      isHit: isWithin(model, each.value),
      isBaseHit: isWithin(base, each.value),
      score: intervalScore(model, each.value, options.level),
      baseScore: intervalScore(base, each.value, options.level),
    };
  });
  const scores = predictions.map((each) => each.score);
  const baseScores = predictions.map((each) => each.baseScore);
  const [skillLow, skillHigh] = resampledSkill(scores, baseScores, options.seed);
  return {
    predictions,
    model: hitRate(predictions.filter((each) => each.isHit).length, scores),
    base: hitRate(predictions.filter((each) => each.isBaseHit).length, baseScores),
    skill: skillOf(scores, baseScores),
    skillLow,
    skillHigh,
  };
}

/** Central interval of a predictive distribution. */
export function intervalOf(
  { location, scale, degrees }: Predictive,
  { level, bounds }: Pick<CalibrationOptions, 'level' | 'bounds'>,
): PredictedInterval {
  const reach = studentQuantile((1 + level) / 2, degrees) * scale;
  const within = (value: number) => Math.min(bounds[1], Math.max(bounds[0], value));
  return { low: within(location - reach), median: within(location), high: within(location + reach) };
}

const isWithin = ({ low, high }: PredictedInterval, value: number): boolean =>
  value >= low - 1e-12 && value <= high + 1e-12;

export function intervalScore({ low, high }: PredictedInterval, value: number, level: number): number {
  const penalty = 2 / (1 - level);
  return high - low + penalty * Math.max(0, low - value) + penalty * Math.max(0, value - high);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length);

function hitRate(hits: number, scores: readonly number[]): HitRate {
  const [low, high] = proportionInterval(hits, scores.length, INTERVAL_LEVEL);
  return { hits, cases: scores.length, low, high, meanScore: mean(scores) };
}

function skillOf(scores: readonly number[], base: readonly number[]): number {
  const reference = mean(base);
  return reference === 0 ? 0 : 1 - mean(scores) / reference;
}

function resampledSkill(scores: readonly number[], base: readonly number[], seed: number): [number, number] {
  const n = scores.length;
  const skills = Array.from({ length: RESAMPLES }, (_, run) => {
    const drawn = scores.map((_, i) => Math.floor(counterRandom(seed, run, i) * n));
    return skillOf(
      drawn.map((i) => scores[i]),
      drawn.map((i) => base[i]),
    );
  }).sort((a, b) => a - b);
  const tail = (1 - INTERVAL_LEVEL) / 2;
  return [skills[Math.floor(tail * RESAMPLES)], skills[Math.ceil((1 - tail) * RESAMPLES) - 1]];
}
