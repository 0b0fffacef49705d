import type { Command } from 'commander';
import { AppError } from '../errors';
import { PlanningService } from '../service/planning/planning.service';
import type { FullPlanReport } from '../service/planning/planning-report';
import { highsSolver } from '../service/solver/highs.solver';
import { analyseGroup } from './analyse-group';
import { printJson } from './output';
import { addSearchOptions, type SearchOptions } from './plan.options';
import { describePlan, endProgress, planPhase, showProgress } from './plan.output';

export function registerAnalysePlan(program: Command): void {
  const command = analyseGroup(program)
    .command('plan')
    .description('find the measures that cost operations most, within the limits of a planning problem')
    .argument('<file>', 'planning problem (JSON, see docs/analysis/optimisation.md)');
  addSearchOptions(command).action(async (file: string, options: SearchOptions) => {
    print(await plan(file, options), options);
  });
}

async function plan(file: string, options: SearchOptions): Promise<FullPlanReport> {
  const clock = (): number => performance.now() / 1000;
  const service = new PlanningService(await highsSolver(), clock);
  const began = clock();
  const { takedown, minDowntimeDays, simulate, json: _json, ...rest } = options;
  return service.planFile(file, {
    ...rest,
    simulationRuns: simulate,
    takedown: takedown === undefined ? undefined : { operations: takedown, minDowntimeDays },
    onPhase: (phase) => showProgress(clock() - began, phase),
    onProgress: ({ objective, bound, rounds }) =>
      showProgress(clock() - began, planPhase(objective, bound, rounds)),
  });
}

function print(report: FullPlanReport, options: SearchOptions): void {
  endProgress();
  if (options.json) printJson(report);
  else process.stdout.write(`${describePlan(report)}\n`);
  for (const warning of report.warnings) process.stderr.write(`${warning.code}: ${warning.message}\n`);
  if (report.status !== 'infeasible') return;
  const cause = report.outOfReach && `no measures together take down ${report.outOfReach.join(', ')}`;
  throw new AppError('PLAN_INFEASIBLE', { relax: report.relax ?? [], cause });
}
