/**
 * Importance measures of basic events, by their authors' names.
 *
 * What: Birnbaum (MIF), criticality (CIF), Fussell-Vesely, diagnostic (DIF), risk achievement worth (RAW), risk reduction
 *   worth (RRW), occurrence, and joint importance of pairs; and their sums over many tops weighted by severity.
 * Formula: with P = P(top), p = P(e), B = dP/dp: CIF = p B / P, RAW = P(top | e) / P = 1 + (1-p) B / P, DIF = P(e | top) =
 *   p RAW, RRW = P / P(top | not e) = P / (P - p B), joint(e, f) = d2P / dp_e dp_f (positive: each raises the other's).
 * Preconditions: independent events, probabilities within [0, 1].
 * Returns: one value an event; where P = 0 the ratios are 0; RRW is Infinity where the top needs the event.
 * Complexity: O(nodes) for all events at once; joint importance of one event with all others two passes; see
 *   fussell-vesely.ts for the one measure that may be approximate. Exact otherwise.
 * Reference: Y. Dutuit, A. Rauzy, "Efficient Algorithms to Assess Component and Gate Importance in Fault Tree Analysis",
 *   doi:10.1016/S0951-8320(01)00004-7; J. S. Hong, C. H. Lie, doi:10.1109/24.210285 (joint importance).
 * Example: for a + b with p = 0.5 each: B = 0.5, P = 0.75, CIF = 1/3, RAW = 4/3, RRW = 1.5; joint(a, b) = -1.
 */
import { occurrences } from './cut-set-counts';
import type { Diagrams } from './diagrams';
import { type FussellVesely, fussellVeselyNumerators } from './fussell-vesely';
import { birnbaumImportance } from './top-probability';

export interface ImportanceMeasures {
  readonly probability: number;
  readonly birnbaum: Float64Array;
  readonly criticality: Float64Array;
  readonly fussellVesely: Float64Array;
  readonly fussellVeselyMethod: FussellVesely['method'];
  readonly diagnostic: Float64Array;
  readonly riskAchievementWorth: Float64Array;
  readonly riskReductionWorth: Float64Array;
  /** Minimal cut sets that hold the event. */
  readonly occurrence: readonly bigint[];
}

export function importanceMeasures(
  diagrams: Diagrams,
  probabilities: ArrayLike<number>,
  deadline?: () => boolean,
): ImportanceMeasures {
  const { probability, derivative } = birnbaumImportance(diagrams, probabilities);
  const fussellVesely = fussellVeselyNumerators(diagrams, probabilities, deadline);
  const ratio = (of: (e: number) => number): Float64Array =>
    Float64Array.from(derivative, (_, e) => (probability > 0 ? of(e) : 0));
  const raw = (e: number): number => 1 + ((1 - probabilities[e]) * derivative[e]) / probability;
  return {
    probability,
    birnbaum: derivative,
    criticality: ratio((e) => (probabilities[e] * derivative[e]) / probability),
    fussellVesely: ratio((e) => Math.min(1, fussellVesely.numerator[e] / probability)),
    fussellVeselyMethod: fussellVesely.method,
    diagnostic: ratio((e) => probabilities[e] * raw(e)),
    riskAchievementWorth: ratio(raw),
    riskReductionWorth: ratio((e) => {
      const without = probability - probabilities[e] * derivative[e];
      return without > probability * 1e-15 ? probability / without : Number.POSITIVE_INFINITY;
    }),
    occurrence: occurrences(diagrams),
  };
}

/** Joint importance of `event` with every other event (0 with itself): B of the others with it down, less with it up. */
export function jointImportance(
  diagrams: Diagrams,
  probabilities: ArrayLike<number>,
  event: number,
): Float64Array {
  const given = Float64Array.from(probabilities);
  given[event] = 1;
  const down = birnbaumImportance(diagrams, given).derivative;
  given[event] = 0;
  const up = birnbaumImportance(diagrams, given).derivative;
  return Float64Array.from(down, (value, e) => (e === event ? 0 : value - up[e]));
}

export type RealMeasure = 'birnbaum' | 'criticality' | 'fussellVesely' | 'diagnostic';

/** Sum over tops of severity x measure: what an event matters to all operations together. */
export function severityWeighted(
  measures: readonly ImportanceMeasures[],
  severities: ArrayLike<number>,
  measure: RealMeasure,
): Float64Array {
  const sum = new Float64Array(measures[0]?.birnbaum.length ?? 0);
  for (const [top, each] of measures.entries()) {
    const values = each[measure];
    for (let e = 0; e < sum.length; e += 1) sum[e] += severities[top] * values[e];
  }
  return sum;
}
