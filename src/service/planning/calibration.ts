/**
 * How well the record of past actions predicts the next: each is predicted from the others, and held against what was
 * recorded. docs/analysis/calibration.md states the method and shows its answer on the curated record.
 */
import { type Calibration, type HitRate, leaveOneOut, type PredictedInterval } from '../../analysis';
import { AppError } from '../../errors';
import { planningBuilder } from './ecosystem-problem';
import { type PastAction, type PastOutcome, pastActions } from './past-actions';
import type { PlanningSource } from './planning-source';

export const CALIBRATED_QUANTITIES = ['DOWNTIME_DAYS', 'SHARE_LOST', 'SWITCH_DAYS'] as const;
export type CalibratedQuantity = (typeof CALIBRATED_QUANTITIES)[number];

export interface CalibratedCase {
  readonly actionId: string;
  readonly outcomeId: string;
  readonly name: string;
  readonly metric: string;
  readonly startedAt: string | null;
  readonly measureTypes: readonly string[];
  readonly targetKinds: readonly string[];
  readonly recordedLow: number | null;
  readonly recorded: number;
  readonly recordedHigh: number | null;
  readonly predicted: PredictedInterval;
  readonly baseRate: PredictedInterval;
  readonly isHit: boolean;
  readonly isBaseRateHit: boolean;
}

export interface CalibrationReport {
  readonly quantity: CalibratedQuantity;
  /** Nominal level of the predicted intervals. */
  readonly level: number;
  readonly record: HitRate;
  readonly baseRate: HitRate;
  /** Part of the base rate's interval score that the record saves, with its 95 % interval; below 0 it is worse. */
  readonly skill: number;
  readonly skillLow: number;
  readonly skillHigh: number;
  /** Whether the interval of the skill lies above 0. */
  readonly beatsBaseRate: boolean;
  readonly cases: readonly CalibratedCase[];
  readonly graphVersion: number;
}

const LEVEL = 0.8;
const FEWEST_CASES = 5;

/** Scale on which a quantity is modelled, and back. */
interface Quantity {
  readonly read: (outcome: PastOutcome) => number | null;
  readonly toScale: (value: number) => number;
  readonly fromScale: (value: number) => number;
  readonly bounds: readonly [number, number];
}

const DAYS: Omit<Quantity, 'read'> = {
  toScale: Math.log1p,
  fromScale: Math.expm1,
  bounds: [0, Math.log1p(36500)],
};

const QUANTITIES: Readonly<Record<CalibratedQuantity, Quantity>> = {
  DOWNTIME_DAYS: { ...DAYS, read: ({ downtimeDays }) => downtimeDays },
  SWITCH_DAYS: { ...DAYS, read: ({ switchDays }) => switchDays },
  SHARE_LOST: {
    read: ({ unit, before, after }) =>
      unit === 'index' && before !== null && before > 0 && after !== null ? (before - after) / before : null,
    toScale: (value) => value,
    fromScale: (value) => value,
    bounds: [0, 1],
  },
};

export interface CalibrationQuery {
  /** Milliseconds; absent counts everything on record. */
  readonly asOf?: number;
  readonly quantity?: CalibratedQuantity;
}

/** @throws AppError CALIBRATION_TOO_FEW when fewer than five outcomes of three actions give the quantity */
export async function calibrationReport(
  source: PlanningSource,
  { asOf, quantity = 'DOWNTIME_DAYS' }: CalibrationQuery = {},
): Promise<CalibrationReport> {
  const builder = planningBuilder(source.projection, {
    asOf,
    policy: 'EXPLICIT_ONLY',
    horizonDays: Number.POSITIVE_INFINITY,
  });
  const actions = await pastActions(source, builder);
  const { read, toScale, fromScale, bounds } = QUANTITIES[quantity];
  const found = actions.flatMap((action) =>
    action.outcomes.flatMap((outcome) => {
      const value = read(outcome);
      return value === null ? [] : [{ action, outcome, value }];
    }),
  );
  if (found.length < FEWEST_CASES || new Set(found.map(({ action }) => action.id)).size < 3) {
    throw new AppError('CALIBRATION_TOO_FEW', { quantity, got: found.length, fewest: FEWEST_CASES });
  }
  const names = indicatorNames(found.map(({ action }) => action));
  const calibration = leaveOneOut(
    found.map(({ action, value }) => ({
      group: action.id,
      value: toScale(value),
      indicators: indicatorsOf(action, names),
    })),
    { level: LEVEL, bounds, seed: 1 },
  );
  const back = ({ low, median, high }: PredictedInterval): PredictedInterval => ({
    low: fromScale(low),
    median: fromScale(median),
    high: fromScale(high),
  });
  const cases = found.map(({ action, outcome, value }, i): CalibratedCase => {
    const { model, base, isHit, isBaseHit } = calibration.predictions[i];
    return {
      actionId: action.id,
      outcomeId: outcome.id,
      name: action.name,
      metric: outcome.metric,
      startedAt: action.startedAt === null ? null : new Date(action.startedAt).toISOString(),
      measureTypes: action.measureTypes,
      targetKinds: action.targetKinds,
      recordedLow: quantity === 'DOWNTIME_DAYS' ? outcome.downtimeLowDays : null,
      recorded: value,
      recordedHigh: quantity === 'DOWNTIME_DAYS' ? outcome.downtimeHighDays : null,
      predicted: back(model),
      baseRate: back(base),
      isHit,
      isBaseRateHit: isBaseHit,
    };
  });
  return {
    quantity,
    level: LEVEL,
    ...rates(calibration),
    cases: ordered(cases),
    graphVersion: source.projection.seq,
  };
}

const rates = ({ model, base, skill, skillLow, skillHigh }: Calibration) => ({
  record: model,
  baseRate: base,
  skill,
  skillLow,
  skillHigh,
  beatsBaseRate: skillLow > 0,
});

const ordered = (cases: readonly CalibratedCase[]): CalibratedCase[] =>
  [...cases].sort(
    (a, b) => compare(a.startedAt ?? '', b.startedAt ?? '') || compare(a.outcomeId, b.outcomeId),
  );

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What tells actions apart: the measures taken, and the kinds of what was hit. */
function indicatorNames(actions: readonly PastAction[]): string[] {
  return [...new Set(actions.flatMap((each) => [...each.measureTypes, ...each.targetKinds]))].sort();
}

function indicatorsOf(action: PastAction, names: readonly string[]): number[] {
  const own = new Set([...action.measureTypes, ...action.targetKinds]);
  return names.map((name) => (own.has(name) ? 1 : 0));
}
