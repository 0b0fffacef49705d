/** Plans over the stored ecosystem: states the planning problem for one viewer and question, and has it solved. */
import { expandActions, vertexCell } from '../../analysis';
import { AppError } from '../../errors';
import type { PlanProblemFile } from '../../ingest/plan-problem.format';
import { ActiveGraph } from '../disruption/active-graph';
import { jurisdictionOf } from '../disruption/places';
import { lastTurningPoint } from '../disruption/turning-points';
import { withScenario } from '../scenario/scenario';
import { type EcosystemProblem, type EcosystemProblemOptions, ecosystemProblem } from './ecosystem-problem';
import { planLimits, requireAmount } from './plan-limits-input';
import {
  DEFAULT_PLAN,
  DEFAULT_PLAN_SCOPE,
  DEFAULT_TAKEDOWN_DAYS,
  type PlanQuery,
  type PlanScope,
} from './plan-query';
import type { PlanRequest } from './planning.service';
import { planningInput } from './planning-input';
import type { PlanningSource } from './planning-source';

/** What states a planning problem: everything that is not about how to solve it. */
export type ProblemQuery = Pick<PlanQuery, 'scope' | 'limits' | 'scenario'>;

export class EcosystemPlanner {
  constructor(private readonly now: () => Date) {}

  /**
   * The planning problem of an ecosystem.
   *
   * @throws AppError BAD_INPUT, SCENARIO_INVALID, OPERATION_NOT_FOUND, PARTNER_NOT_FOUND, JURISDICTION_NOT_FOUND,
   *   MEASURE_NOT_FOUND, MEASURE_NOT_LAWFUL, PLAN_LIMITS_CONTRADICT, PLAN_NO_OPERATION
   */
  async problem(given: PlanningSource, query: ProblemQuery): Promise<EcosystemProblem> {
    const source = withScenario(given, query.scenario ?? {});
    const options = this.options(source, query.scope ?? {});
    const problem = await ecosystemProblem(source, options);
    if (problem.file.operations.length === 0) throw new AppError('PLAN_NO_OPERATION', {});
    const limits = planLimits(problem.file, query.limits ?? {}, placesByName(source, options.asOf));
    return { ...problem, file: { ...problem.file, limits } };
  }

  private options(source: PlanningSource, scope: PlanScope): EcosystemProblemOptions {
    const { horizonDays, policy, startDays, asOf, isAllTime, ...given } = {
      ...DEFAULT_PLAN_SCOPE,
      ...withoutNothing(scope),
    };
    if (!(horizonDays > 0 && Number.isFinite(horizonDays))) {
      throw new AppError('BAD_INPUT', {
        what: 'horizonDays',
        expected: 'days above 0',
        got: String(horizonDays),
      });
    }
    for (const day of startDays) requireAmount('startDays', day);
    if (startDays.length === 0) {
      throw new AppError('BAD_INPUT', { what: 'startDays', expected: 'at least one day', got: [] });
    }
    const { displacedShare, displacedAfterDays, discountPerDay, isWithoutMarket, ...operations } = given;
    for (const [what, got] of Object.entries({ displacedAfterDays, discountPerDay }))
      requireAmount(what, got);
    if (displacedShare !== undefined && !(displacedShare >= 0 && displacedShare <= 1)) {
      throw new AppError('BAD_INPUT', {
        what: 'displacedShare',
        expected: '0 to 1',
        got: String(displacedShare),
      });
    }
    const at = asOf === undefined ? this.now().getTime() : Date.parse(asOf);
    if (Number.isNaN(at))
      throw new AppError('BAD_INPUT', { what: 'asOf', expected: 'an RFC 3339 time', got: asOf });
    return {
      ...operations,
      horizonDays,
      policy,
      starts: startDays,
      discountPerDay: discountPerDay ?? 0,
      hasLatentMarket: isWithoutMarket !== true,
      asOf: isAllTime ? undefined : lastTurningPoint(source.projection, at),
      begins: isAllTime ? undefined : at,
      ...(displacedShare
        ? { displacement: { share: displacedShare, afterDays: displacedAfterDays ?? 0 } }
        : {}),
    };
  }
}

/** How a problem is to be solved. */
export function planRequest(query: PlanQuery): PlanRequest {
  const { scope: _scope, limits: _limits, scenario: _scenario, takedown, ...given } = query;
  const request = { ...DEFAULT_PLAN, ...withoutNothing(given) };
  for (const what of ['seconds', 'seed'] as const) requireAmount(what, request[what]);
  for (const what of ['scenarios', 'replications', 'alternatives', 'simulationRuns'] as const) {
    const got = request[what];
    if (got !== undefined && !(Number.isInteger(got) && got >= 1)) {
      throw new AppError('BAD_INPUT', { what, expected: 'a whole number from 1', got: String(got) });
    }
  }
  if (takedown === undefined || takedown === null) return request;
  const minDowntimeDays = takedown.minDowntimeDays ?? DEFAULT_TAKEDOWN_DAYS;
  requireAmount('minDowntimeDays', minDowntimeDays);
  return { ...request, takedown: { operations: takedown.operations, minDowntimeDays } };
}

/** Measures kept out by each rule that left nothing, for people. */
const REASONS: Readonly<Record<string, string>> = {
  BUDGET: 'cost more than the budget',
  COLLATERAL: 'harm too many others',
  DEADLINE: 'take effect after the deadline',
  EXCLUDED: 'are excluded',
  EXPIRED: 'rest on an instrument that has expired by then',
  JURISDICTION: 'would be taken in a jurisdiction that is not allowed',
  OFFENCE: 'need a way of cooperation that is open for another offence alone',
  PARTNER: 'have no partner who may and can take them',
};
const LIMIT_OF: Readonly<Record<string, string>> = {
  BUDGET: 'budget',
  COLLATERAL: 'maxCollateralPerMeasure',
  DEADLINE: 'deadlineDays',
  EXCLUDED: 'exclude',
  EXPIRED: 'startDays',
  JURISDICTION: 'jurisdictions',
  OFFENCE: 'offences',
  PARTNER: 'partners',
};

/** Measures of a problem that nobody can take, each with the reason in words. */
export function reasonsAgainst(file: PlanProblemFile): [id: string, reason: string][] {
  const { excluded } = expandActions(planningInput(file).model);
  return excluded.map(({ measure, reason }) => [
    file.measures[measure].id,
    `such measures ${REASONS[reason]}`,
  ]);
}

/** What limits also where nobody set it: no offence is covered, and work begins on day 0. */
const ALWAYS_LIMITS: ReadonlySet<string> = new Set(['offences', 'startDays']);

/**
 * Checks that at least one measure can be taken within the limits.
 *
 * @throws AppError PLAN_NO_MEASURE saying why there is none, and which limit to relax
 */
export function requireMeasure(file: PlanProblemFile): void {
  const { actions, excluded } = expandActions(planningInput(file).model);
  const budget = file.limits.budget ?? Number.POSITIVE_INFINITY;
  const affordable = actions.some((each) => file.measures[each.measure].cost <= budget);
  if (affordable && file.limits.maxMeasures !== 0) return;
  const counts = new Map<string, number>();
  for (const { reason } of excluded) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const dear = new Set(actions.map((each) => each.measure)).size;
  if (dear > 0 && !affordable) counts.set('BUDGET', dear);
  const reasons = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const limited = reasons
    .map(([reason]) => LIMIT_OF[reason])
    .filter((limit) => ALWAYS_LIMITS.has(limit) || isSet(file.limits, limit));
  const relax = file.limits.maxMeasures === 0 ? ['maxMeasures'] : dear > 0 ? ['budget'] : limited;
  throw new AppError('PLAN_NO_MEASURE', {
    reasons:
      reasons.map(([reason, count]) => `${count} ${REASONS[reason]}`).join(', ') || 'there is none to take',
    relax,
  });
}

function isSet(limits: PlanProblemFile['limits'], limit: string): boolean {
  const value = limits[limit as keyof typeof limits];
  return Array.isArray(value) ? value.length > 0 : value !== null;
}

/** Codes of jurisdictions by code, name and id, in lower case. */
function placesByName(source: PlanningSource, asOf: number | undefined): ReadonlyMap<string, string> {
  const { projection } = source;
  const places = new Map<string, string>();
  for (const vertex of new ActiveGraph(projection, asOf).verticesOf('Jurisdiction')) {
    const code = jurisdictionOf(projection, vertex);
    const names = [code, vertexCell(projection, 'name', vertex), projection.vertices.ids[vertex]];
    for (const name of names) if (name !== null) places.set(String(name).toLowerCase(), code);
  }
  return places;
}

/** What a caller left open, or null, takes its default. */
const withoutNothing = <T extends object>(given: T): { [K in keyof T]: Exclude<T[K], null> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null)) as {
    [K in keyof T]: Exclude<T[K], null>;
  };
