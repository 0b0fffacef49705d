/** Plans, simulations, reach and calibration over the stored ecosystem, for callers that wait for the answer. */
import { AppError } from '../../errors';
import { ActiveGraph } from '../disruption/active-graph';
import { highsSolver } from '../solver/highs.solver';
import type { WarninglistService } from '../warninglist.service';
import { type CalibratedQuantity, type CalibrationReport, calibrationReport } from './calibration';
import { type ComponentReach, componentReach } from './component-reach';
import { EcosystemPlanner, planRequest } from './ecosystem-planner';
import type { EcosystemProblem, ProblemAssumption } from './ecosystem-problem';
import { listedTargets, targetWarnings } from './listed-targets';
import { requireMeasure } from './measure-diagnosis';
import { DEFAULT_SIMULATION_RUNS, type PlanQuery, type SimulationQuery } from './plan-query';
import { PlanningService, type PlanRequest } from './planning.service';
import { planningInput } from './planning-input';
import type { FullPlanReport } from './planning-report';
import type { PlanningSource } from './planning-source';
import { type SimulationResult, simulateMeasures } from './simulation-report';

/** A plan over the stored ecosystem, with what had to be assumed. */
export interface EcosystemPlan extends FullPlanReport {
  readonly graphVersion: number;
  readonly assumptions: readonly ProblemAssumption[];
}

export interface PlanControl extends Pick<PlanRequest, 'interrupt' | 'onProgress' | 'onPhase'> {
  /** Told of what there is to report before the request is done, each time it is more. */
  readonly onReport?: (plan: EcosystemPlan) => void;
  /** Seconds on any clock that only moves forward. */
  readonly clock: () => number;
}

/** Instant and partners of the question who can act. */
export interface ReachArguments {
  /** RFC 3339; now if absent. */
  readonly asOf?: string;
  /** Ids or names of partners; all if absent. */
  readonly partners?: readonly string[];
  /** Offences of the case. */
  readonly offences?: readonly string[];
}

export interface CalibrationArguments {
  /** RFC 3339; everything on record if absent. */
  readonly asOf?: string;
  readonly quantity?: CalibratedQuantity;
}

export class EcosystemPlanningService {
  private readonly planner: EcosystemPlanner;

  constructor(
    private readonly warninglists: WarninglistService,
    private readonly now: () => Date,
  ) {
    this.planner = new EcosystemPlanner(now);
  }

  /** @throws AppError as `EcosystemPlanner.problem` */
  async problem(
    source: PlanningSource,
    query: Pick<PlanQuery, 'scope' | 'limits' | 'scenario'>,
  ): Promise<EcosystemProblem> {
    const problem = await this.planner.problem(source, query);
    const onWarninglists = await listedTargets(this.warninglists, source, problem.file);
    return { ...problem, onWarninglists };
  }

  /** @throws AppError as `EcosystemPlanner.problem`, and PLAN_NO_MEASURE, PLAN_INFEASIBLE */
  async plan(source: PlanningSource, query: PlanQuery, control: PlanControl): Promise<EcosystemPlan> {
    return solvePlan(await this.problem(source, query), query, control);
  }

  /** @throws AppError as `EcosystemPlanner.problem`, and MEASURE_NOT_FOUND, PLAN_MEASURE_EXCLUDED */
  async simulate(source: PlanningSource, query: SimulationQuery): Promise<SimulationResult> {
    return solveSimulation(await this.problem(source, query), query);
  }

  /** @throws AppError COMPONENT_NOT_FOUND, PARTNER_NOT_FOUND, BAD_INPUT */
  reach(source: PlanningSource, componentId: string, given: ReachArguments = {}): Promise<ComponentReach> {
    const asOf = instantOf(given.asOf) ?? this.now().getTime();
    const partnerIds = given.partners?.map((name) => partnerId(source, asOf, name));
    return componentReach(source, componentId, { asOf, partnerIds, offences: given.offences });
  }

  /** @throws AppError CALIBRATION_TOO_FEW, BAD_INPUT */
  calibrate(source: PlanningSource, given: CalibrationArguments = {}): Promise<CalibrationReport> {
    return calibrationReport(source, { asOf: instantOf(given.asOf), quantity: given.quantity });
  }
}

/** Solves a stated problem. @throws AppError PLAN_NO_MEASURE, PLAN_INFEASIBLE, OPERATION_NOT_FOUND */
export async function solvePlan(
  problem: EcosystemProblem,
  query: PlanQuery,
  { clock, onReport, ...control }: PlanControl,
): Promise<EcosystemPlan> {
  const began = clock();
  const asked = { ...planRequest(query), ...control };
  requireMeasure(problem.file, query.limits);
  control.onPhase?.('building the problem');
  const solver = await highsSolver();
  const input = planningInput(problem.file);
  const { graphVersion, assumptions, onWarninglists } = problem;
  const stated = (report: FullPlanReport): EcosystemPlan => {
    const warnings = [...report.warnings, ...targetWarnings(report, problem.file, onWarninglists)];
    return { ...report, warnings, graphVersion, assumptions };
  };
  const request: PlanRequest = {
    ...asked,
    seconds: Math.max(0, asked.seconds - (clock() - began)),
    onReport: onReport && ((report) => onReport(stated(report))),
  };
  const report = new PlanningService(solver, clock).plan(input, request);
  if (report.status === 'infeasible') {
    const cause = report.outOfReach && `no measures together take down ${report.outOfReach.join(', ')}`;
    throw new AppError('PLAN_INFEASIBLE', { relax: report.relax ?? [], cause });
  }
  return stated(report);
}

/** Simulates measures of a stated problem. @throws AppError MEASURE_NOT_FOUND, PLAN_MEASURE_EXCLUDED, BAD_INPUT */
export function solveSimulation(
  problem: EcosystemProblem,
  { measures, runs = DEFAULT_SIMULATION_RUNS, seed = 0, behaviours }: SimulationQuery,
  interrupt?: () => boolean,
): SimulationResult {
  if (!(Number.isInteger(runs) && runs >= 1)) {
    throw new AppError('BAD_INPUT', { what: 'runs', expected: 'a whole number from 1', got: String(runs) });
  }
  for (const [what, got] of Object.entries(behaviours ?? {})) {
    const isShare = what === 'learning' || what === 'migratingShare';
    if (typeof got === 'number' && got >= 0 && (!isShare || got <= 1)) continue;
    const expected = isShare ? 'a number from 0 to 1' : 'days from 0';
    throw new AppError('BAD_INPUT', { what, expected, got: String(got) });
  }
  return simulateMeasures(problem.file, measures, { runs, seed, behaviours, interrupt });
}

function instantOf(asOf: string | undefined): number | undefined {
  if (asOf === undefined) return undefined;
  const at = Date.parse(asOf);
  if (Number.isNaN(at))
    throw new AppError('BAD_INPUT', { what: 'asOf', expected: 'an RFC 3339 time', got: asOf });
  return at;
}

function partnerId({ projection }: PlanningSource, asOf: number, name: string): string {
  const graph = new ActiveGraph(projection, asOf);
  const { ids } = projection.vertices;
  const isMeant = (vertex: number) =>
    ids[vertex] === name || graph.nameOf(vertex).toLowerCase() === name.toLowerCase();
  const vertex = graph.verticesOf('Partner').find(isMeant);
  if (vertex === undefined) throw new AppError('PARTNER_NOT_FOUND', { got: name });
  return ids[vertex];
}
