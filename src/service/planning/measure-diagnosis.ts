/** Whether any measure can be taken within the limits of a plan and, where none can, which limits keep them all out. */
import { expandActions } from '../../analysis';
import { AppError } from '../../errors';
import type { PlanProblemFile } from '../../ingest/plan-problem.format';
import { limitsWithout } from './plan-limits-input';
import type { PlanLimitsQuery } from './plan-query';
import { planningInput } from './planning-input';

/** Measures kept out by each rule that left nothing, for people. */
const REASONS: Readonly<Record<string, string>> = {
  BUDGET: 'cost more than the budget',
  COLLATERAL: 'harm too many others',
  DEADLINE: 'take effect after the deadline',
  EXCLUDED: 'are excluded',
  EXPIRED: 'rest on an instrument that has expired by then',
  EXPOSURE: 'give away more than may be given away',
  JURISDICTION: 'would be taken in a jurisdiction that is not allowed',
  MAX_MEASURES: 'are more than may be taken',
  OFFENCE: 'need a way of cooperation that is open for another offence alone',
  PARTNER: 'have no partner who may and can take them',
};

/** Limits that can keep a measure out by themselves. */
const KEEPING_OUT = [
  'budget',
  'maxMeasures',
  'deadlineDays',
  'jurisdictions',
  'partners',
  'maxExposure',
  'maxCollateral',
  'maxCollateralPerMeasure',
  'exclude',
  'measureTypes',
] as const satisfies readonly (keyof PlanLimitsQuery)[];

/** Measures of a problem that nobody can take, each with the reason in words. */
export function reasonsAgainst(file: PlanProblemFile): [id: string, reason: string][] {
  const { excluded } = expandActions(planningInput(file).model);
  return excluded.map(({ measure, reason }) => [
    file.measures[measure].id,
    `such measures ${REASONS[reason]}`,
  ]);
}

/**
 * Checks that at least one measure can be taken within the limits.
 *
 * @param asked the limits as the caller set them: one that was not set is never said to be relaxed, but for the offences
 *   and the days to start on, which limit where nobody set them
 * @throws AppError PLAN_NO_MEASURE saying why there is none, and which limits would each, dropped alone, let one through
 */
export function requireMeasure(file: PlanProblemFile, asked: PlanLimitsQuery = {}): void {
  const reasons = whatKeepsOut(file);
  if (reasons === null) return;
  const relax = relaxed(file, asked)
    .filter(([, without]) => whatKeepsOut(without) === null)
    .map(([name]) => name);
  const counted = [...reasons].sort(([a], [b]) => (a < b ? -1 : 1));
  throw new AppError('PLAN_NO_MEASURE', {
    reasons:
      counted.map(([reason, count]) => `${count} ${REASONS[reason]}`).join(', ') || 'there is none to take',
    relax,
  });
}

/** The problem without each of the limits on what can be taken. */
function relaxed(file: PlanProblemFile, asked: PlanLimitsQuery): [name: string, without: PlanProblemFile][] {
  const set = KEEPING_OUT.filter((name) => asked[name] !== undefined && asked[name] !== null);
  const offences = [...file.cooperation.flatMap((way) => way.offence ?? []), ...file.limits.offences];
  return [
    ...set.map((name): [string, PlanProblemFile] => [
      name,
      { ...file, limits: limitsWithout(file, asked, name) },
    ]),
    ['offences', { ...file, limits: { ...file.limits, offences } }],
    ['startDays', { ...file, measures: file.measures.map((each) => ({ ...each, starts: [0] })) }],
  ];
}

/** Number of measures that each rule keeps out; null where at least one can be taken. */
function whatKeepsOut(file: PlanProblemFile): Map<string, number> | null {
  const { limits } = file;
  const { actions, excluded } = expandActions(planningInput(file).model);
  const keptOut = new Map<string, number>();
  const count = (reason: string) => keptOut.set(reason, (keptOut.get(reason) ?? 0) + 1);
  for (const { reason } of excluded) count(reason);
  const within = (amount: number, limit: number | null) => limit === null || amount <= limit;
  let canTake = false;
  for (const at of new Set(actions.map((each) => each.measure))) {
    const { cost, exposure, collateral } = file.measures[at];
    if (limits.maxMeasures === 0) count('MAX_MEASURES');
    else if (!within(cost, limits.budget)) count('BUDGET');
    else if (!within(exposure, limits.maxExposure)) count('EXPOSURE');
    else if (!within(collateral, limits.maxCollateral)) count('COLLATERAL');
    else canTake = true;
  }
  return canTake ? null : keptOut;
}
