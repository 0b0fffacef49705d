/** Finds and explains plans for a planning problem given as a file. Reads nothing from the store. */
import { readFile } from 'node:fs/promises';
import {
  type ActionExpansion,
  type BestPlan,
  bestPlan,
  expandActions,
  informationValue,
  keepsAnyPlan,
  limitsToRelax,
  type MilpSolver,
  marginalValues,
  minimumCostTakedown,
  nextPlans,
  type PlanOptions,
  type PlanProblem,
  type PlanProgress,
  paretoFrontier,
  planScorer,
  type SampleAveragePlan,
  type ScenarioChoice,
  sampleAveragePlan,
  scenarioProblem,
  type Takedown,
} from '../../analysis';
import { AppError } from '../../errors';
import { readPlanProblem } from '../../ingest/plan-problem.reader';
import { type PlanningInput, planningInput } from './planning-input';
import { edgeName, type FullPlanReport, planReport, type SampleReport } from './planning-report';
import { simulationOf } from './simulation-report';

export interface PlanRequest {
  readonly budget?: number;
  readonly seconds: number;
  readonly seed: number;
  /** How doubt is taken: averaged over scenarios, as if all claims held, or against us. */
  readonly doubt: 'expected' | 'asKnown' | 'guaranteed';
  readonly scenarios: number;
  readonly replications: number;
  readonly frontier?: boolean;
  readonly alternatives?: number;
  readonly marginal?: boolean;
  readonly doubtfulEdges?: boolean;
  readonly simulationRuns?: number;
  readonly takedown?: { readonly operations: readonly string[]; readonly minDowntimeDays: number };
  readonly interrupt?: () => boolean;
  readonly onProgress?: (progress: PlanProgress) => void;
  readonly onPhase?: (phase: string) => void;
  /** Told of what there is to report before the request is done, each time it is more. */
  readonly onReport?: (report: FullPlanReport) => void;
}

/** @throws AppError BAD_INPUT */
export function requireSeconds(seconds: number): void {
  if (Number.isFinite(seconds) && seconds > 0) return;
  throw new AppError('BAD_INPUT', { what: 'seconds', expected: 'a number above 0', got: String(seconds) });
}

const TEST_SCENARIOS = 500;

export class PlanningService {
  constructor(
    private readonly solver: MilpSolver,
    private readonly now: () => number,
  ) {}

  /**
   * @throws AppError BAD_INPUT without any seconds, FILE_NOT_FOUND, INVALID_JSON, PLAN_FILE_INVALID, PLAN_ID_REPEATED, PLAN_REFERENCE_UNKNOWN,
   *   OPERATION_NOT_FOUND for a takedown of what is not there
   */
  async planFile(path: string, request: PlanRequest): Promise<FullPlanReport> {
    requireSeconds(request.seconds);
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      throw new AppError('FILE_NOT_FOUND', { path }, { cause: error });
    });
    return this.plan(planningInput(readPlanProblem(path, text)), request);
  }

  plan(given: PlanningInput, request: PlanRequest): FullPlanReport {
    const began = this.now();
    const time = this.timeFor(request);
    const input = withBudget(given, request.budget);
    const expansion = expandActions(input.model);
    const reportOf = (found: Found, extras: Partial<FullPlanReport>) =>
      this.report({ input, expansion, request, began }, found, extras);
    const onPlan: PlanOptions['onPlan'] = (plan, problem) =>
      request.onReport?.(reportOf({ plan: bounded(plan, ceiling(input)), problem }, {}));
    const first = { ...request, seconds: time() };
    const found = first.takedown
      ? this.takedown(input, expansion, first, first.takedown)
      : this.search(input, expansion, first, onPlan);
    const { plan, problem } = found;
    if (plan.status === 'infeasible') {
      return reportOf(found, { relax: this.relax(input, expansion, problem, request) });
    }
    const extras: Partial<FullPlanReport>[] = [];
    const steps = this.extras(input, expansion, problem, plan, request, time);
    for (const step of steps) {
      request.onReport?.(reportOf(found, Object.assign({}, ...extras)));
      extras.push(step());
    }
    return reportOf(found, Object.assign({}, ...extras));
  }

  private report(
    { input, expansion, request, began }: Planning,
    { plan, problem, sample, outOfReach }: Found,
    extras: Partial<FullPlanReport>,
  ): FullPlanReport {
    return {
      ...planReport(input, expansion, problem, plan),
      ...(outOfReach?.length ? { outOfReach } : {}),
      ...(sample ? { sample: sampleReport(input, sample, request.scenarios) } : {}),
      ...extras,
      ceiling: ceiling(input),
      solver: this.solver.name,
      rounds: plan.rounds,
      seconds: this.now() - began,
      excluded: expansion.excluded.map((each) => ({
        id: input.file.measures[each.measure].id,
        reason: each.reason,
      })),
      warnings: [...input.warnings, ...noMeasure(input, expansion)],
    };
  }

  /** Seconds for the next part of a request: those asked for are shared by the plan and each extra, and what one leaves serves the rest. */
  private timeFor(request: PlanRequest): () => number {
    const { frontier, alternatives, marginal, doubtfulEdges, seconds } = request;
    let parts = 1 + [frontier, alternatives, marginal, doubtfulEdges].filter(Boolean).length;
    const end = this.now() + seconds;
    return () => {
      const share = (end - this.now()) / Math.max(1, parts);
      parts -= 1;
      return Math.max(0, share);
    };
  }

  private options(request: PlanRequest, seconds: number, phase?: string): PlanOptions {
    const { seed, interrupt, onProgress } = request;
    if (phase !== undefined) request.onPhase?.(phase);
    const within = (part: string) => request.onPhase?.(`${phase}: ${part}`);
    const onPhase = phase === undefined ? request.onPhase : within;
    return { seconds, now: this.now, seed, interrupt, onProgress, onPhase };
  }

  private search(
    input: PlanningInput,
    expansion: ActionExpansion,
    request: PlanRequest,
    onPlan: PlanOptions['onPlan'],
  ): Found {
    const options = { ...this.options(request, request.seconds), onPlan };
    if (request.doubt === 'expected') {
      const sampled = sampleAveragePlan(input.model, this.solver, {
        ...options,
        scenarios: request.scenarios,
        replications: request.replications,
        testScenarios: TEST_SCENARIOS,
      });
      const isSample = sampled.plan.of === 'sample';
      const plan = bounded(sampled.plan, ceiling(input));
      return { plan, problem: sampled.problem, sample: isSample ? sampled : undefined };
    }
    const problem = scenarioProblem(input.model, expansion, { kind: request.doubt });
    const plan = bestPlan(problem, this.solver, options);
    return { problem, plan: bounded(plan, ceiling(input)) };
  }

  private takedown(
    input: PlanningInput,
    expansion: ActionExpansion,
    request: PlanRequest,
    goal: NonNullable<PlanRequest['takedown']>,
  ): Found {
    const kind = request.doubt === 'guaranteed' ? 'guaranteed' : 'asKnown';
    const problem = scenarioProblem(input.model, expansion, { kind });
    const takedown = this.takedownOf(input, problem, request, goal);
    const outOfReach = takedown.outOfReach.map((o) => input.file.operations[o].id);
    const score = planScorer(problem).score(takedown.actions);
    const { status, actions, cost, bound, gap } = takedown;
    const plan = {
      status,
      of: problem.of,
      actions,
      cost,
      objective: cost,
      bound,
      gap,
      score,
      rounds: 1,
      seconds: 0,
    };
    return { problem, plan, outOfReach };
  }

  private takedownOf(
    input: PlanningInput,
    problem: PlanProblem,
    request: PlanRequest,
    goal: NonNullable<PlanRequest['takedown']>,
  ): Takedown {
    const operations = goal.operations.map((id) => {
      const index = input.file.operations.findIndex((each) => each.id === id);
      if (index < 0) throw new AppError('OPERATION_NOT_FOUND', { ids: id });
      return index;
    });
    const { minDowntimeDays } = goal;
    return minimumCostTakedown(problem, this.solver, {
      ...this.options(request, request.seconds),
      operations,
      minDowntimeDays,
    });
  }

  /** What else was asked for, each found when it is called. */
  private extras(
    input: PlanningInput,
    expansion: ActionExpansion,
    problem: PlanProblem,
    plan: BestPlan,
    request: PlanRequest,
    time: () => number,
  ): (() => Partial<FullPlanReport>)[] {
    const options = (phase: string) => this.options(request, time(), phase);
    const { frontier, alternatives, marginal, doubtfulEdges, simulationRuns, seed, interrupt } = request;
    const choice: ScenarioChoice =
      request.doubt === 'expected'
        ? { kind: 'sample', count: request.scenarios, seed }
        : { kind: request.doubt };
    const steps: (() => Partial<FullPlanReport>)[] = [];
    if (frontier) {
      steps.push(() => ({ frontier: this.frontier(input, problem, plan, options('tracing the frontier')) }));
    }
    if (alternatives) {
      steps.push(() => {
        const found = nextPlans(problem, this.solver, {
          ...options('seeking other plans'),
          count: alternatives + 1,
          startFrom: plan.actions,
        });
        return {
          alternatives: found.slice(1).map((each) => planReport(input, expansion, problem, each)),
        };
      });
    }
    if (marginal) {
      const phase = 'valuing partners and jurisdictions';
      steps.push(() => ({ marginalValues: this.marginal(input, plan, options(phase), choice) }));
    }
    if (doubtfulEdges) {
      const phase = 'valuing doubtful edges';
      steps.push(() => ({ doubtfulEdges: this.doubtful(input, options(phase), choice) }));
    }
    if (simulationRuns) {
      const simulation = { runs: simulationRuns, seed, interrupt };
      steps.push(() => ({ simulation: simulationOf(input, expansion, plan.actions, simulation) }));
    }
    return steps;
  }

  private frontier(
    input: PlanningInput,
    problem: PlanProblem,
    plan: BestPlan,
    options: PlanOptions,
  ): FullPlanReport['frontier'] {
    const frontier = paretoFrontier(problem, this.solver, { ...options, startFrom: plan.actions });
    const points = frontier.points.map(({ cost, objective, bound, status, actions }) => {
      const measures = actions.map((a) => input.file.measures[problem.actions[a].measure].id);
      return { cost, objective, bound, status, measures };
    });
    return { points, isComplete: frontier.isComplete };
  }

  private marginal(
    input: PlanningInput,
    plan: BestPlan,
    options: PlanOptions,
    choice: ScenarioChoice,
  ): FullPlanReport['marginalValues'] {
    const values = marginalValues(input.model, plan, this.solver, { ...options, choice });
    return values.map(({ kind, index, value, low, high }) => {
      const partner = kind === 'PARTNER' ? input.file.partners[index] : undefined;
      const id = partner?.id ?? input.jurisdictions[index];
      return { kind, id, name: partner?.name ?? null, value, low, high };
    });
  }

  private doubtful(
    input: PlanningInput,
    options: PlanOptions,
    choice: ScenarioChoice,
  ): FullPlanReport['doubtfulEdges'] {
    const { edges, isComplete } = informationValue(input.model, this.solver, { ...options, choice });
    const named = edges.map(({ edge, pTrue, value, flips, isProved }) => ({
      edge: edgeName(input, edge),
      confidence: pTrue,
      value,
      flips,
      isProved,
    }));
    return { edges: named, isComplete };
  }

  /** Which limits stand in the way: those of the programme, and those that left a measure that must be taken no action. */
  private relax(
    input: PlanningInput,
    expansion: ActionExpansion,
    problem: PlanProblem,
    request: PlanRequest,
  ): string[] {
    const byReason = {
      JURISDICTION: 'jurisdictions',
      PARTNER: 'partners',
      OFFENCE: 'offences',
      EXPIRED: 'startDays',
      DEADLINE: 'deadlineDays',
    } as const;
    const must = new Set(input.model.limits.mustTake);
    const options = this.options(request, request.seconds / 16);
    const { takedown } = request;
    const hasPlan = (relaxed: PlanProblem): boolean =>
      takedown === undefined
        ? keepsAnyPlan(relaxed, this.solver, options)
        : this.takedownOf(input, relaxed, request, takedown).actions.length > 0;
    const names = new Set<string>(limitsToRelax(problem, hasPlan));
    for (const { measure, reason } of expansion.excluded) {
      if (!must.has(measure)) continue;
      if (reason === 'COLLATERAL') names.add('maxCollateralPerMeasure');
      else if (reason !== 'EXCLUDED') names.add(byReason[reason]);
    }
    return [...names];
  }
}

/** What a request is about, as every report of it needs it. */
interface Planning {
  readonly input: PlanningInput;
  readonly expansion: ActionExpansion;
  readonly request: PlanRequest;
  readonly began: number;
}

interface Found {
  readonly plan: BestPlan;
  readonly problem: PlanProblem;
  readonly sample?: SampleAveragePlan;
  readonly outOfReach?: readonly string[];
}

function withBudget(input: PlanningInput, budget: number | undefined): PlanningInput {
  if (budget === undefined) return input;
  return { ...input, model: { ...input.model, limits: { ...input.model.limits, budget } } };
}

/** A plan whose search had no time to prove a bound worth the name is bounded by what losing everything would come to. */
function bounded(plan: BestPlan, most: number): BestPlan {
  if (plan.status === 'infeasible' || plan.bound <= most) return plan;
  const bound = Math.max(plan.objective, most);
  const gap = plan.objective > 0 ? (bound - plan.objective) / plan.objective : Number.POSITIVE_INFINITY;
  return { ...plan, bound, gap };
}

function ceiling(input: PlanningInput): number {
  const { horizonDays, discountPerDay, operations } = input.model;
  const days =
    discountPerDay === 0 ? horizonDays : -Math.expm1(-discountPerDay * horizonDays) / discountPerDay;
  return operations.reduce((sum, each) => sum + each.severity, 0) * days;
}

function noMeasure(input: PlanningInput, expansion: ActionExpansion): FullPlanReport['warnings'] {
  if (expansion.actions.length > 0) return [];
  const message = 'No measure may be taken under these limits; see excluded for the reason of each.';
  return [{ code: 'NO_FEASIBLE_MEASURE', subject: input.file.name ?? 'problem', message }];
}

function sampleReport(input: PlanningInput, sampled: SampleAveragePlan, scenarios: number): SampleReport {
  const { replications, expected, halfWidth } = sampled;
  const most = ceiling(input) - expected;
  const selectionFrequency = input.file.measures
    .map(({ id }, m) => ({ id, frequency: sampled.selectionFrequency[m] }))
    .filter((each) => each.frequency > 0)
    .sort((a, b) => b.frequency - a.frequency || (a.id < b.id ? -1 : 1));
  return {
    scenarios,
    replications,
    expected,
    halfWidth,
    statisticalGap: Math.min(sampled.statisticalGap, most),
    statisticalGapUpper: Math.min(sampled.statisticalGapUpper, most),
    selectionFrequency,
  };
}
