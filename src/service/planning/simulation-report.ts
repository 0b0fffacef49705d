/** What simulating a set of measures reports: the spread of their effect beside the closed form. */
import {
  type ActionExpansion,
  type Behaviours,
  drawnScenario,
  expandActions,
  modelInPlay,
  NO_BEHAVIOURS,
  planScorer,
  scenarioProblem,
  simulatePlan,
} from '../../analysis';
import { AppError } from '../../errors';
import type { PlanProblemFile } from '../../ingest/plan-problem.format';
import { type PlanningInput, planningInput } from './planning-input';

export interface SimulationReport {
  readonly runs: number;
  readonly mean: number;
  readonly standardError: number;
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
}

export interface SimulatedOperation {
  readonly id: string;
  readonly name: string | null;
  /** Mean severity lost over the runs. */
  readonly severityLost: number;
}

export interface SimulationResult extends SimulationReport {
  /** The effect in closed form with every claim taken as true and durations at their mean. */
  readonly closedForm: number;
  readonly measures: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly effectDay: number;
  }[];
  readonly operations: readonly SimulatedOperation[];
}

export interface SimulationOptions {
  readonly runs: number;
  readonly seed: number;
  readonly behaviours?: Partial<Behaviours>;
  readonly interrupt?: () => boolean;
}

export function simulationOf(
  input: PlanningInput,
  expansion: ActionExpansion,
  actions: readonly number[],
  options: SimulationOptions,
): SimulationReport {
  return report(run(input, expansion, actions, options));
}

function run(
  input: PlanningInput,
  expansion: ActionExpansion,
  actions: readonly number[],
  { runs, seed, behaviours, interrupt }: SimulationOptions,
) {
  const play = modelInPlay(
    input.model,
    actions.map((a) => expansion.actions[a].measure),
  );
  const scenarioOf = (stream: number) => drawnScenario(input.model, expansion, seed + 1, stream, play);
  return simulatePlan(actions, scenarioOf, {
    runs,
    interrupt,
    behaviours: { ...NO_BEHAVIOURS, ...behaviours },
  });
}

const report = ({ runs, mean, standardError, quantiles }: ReturnType<typeof run>): SimulationReport => {
  const [p5, p50, p95] = quantiles;
  return { runs, mean, standardError, p5, p50, p95 };
};

/**
 * Simulates given measures of a planning problem, each by the partner who is first and on the first day it may start.
 *
 * @throws AppError MEASURE_NOT_FOUND, and PLAN_MEASURE_EXCLUDED for one that the limits of the problem leave out
 */
export function simulateMeasures(
  file: PlanProblemFile,
  measures: readonly string[],
  options: SimulationOptions,
): SimulationResult {
  const input = planningInput(file);
  const expansion = expandActions(input.model);
  const actions = [...new Set(measures)].map((id) => firstAction(file, expansion, id)).sort((a, b) => a - b);
  const simulated = run(input, expansion, actions, options);
  const problem = scenarioProblem(input.model, expansion, { kind: 'asKnown' });
  return {
    ...report(simulated),
    closedForm: planScorer(problem).objective(actions),
    measures: actions.map((a) => {
      const { measure, effectDay } = expansion.actions[a];
      const { id, name } = file.measures[measure];
      return { id, name: name ?? null, effectDay };
    }),
    operations: file.operations
      .map(({ id, name }, o) => ({ id, name: name ?? null, severityLost: simulated.severityLost[o] ?? 0 }))
      .filter((each) => each.severityLost > 0)
      .sort((a, b) => b.severityLost - a.severityLost || (a.id < b.id ? -1 : 1)),
  };
}

/** Refuses measures that a problem does not have. @throws AppError MEASURE_NOT_FOUND */
export function refuseUnknownMeasures(file: PlanProblemFile, measures: readonly string[]): void {
  const known = new Set(file.measures.map(({ id }) => id));
  for (const id of measures) if (!known.has(id)) throw new AppError('MEASURE_NOT_FOUND', { got: id });
}

function firstAction(file: PlanProblemFile, expansion: ActionExpansion, id: string): number {
  const measure = file.measures.findIndex((each) => each.id === id);
  if (measure < 0) throw new AppError('MEASURE_NOT_FOUND', { got: id });
  const action = expansion.actions.findIndex((each) => each.measure === measure);
  if (action < 0) {
    const reason = expansion.excluded.find((each) => each.measure === measure)?.reason;
    throw new AppError('PLAN_MEASURE_EXCLUDED', { id, reason });
  }
  return action;
}
