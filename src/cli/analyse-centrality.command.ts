import type { Command } from 'commander';
import { type CentralityReport, StructureService } from '../service/structure.service';
import { analyseGroup } from './analyse-group';
import { formatTable, printJson } from './output';

interface Options {
  readonly measure: string;
  readonly samples?: number;
  readonly seed: number;
  readonly directed: boolean;
  readonly json?: boolean;
}

const MOST_ROWS = 25;

export function registerCentrality(program: Command): void {
  analyseGroup(program)
    .command('centrality')
    .description('rank the vertices of a graph by a centrality measure')
    .argument('<edgelist>', 'edge list or adjacency list, plain or gzip')
    .requiredOption(
      '--measure <name>',
      'degree, betweenness, closeness, harmonic, pagerank, k-core or separated-pairs',
    )
    .option('--samples <n>', 'estimate betweenness from so many sources', Number)
    .option('--seed <n>', 'seed of every random choice', Number, 0)
    .option('--directed', 'read each line as an arc from the first id to the second', false)
    .option('--json', 'print JSON')
    .action(async (path: string, { json, ...options }: Options) => {
      const service = new StructureService(() => performance.now() / 1000);
      const report = await service.centrality(path, options);
      if (json) printJson(report);
      else process.stdout.write(`${describe(report)}\n`);
    });
}

function describe(report: CentralityReport): string {
  const { measure, exact, values, seconds } = report;
  const table = formatTable(values.slice(0, MOST_ROWS), [
    { title: 'id', value: ([id]) => String(id), width: 60 },
    { title: measure, value: ([, value]) => String(Number(value.toPrecision(7))) },
  ]);
  const rest =
    values.length > MOST_ROWS ? `\n... and ${values.length - MOST_ROWS} more (--json prints all)` : '';
  return `${measure} of ${values.length} vertices (${exact ? 'exact' : 'estimated'}), ${seconds.toFixed(2)} s\n\n${table}${rest}`;
}
