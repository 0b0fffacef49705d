/** Plans over the stored ecosystem: states the planning problem for one viewer and question, and has it solved. */
import { vertexCell } from '../../analysis';
import { AppError } from '../../errors';
import { ActiveGraph } from '../disruption/active-graph';
import { jurisdictionOf } from '../disruption/places';
import { instantAsked } from '../disruption/scope';
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
import { type PlanRequest, requireSeconds } from './planning.service';
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
    const at = instantAsked({ asOf, isAllTime }, this.now);
    return {
      ...operations,
      horizonDays,
      policy,
      starts: startDays,
      discountPerDay: discountPerDay ?? 0,
      hasLatentMarket: isWithoutMarket !== true,
      asOf: at === undefined ? undefined : lastTurningPoint(source.projection, at),
      begins: at,
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
  requireSeconds(request.seconds);
  requireAmount('seed', request.seed);
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
