/** Predicts what the measures of a plan do to the ecosystem as it is known, keeps that with the plan, and says what has changed since. */
import { AppError } from '../../errors';
import { digestOf } from '../../model/digest';
import { relationshipId } from '../../model/identity';
import type { Json } from '../../model/values';
import { sightOf } from '../../model/viewer';
import type { AnalysisRunService } from '../analysis-run/analysis-run.service';
import type { GraphView } from '../graph-view';
import type { EcosystemPlanningService } from '../planning/ecosystem-planning.service';
import type { EcosystemProblem } from '../planning/ecosystem-problem';
import { reasonsAgainst } from '../planning/measure-diagnosis';
import { simulationAnalysis } from '../planning/plan.analysis';
import type { PlanScope } from '../planning/plan-query';
import { planningSourceOf } from '../planning/planning-source';
import type { ViewContent } from '../view-content';
import type { PlanReport, PlanService, PlanStep } from './plan.service';
import type { PlannedMeasure, PlanRecord } from './plan-record';
import { isPredicted, type Prediction } from './prediction';
import type { ScenarioService } from './scenario.service';

export interface PredictionOptions {
  readonly runs: number;
  readonly seed: number;
}

/** A prediction with the state of the graph that it was made on. */
export interface MadePrediction {
  readonly prediction: Prediction;
  readonly graphVersion: number;
  readonly horizonDays: number;
}

export interface PlanComparison {
  readonly before: MadePrediction | null;
  readonly after: MadePrediction;
  /** Loss predicted now less that predicted then; null where nothing was predicted. */
  readonly change: number | null;
  /** Operations whose predicted loss has changed, most first. */
  readonly operations: readonly {
    readonly id: string;
    readonly before: number;
    readonly after: number;
  }[];
  /** Measures of the plan that the ecosystem as known now leaves no room for, and why. */
  readonly impossible: readonly { readonly measureId: string; readonly reason: string }[];
}

export const MAX_PREDICTION_RUNS = 2000;
const DEFAULT_HORIZON_DAYS = 365;

export class PredictionService {
  constructor(
    private readonly plans: PlanService,
    private readonly planning: EcosystemPlanningService,
    private readonly content: ViewContent,
    private readonly scenarios: ScenarioService,
    private readonly runs: AnalysisRunService,
  ) {}

  /**
   * Predicts a plan and keeps the prediction with it. The simulation is a run of its author's, on a thread of its own.
   *
   * @throws AppError PLAN_NOT_FOUND, PLAN_EMPTY, PLAN_NO_MEASURE when none of its measures can be taken, STALE_REVISION
   */
  async predict(step: PlanStep, options: PredictionOptions): Promise<PlanReport> {
    const record = await this.plans.read(step.view, step.id);
    const { made } = await this.make(step.view, record, options);
    const { prediction, graphVersion, horizonDays } = made;
    const kept: Record<string, Json> = {
      prediction: prediction as unknown as Json,
      graphVersion,
      horizonDays,
      predictedLoss: prediction.objective,
    };
    if (prediction.low !== null) kept.predictedLowLoss = prediction.low;
    if (prediction.high !== null) kept.predictedHighLoss = prediction.high;
    return this.plans.keepPrediction(kept, step);
  }

  /** The plan as predicted then, against the graph as it is now. @throws as `predict` */
  async compare(view: GraphView, id: string, options: PredictionOptions): Promise<PlanComparison> {
    const record = await this.plans.read(view, id);
    const { prediction, graphVersion, horizonDays } = record.plan.properties;
    const before = isPredicted(prediction)
      ? { prediction, graphVersion: Number(graphVersion), horizonDays: Number(horizonDays) }
      : null;
    const { made: after, impossible } = await this.make(view, record, options);
    const lossOf = (made: MadePrediction | null) =>
      new Map(made?.prediction.operations.map((each) => [each.id, each.severityLost]));
    const [old, fresh] = [lossOf(before), lossOf(after)];
    const operations = [...new Set([...old.keys(), ...fresh.keys()])]
      .map((each) => ({ id: each, before: old.get(each) ?? 0, after: fresh.get(each) ?? 0 }))
      .filter((each) => each.before !== each.after)
      .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || (a.id < b.id ? -1 : 1));
    const change = before && after.prediction.objective - before.prediction.objective;
    return { before, after, change, operations, impossible };
  }

  private async make(
    view: GraphView,
    record: PlanRecord,
    { runs, seed }: PredictionOptions,
  ): Promise<{ readonly made: MadePrediction } & Pick<PlanComparison, 'impossible'>> {
    if (!Number.isInteger(runs) || runs < 1 || runs > MAX_PREDICTION_RUNS) {
      throw new AppError('BAD_INPUT', { what: 'runs', expected: `1 to ${MAX_PREDICTION_RUNS}`, got: runs });
    }
    if (record.measures.length === 0) throw new AppError('PLAN_EMPTY', { id: record.plan.id });
    const scope = scopeOf(record);
    const supposed = await this.scenarios.read(view, record.scenarioIds);
    const scenario = { ...supposed, remove: [...(supposed.remove ?? []), ...ownership(record)] };
    const source = planningSourceOf(view, this.content);
    const problem = await this.planning.problem(source, { scope, scenario });
    const { stated, chosen, impossible } = withMeasures(problem, record.measures);
    if (chosen.length === 0) {
      const reasons = impossible.map(({ measureId, reason }) => `${measureId}: ${reason}`).join('; ');
      throw new AppError('PLAN_NO_MEASURE', { reasons, relax: [] });
    }
    const result = await this.runs.outcome(
      simulationAnalysis,
      { owner: view.viewer.id, scope: sightOf(view.viewer) },
      {
        parameters: { measures: chosen, runs, seed, statedAs: digestOf(stated.file as unknown as Json) },
        projection: view.recorded,
        extra: stated,
      },
    );
    const { horizonDays } = problem.file;
    const severity = new Map(problem.file.operations.map((each) => [each.id, each.severity]));
    const prediction: Prediction = {
      kind: 'plan-prediction',
      objective: result.mean,
      low: result.p5,
      high: result.p95,
      bound: null,
      gap: null,
      status: 'simulated',
      of: 'model',
      ceiling: horizonDays * problem.file.operations.reduce((sum, each) => sum + each.severity, 0),
      cost: record.measures.reduce((sum, { node }) => sum + numberOf(node.properties.cost), 0),
      operations: result.operations.map(({ id, severityLost }) => {
        const weight = severity.get(id) ?? 0;
        return { id, severityLost, downtimeDays: weight > 0 ? severityLost / weight : 0 };
      }),
      alternatives: [],
      doubtfulEdges: [],
      warnings: [
        ...(result.isStopped ? [`Ended by its deadline after ${result.runs} of ${runs} runs.`] : []),
        ...impossible.map(({ measureId, reason }) => `${measureId} does not count: ${reason}`),
        ...problem.assumptions.map(({ code, subject }) => `${code}: ${subject}`),
      ],
    };
    return { made: { prediction, graphVersion: problem.graphVersion, horizonDays }, impossible };
  }
}

const numberOf = (value: Json | undefined): number => (typeof value === 'number' ? value : 0);

/** Operations that the plan aims at, all if it names none, over its horizon. */
function scopeOf({ plan, operationIds }: PlanRecord): PlanScope {
  const horizonDays = numberOf(plan.properties.horizonDays) || DEFAULT_HORIZON_DAYS;
  return operationIds.length > 0 ? { horizonDays, operationIds } : { horizonDays };
}

/** Planning leaves out measures that belong to a plan; for this plan its own are supposed to belong to none. */
const ownership = ({ plan, measures }: PlanRecord): string[] =>
  measures.map(({ node }) => relationshipId('PLANS', plan.id, node.id));

interface Chosen extends Pick<PlanComparison, 'impossible'> {
  readonly stated: EcosystemProblem;
  readonly chosen: readonly string[];
}

/** The problem with the measures of the plan on their days, and which of its measures they are: one for each target. */
function withMeasures(problem: EcosystemProblem, planned: readonly PlannedMeasure[]): Chosen {
  const chosen: string[] = [];
  const impossible: { measureId: string; reason: string }[] = [];
  const starts = new Map<string, number>();
  for (const { node } of planned) {
    const own = problem.file.measures.filter(({ id }) => id === node.id || id.startsWith(`${node.id} `));
    if (own.length === 0) {
      const reason =
        'no operation in scope depends on its target, the target is out of reach, or it does nothing there';
      impossible.push({ measureId: node.id, reason });
    }
    const seen = new Set<string>();
    for (const each of own) {
      const target = each.target ?? each.id;
      if (seen.has(target)) continue;
      seen.add(target);
      chosen.push(each.id);
      starts.set(each.id, numberOf(node.properties.startDay));
    }
  }
  const measures = problem.file.measures.map((each) => {
    const start = starts.get(each.id);
    return start === undefined ? each : { ...each, starts: [start] };
  });
  const stated = { ...problem, file: { ...problem.file, measures } };
  const reasons = new Map(reasonsAgainst(stated.file));
  for (const id of chosen) {
    const reason = reasons.get(id);
    if (reason !== undefined) impossible.push({ measureId: id, reason });
  }
  return { stated, chosen: chosen.filter((id) => !reasons.has(id)), impossible };
}
