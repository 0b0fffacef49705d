/** Plans, frontiers and simulations as jobs. The problem is stated before the job starts, for the viewer who asks. */
import { AppError } from '../../errors';
import type { AnalysisKind, AnalysisResult, RunControl } from '../analysis-run/analysis-kind';
import type { Exactness } from '../exactness';
import { type EcosystemPlan, solvePlan, solveSimulation } from './ecosystem-planning.service';
import type { EcosystemProblem } from './ecosystem-problem';
import type { PlanQuery, SimulationQuery } from './plan-query';
import type { SimulationResult } from './simulation-report';

export interface PlanResult extends EcosystemPlan, AnalysisResult {}

const METHOD = 'mixed-integer programme with cuts priced by the effect kernel';

export const planAnalysis: AnalysisKind<PlanQuery, PlanResult, EcosystemProblem> = {
  name: 'PLAN',
  run: ({ parameters, extra }, control) => plan(extra, parameters, control),
};

export const frontierAnalysis: AnalysisKind<PlanQuery, PlanResult, EcosystemProblem> = {
  name: 'PLAN_FRONTIER',
  run: ({ parameters, extra }, control) => plan(extra, { ...parameters, frontier: true }, control),
};

async function plan(problem: EcosystemProblem, query: PlanQuery, control: RunControl): Promise<PlanResult> {
  const { interrupt, progress, keep, clock } = control;
  const found = await solvePlan(problem, query, {
    clock,
    interrupt,
    onPhase: (phase) => progress(null, phase),
    onProgress: ({ objective, bound, rounds }) => {
      const share = bound > 0 && Number.isFinite(bound) ? objective / bound : null;
      progress(share, `plan ${objective.toPrecision(6)}, bound ${bound.toPrecision(6)}, round ${rounds}`);
    },
    onReport: (report) => keep({ ...resultOf(report), isStopped: true }),
  });
  return resultOf(found);
}

function resultOf(found: EcosystemPlan): PlanResult {
  const isWhole = found.status === 'optimal' && (found.frontier?.isComplete ?? true);
  const exactness: Exactness = found.of === 'sample' ? 'ESTIMATE' : isWhole ? 'EXACT' : 'LOWER_BOUND';
  return { ...found, method: METHOD, exactness, isStopped: found.status === 'stopped' };
}

export interface SimulationAnalysisResult extends SimulationResult, AnalysisResult {
  readonly graphVersion: number;
}

export const simulationAnalysis: AnalysisKind<SimulationQuery, SimulationAnalysisResult, EcosystemProblem> = {
  name: 'SIMULATION',
  run({ parameters, extra }, { interrupt, progress, clock }) {
    const start = clock();
    progress(null, 'simulating');
    const found = solveSimulation(extra, parameters, interrupt);
    if (found.runs === 0) throw new AppError('ANALYSIS_DEADLINE', { seconds: clock() - start });
    return {
      ...found,
      method: 'discrete-event simulation',
      exactness: 'ESTIMATE',
      isStopped: found.runs < (parameters.runs ?? found.runs),
      graphVersion: extra.graphVersion,
      seconds: clock() - start,
    };
  },
};
