/** Whether any measure can be taken within the limits of a plan and, where none can, which limits keep them all out. */
import { expandActions } from '../../analysis';
import { AppError } from '../../errors';
import type { PlanProblemFile } from '../../ingest/plan-problem.format';
import { limitsWithout } from './plan-limits-input';
import type { PlanLimitsQuery } from './plan-query';
import { planningInput } from './planning-input';

type Limits = PlanProblemFile['limits'];

/** Measures kept out by each rule that left nothing, for people. */
const REASONS: Readonly<Record<string, string>> = {
  BUDGET: 'cost more than the budget',
  COLLATERAL: 'harm too many others',
  DEADLINE: 'take effect after the deadline',
  EXCLUDED: 'are excluded',
  EXPOSURE: 'give away more than may be given away',
  JURISDICTION: 'would be taken in a jurisdiction that is not allowed',
  MAX_MEASURES: 'are more than may be taken',
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

/**
 * Checks that at least one measure can be taken within the limits.
 *
 * @param asked the limits as the caller set them: one that was not set is never said to be relaxed
 * @throws AppError PLAN_NO_MEASURE saying why there is none, and which limits would each, dropped alone, let one through
 */
export function requireMeasure(file: PlanProblemFile, asked: PlanLimitsQuery = {}): void {
  const reasons = whatKeepsOut(file, file.limits);
  if (reasons === null) return;
  const isSet = (name: (typeof KEEPING_OUT)[number]) => asked[name] !== undefined && asked[name] !== null;
  const relax = KEEPING_OUT.filter(
    (name) => isSet(name) && whatKeepsOut(file, limitsWithout(file, asked, name)) === null,
  );
  const counted = [...reasons].sort(([a], [b]) => (a < b ? -1 : 1));
  throw new AppError('PLAN_NO_MEASURE', {
    reasons:
      counted.map(([reason, count]) => `${count} ${REASONS[reason]}`).join(', ') || 'there is none to take',
    relax,
  });
}

/** Number of measures that each rule keeps out; null where at least one can be taken. */
function whatKeepsOut(file: PlanProblemFile, limits: Limits): Map<string, number> | null {
  const { actions, excluded } = expandActions(planningInput({ ...file, limits }).model);
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
