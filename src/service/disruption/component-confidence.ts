/** How sure one place of a ranking is, out of a sample of the doubtful ecosystem and, where that is small, exactly. */
import {
  exactConfidence,
  type FactDoubt,
  type FailureFunctions,
  type LossInterval,
  type LossSample,
  type LossStatistics,
  lossStatistics,
  rankStability,
} from '../../analysis';
import { AppError } from '../../errors';
import type { ComponentConfidence } from './certainty-views';

export interface ConfidenceOptions {
  /** Scenarios to draw, rounded up to whole words of 32. Default 1024. */
  readonly scenarios?: number;
  /** The same seed draws the same scenarios. Default 1. */
  readonly seed?: number;
}

const DEFAULT_SCENARIOS = 1024;
const MAX_SCENARIOS = 65_536;
/** Nodes of a diagram beyond which a component is left to the sample. */
const EXACT_NODES = 1 << 15;

/** @throws AppError BAD_INPUT for options out of their range */
export function checkedConfidence(options: ConfidenceOptions): Required<ConfidenceOptions> {
  return {
    scenarios: wholeNumber('scenarios', options.scenarios ?? DEFAULT_SCENARIOS, 32, MAX_SCENARIOS),
    seed: wholeNumber('seed', options.seed ?? 1, 0, 2 ** 31 - 1),
  };
}

export interface SampledLosses {
  readonly sample: LossSample;
  readonly statistics: readonly LossStatistics[];
}

export const sampledLosses = (sample: LossSample): SampledLosses => ({
  sample,
  statistics: lossStatistics(sample),
});

/** Of the component behind an event, which has a place in the ranking. Once `isOver` is true only the sample speaks. */
export function componentConfidence(
  functions: FailureFunctions,
  doubt: FactDoubt,
  { sample, statistics }: SampledLosses,
  [event, place]: readonly [number, number],
  isOver: () => boolean,
): ComponentConfidence {
  const exact = isOver()
    ? undefined
    : exactConfidence(functions, doubt, [event], { maxNodes: EXACT_NODES, isOver });
  const { mean, loss, pPositive, rank } = statistics[event];
  const at = (value: number): LossInterval => ({ low: value, high: value });
  const exactness = exact ? 'EXACT' : 'ESTIMATE';
  return {
    rankInterval: { ...rank, stability: rankStability(sample, event, place), exactness: 'ESTIMATE' },
    pChokepoint: exact
      ? { value: exact.pPositive, ...at(exact.pPositive), exactness }
      : { ...pPositive, exactness },
    severityLostInterval: {
      ...loss,
      mean: exact ? { value: exact.mean, ...at(exact.mean), exactness } : { ...mean, exactness },
      exactness: 'ESTIMATE',
    },
  };
}

function wholeNumber(what: string, got: number, least: number, most: number): number {
  if (Number.isInteger(got) && got >= least && got <= most) return got;
  throw new AppError('BAD_INPUT', { what, expected: `a whole number from ${least} to ${most}`, got });
}
