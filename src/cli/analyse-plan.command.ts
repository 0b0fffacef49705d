import { type Command, InvalidArgumentError, Option } from 'commander';
import { AppError } from '../errors';
import { PlanningService } from '../service/planning/planning.service';
import type { FullPlanReport } from '../service/planning/planning-report';
import { highsSolver } from '../service/solver/highs.solver';
import { analyseGroup } from './analyse-group';
import { formatTable, printJson } from './output';

interface Options {
  readonly budget?: number;
  readonly seconds: number;
  readonly seed: number;
  readonly doubt: 'expected' | 'asKnown' | 'guaranteed';
  readonly scenarios: number;
  readonly replications: number;
  readonly frontier?: boolean;
  readonly alternatives?: number;
  readonly marginal?: boolean;
  readonly doubtfulEdges?: boolean;
  readonly simulate?: number;
  readonly takedown?: string[];
  readonly minDowntimeDays: number;
  readonly json?: boolean;
}

export function registerAnalysePlan(program: Command): void {
  analyseGroup(program)
    .command('plan')
    .description('find the measures that cost operations most, within the limits of a planning problem')
    .argument('<file>', 'planning problem (JSON, see docs/analysis/optimisation.md)')
    .option('--budget <x>', 'overrides the budget of the file', parseAmount)
    .option('--seconds <s>', 'stop searching after so long', parseAmount, 60)
    .option('--seed <n>', 'seed of every random choice', parseCount, 0)
    .addOption(
      new Option(
        '--doubt <how>',
        'average over scenarios, take every claim as true, or take doubt against us',
      )
        .choices(['expected', 'asKnown', 'guaranteed'])
        .default('expected'),
    )
    .option('--scenarios <n>', 'scenarios in a sample', parseAtLeastOne, 24)
    .option('--replications <n>', 'independent samples', parseAtLeastOne, 3)
    .option('--frontier', 'the Pareto frontier of cost against effect')
    .option('--alternatives <k>', 'the next k distinct plans', parseAtLeastOne)
    .option('--marginal', 'what each partner and jurisdiction adds')
    .option('--doubtful-edges', 'what collecting on each doubtful edge is worth')
    .option('--simulate <runs>', 'simulate the plan so many times', parseAtLeastOne)
    .option('--takedown <operations...>', 'instead: the cheapest full takedown of these operations')
    .option('--min-downtime-days <days>', 'for a takedown: for at least so long', parseAmount, 30)
    .option('--json', 'print JSON')
    .action(async (file: string, options: Options) => {
      print(await plan(file, options), options);
    });
}

async function plan(file: string, options: Options): Promise<FullPlanReport> {
  const service = new PlanningService(await highsSolver(), () => performance.now() / 1000);
  const { takedown, minDowntimeDays, simulate, json: _json, ...rest } = options;
  const isShown = process.stderr.isTTY === true;
  return service.planFile(file, {
    ...rest,
    simulationRuns: simulate,
    takedown: takedown === undefined ? undefined : { operations: takedown, minDowntimeDays },
    onProgress: ({ seconds, objective, bound, rounds }) => {
      const at = `${seconds.toFixed(1)} s  plan ${objective.toPrecision(6)}  bound ${bound.toPrecision(6)}`;
      if (isShown) process.stderr.write(`\r${at}  round ${rounds}\x1b[K`);
    },
  });
}

function print(report: FullPlanReport, options: Options): void {
  if (process.stderr.isTTY === true) process.stderr.write('\r\x1b[K');
  if (options.json) printJson(report);
  else process.stdout.write(`${describe(report)}\n`);
  for (const warning of report.warnings) process.stderr.write(`${warning.code}: ${warning.message}\n`);
  if (report.status !== 'infeasible') return;
  const cause = report.outOfReach && `no measures together take down ${report.outOfReach.join(', ')}`;
  throw new AppError('PLAN_INFEASIBLE', { relax: report.relax ?? [], cause });
}

function describe(report: FullPlanReport): string {
  if (report.status === 'infeasible') return 'No plan keeps all limits.';
  const gap = report.gap === null ? 'unknown' : `${(100 * report.gap).toFixed(2)} %`;
  const parts = [
    `${report.status} for the ${report.of}: objective ${round(report.objective)} of ${round(report.ceiling)}, ` +
      `bound ${round(report.bound)}, gap ${gap}, cost ${round(report.cost)}`,
    formatTable(report.measures, [
      { title: 'measure', value: (each) => each.id, width: 40 },
      { title: 'type', value: (each) => each.type ?? '' },
      { title: 'target', value: (each) => each.target, width: 40 },
      { title: 'cost', value: (each) => each.cost },
      { title: 'partner', value: (each) => each.partner ?? '' },
      { title: 'jurisdiction', value: (each) => each.jurisdiction ?? '' },
      { title: 'effect day', value: (each) => each.effectDay },
    ]),
    formatTable(report.operations, [
      { title: 'operation', value: (each) => each.id, width: 40 },
      { title: 'downtime days', value: (each) => each.downtimeDays },
      { title: 'severity lost', value: (each) => each.severityLost },
    ]),
    ...describeExtras(report),
  ];
  return parts.join('\n\n');
}

function describeExtras(report: FullPlanReport): string[] {
  const parts: string[] = [];
  if (report.sample) {
    const { expected, halfWidth, statisticalGapUpper } = report.sample;
    parts.push(
      `On fresh scenarios ${round(expected)} ± ${round(halfWidth)}; at most ${round(statisticalGapUpper)} from the best (95 %).`,
    );
  }
  if (report.simulation) {
    const { runs, mean, p5, p95 } = report.simulation;
    parts.push(`Simulated ${runs} times: mean ${round(mean)}, 90 % between ${round(p5)} and ${round(p95)}.`);
  }
  if (report.frontier) {
    parts.push(
      formatTable(report.frontier.points, [
        { title: 'cost', value: (each) => each.cost },
        { title: 'objective', value: (each) => each.objective },
        { title: 'status', value: (each) => each.status },
        { title: 'measures', value: (each) => each.measures.join(' '), width: 60 },
      ]),
    );
  }
  for (const each of report.alternatives ?? []) {
    parts.push(
      `alternative ${round(each.objective)}: ${each.measures.map((measure) => measure.id).join(' ')}`,
    );
  }
  if (report.marginalValues) {
    parts.push(
      formatTable(report.marginalValues, [
        { title: 'without', value: (each) => `${each.kind.toLowerCase()} ${each.id}` },
        { title: 'loses', value: (each) => each.value },
      ]),
    );
  }
  if (report.doubtfulEdges) {
    parts.push(
      formatTable(report.doubtfulEdges.edges, [
        { title: 'doubtful edge', value: (each) => each.edge, width: 60 },
        { title: 'confidence', value: (each) => each.confidence },
        { title: 'worth', value: (each) => each.value },
        { title: 'flips the plan', value: (each) => (each.flips ? 'yes' : 'no') },
      ]),
    );
  }
  return parts;
}

const round = (value: number): number => Math.round(value * 100) / 100;

function parseAmount(text: string): number {
  const value = Number(text);
  const isAmount = text.trim() !== '' && Number.isFinite(value) && value >= 0;
  if (!isAmount) throw new InvalidArgumentError('expected a number of at least 0');
  return value;
}

function parseCount(text: string): number {
  const value = parseAmount(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('expected a whole number of at least 0');
  return value;
}

function parseAtLeastOne(text: string): number {
  const value = parseCount(text);
  if (value < 1) throw new InvalidArgumentError('expected a whole number of at least 1');
  return value;
}
