import type { Command } from 'commander';
import { DEFAULT_SECONDS, type FaultTreeReport, FaultTreeService } from '../service/fault-tree.service';
import { analyseGroup } from './analyse-group';
import { formatTable, printJson } from './output';
import { parsePositive, parseWhole } from './positive.options';

interface Options {
  readonly top?: string;
  readonly maxOrder?: number;
  readonly cutSets?: number;
  readonly importance?: boolean;
  readonly probability?: boolean;
  readonly missionTime?: number;
  readonly seconds?: number;
  readonly json?: boolean;
}

export function registerAnalyseFaultTree(program: Command): void {
  analyseGroup(program)
    .command('fault-tree')
    .description('analyse a fault tree in the Open-PSA Model Exchange Format')
    .argument('<files...>', 'XML files (packed ones too) that together state one model')
    .option('--top <name>', 'the gate to analyse, where there is more than one top')
    .option('--max-order <k>', 'count minimal cut sets of at most this many events', parseWhole)
    .option('--cut-sets <n>', 'list the n smallest minimal cut sets', parseWhole)
    .option('--importance', 'importance measures of every basic event')
    .option('--probability', 'fail when a probability is missing')
    .option('--mission-time <hours>', 'what system-mission-time means (default 8760)', parsePositive)
    .option('--seconds <s>', `stop after this long (default ${DEFAULT_SECONDS})`, parsePositive)
    .option('--json', 'print JSON')
    .action(async (files: readonly string[], options: Options) => {
      const report = await new FaultTreeService().analyseFiles(files, {
        ...options,
        hasImportance: options.importance,
        needsProbability: options.probability,
        missionHours: options.missionTime,
      });
      if (options.json) printJson(report);
      else process.stdout.write(describe(report));
      if (report.status === 'complete') return;
      process.stderr.write(`Stopped after ${report.seconds} s: out of ${report.reason}.\n`);
      process.exitCode = 1;
    });
}

function describe(report: FaultTreeReport): string {
  const { minimalCutSets, probability, importance } = report;
  const lines = [
    `${report.topEvent}: ${report.basicEvents} basic events, ${report.gates} gates` +
      (report.isCoherent ? '' : ' (with negations: cut sets of the coherent hull)'),
    `${minimalCutSets.count ?? 'unknown number of'} minimal cut sets (${report.status}, ${report.seconds} s)`,
  ];
  for (const [i, count] of minimalCutSets.byOrder.entries())
    if (count !== 0) lines.push(`  order ${i + 1}: ${count}`);
  if (probability.exact !== null) {
    lines.push(
      `probability ${precise(probability.exact)}`,
      `  rare-event sum ${precise(probability.rareEvent)}, min-cut upper bound ${precise(probability.minCutUpperBound)}`,
    );
  }
  for (const set of minimalCutSets.sets ?? []) lines.push(`{${set.join(', ')}}`);
  if (importance.length > 0) lines.push('', importanceTable(report));
  return `${lines.join('\n')}\n`;
}

const precise = (value: number | null): string => (value === null ? '-' : value.toPrecision(6));

function importanceTable({ importance, fussellVeselyMethod }: FaultTreeReport): string {
  return formatTable(importance, [
    { title: 'event', value: (row) => row.event },
    { title: 'Birnbaum', value: (row) => precise(row.birnbaum) },
    { title: 'criticality', value: (row) => precise(row.criticality) },
    {
      title: fussellVeselyMethod === 'exact' ? 'Fussell-Vesely' : 'Fussell-Vesely (rare event)',
      value: (row) => precise(row.fussellVesely),
    },
    { title: 'diagnostic', value: (row) => precise(row.diagnostic) },
    { title: 'RAW', value: (row) => precise(row.riskAchievementWorth) },
    {
      title: 'RRW',
      value: (row) => (row.riskReductionWorth === null ? 'infinite' : precise(row.riskReductionWorth)),
    },
    { title: 'occurrence', value: (row) => String(row.occurrence) },
  ]);
}
