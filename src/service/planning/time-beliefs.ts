/**
 * What the record says of how long targets stay down and how fast activity moves away, by type of measure or by kind of target: the
 * prior of each is what all others have shown, and every outcome of its own moves it, those of plans like those of the past.
 * docs/analysis/outcomes.md has the model.
 */
import {
  type DurationPosterior,
  type DurationPrior,
  durationPosterior,
  predictiveQuantile,
} from '../../analysis';
import { VOCABULARIES } from '../../model/vocabulary';
import type { PastAction } from './past-actions';
import { type TimedAction, timesOfReturn, timesOfSwitch } from './past-times';

export const BELIEVED_TIMES = ['RETURN', 'SWITCH'] as const;
/** RETURN: until the target is back. SWITCH: until the activity has moved elsewhere. */
export type BelievedTime = (typeof BELIEVED_TIMES)[number];
export const BELIEF_GROUPS = ['MEASURE_TYPE', 'TARGET_KIND'] as const;
export type BeliefGroup = (typeof BELIEF_GROUPS)[number];

export interface TimeBelief {
  /** Type of measure or kind of target. */
  readonly group: string;
  /** Actions of the group on record with such a time. */
  readonly observed: number;
  /** Of these, those in which it had happened. */
  readonly ended: number;
  readonly pNever: number;
  readonly medianDays: number;
  readonly sigma: number;
  /** Days within which it happens the next time with probability 0.1, 0.5 and 0.9; null where it may well never. */
  readonly lowDays: number | null;
  readonly middleDays: number | null;
  readonly highDays: number | null;
}

/** Before anything is on record: assumptions, wide enough to give way to a handful of cases. */
const NOTHING_KNOWN: Readonly<Record<BelievedTime, DurationPrior>> = {
  RETURN: { never: 1, returned: 1, medianDays: 60, medianSpread: 2, sigma: 1.2, sigmaSpread: 0.5 },
  SWITCH: { never: 1, returned: 1, medianDays: 14, medianSpread: 2, sigma: 1.2, sigmaSpread: 0.5 },
};

/** Cases that what other groups have shown is worth. */
const PRIOR_CASES = 4;

/** Beliefs for every group, those seen most first. Gives way to other requests between groups. */
export async function timeBeliefs(
  past: readonly PastAction[],
  time: BelievedTime,
  by: BeliefGroup,
): Promise<TimeBelief[]> {
  const recorded = time === 'RETURN' ? timesOfReturn(past) : timesOfSwitch(past);
  const groupsOf = by === 'MEASURE_TYPE' ? typesOf : kindsOf;
  const nothingKnown = NOTHING_KNOWN[time];
  const unseen = priorFrom(posteriorOf(nothingKnown, recorded));
  const groups =
    by === 'MEASURE_TYPE' ? VOCABULARIES.MeasureType : [...new Set(recorded.flatMap(kindsOf))].sort();
  const beliefs: TimeBelief[] = [];
  for (const group of groups) {
    const own = recorded.filter((each) => groupsOf(each).includes(group));
    const others = recorded.filter((each) => !own.includes(each));
    const prior = own.length === 0 ? unseen : priorFrom(posteriorOf(nothingKnown, others));
    beliefs.push(beliefOf(group, own, posteriorOf(prior, own)));
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return beliefs.sort((a, b) => b.observed - a.observed || (a.group < b.group ? -1 : 1));
}

const typesOf = ({ measureTypes }: TimedAction): readonly string[] => measureTypes;
const kindsOf = ({ targetKinds }: TimedAction): readonly string[] => targetKinds;

const posteriorOf = (prior: DurationPrior, actions: readonly TimedAction[]): DurationPosterior =>
  durationPosterior(
    prior,
    actions.map(({ observation }) => observation),
  );

const priorFrom = ({ pNever, medianDays, sigma }: DurationPosterior): DurationPrior => ({
  never: Math.max(0.5, PRIOR_CASES * pNever),
  returned: Math.max(0.5, PRIOR_CASES * (1 - pNever)),
  medianDays,
  medianSpread: 1,
  sigma,
  sigmaSpread: 0.4,
});

function beliefOf(group: string, own: readonly TimedAction[], posterior: DurationPosterior): TimeBelief {
  const quantile = (q: number): number | null => {
    const days = predictiveQuantile(posterior, q);
    return Number.isFinite(days) ? days : null;
  };
  const { pNever, medianDays, sigma } = posterior;
  return {
    group,
    observed: own.length,
    ended: own.filter(({ observation }) => observation.isReturned).length,
    pNever,
    medianDays,
    sigma,
    lowDays: quantile(0.1),
    middleDays: quantile(0.5),
    highDays: quantile(0.9),
  };
}
