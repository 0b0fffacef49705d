/**
 * How long past actions lasted and how fast activity moved away from what they hit: one observation for each action, which the
 * beliefs by type and the assumptions that plans use are both moved by. docs/analysis/outcomes.md says what counts.
 */
import { compareIds, type DurationObservation } from '../../analysis';
import type { PastAction, PastOutcome } from './past-actions';

export interface TimedAction extends Pick<PastAction, 'id' | 'measureTypes' | 'targetKinds' | 'targetTypes'> {
  readonly observation: DurationObservation;
}

/** Half a day stands for no time at all. */
export const FLOOR_DAYS = 0.5;
const DAY_MS = 86_400_000;

/** Days until targets were back, or as long as they had been down when last looked at: the longest that outcomes tell. */
export const timesOfReturn = (past: readonly PastAction[]): TimedAction[] => timed(past, returnOf);

/** Days until activity had moved elsewhere; where an outcome says that none had by then, so many days of waiting. */
export const timesOfSwitch = (past: readonly PastAction[]): TimedAction[] => timed(past, switchOf);

/** Days of the observations of some actions, in order of id. */
export const daysOf = (actions: readonly TimedAction[]): number[] =>
  actions.map(({ observation }) => observation.days);

type ObservationOf = (action: PastAction, outcome: PastOutcome) => DurationObservation | undefined;

function timed(past: readonly PastAction[], observationOf: ObservationOf): TimedAction[] {
  return [...past]
    .sort((a, b) => compareIds(a.id, b.id))
    .flatMap((action) => {
      const found = action.outcomes.flatMap((outcome) => observationOf(action, outcome) ?? []);
      if (found.length === 0) return [];
      const { id, measureTypes, targetKinds, targetTypes } = action;
      return [{ id, measureTypes, targetKinds, targetTypes, observation: found.reduce(longest) }];
    });
}

const longest = (a: DurationObservation, b: DurationObservation): DurationObservation =>
  b.days > a.days ? b : a;

function returnOf(action: PastAction, outcome: PastOutcome): DurationObservation | undefined {
  const isReturned = outcome.regeneratedAt !== null;
  const until = outcome.regeneratedAt ?? outcome.observedAt;
  return observed(outcome.downtimeDays ?? daysBetween(action.startedAt, until), isReturned);
}

function switchOf(action: PastAction, outcome: PastOutcome): DurationObservation | undefined {
  if (outcome.switchDays !== null) return observed(outcome.switchDays, true);
  return outcome.displacedShare === 0
    ? observed(daysBetween(action.startedAt, outcome.observedAt), false)
    : undefined;
}

const daysBetween = (from: number | null, to: number | null): number | null =>
  from === null || to === null ? null : (to - from) / DAY_MS;

function observed(days: number | null, isReturned: boolean): DurationObservation | undefined {
  return days !== null && days >= 0 ? { days: Math.max(days, FLOOR_DAYS), isReturned } : undefined;
}
