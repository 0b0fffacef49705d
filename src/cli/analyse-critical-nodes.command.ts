import type { Command } from 'commander';
import { type CriticalNodesReport, StructureService } from '../service/structure.service';
import { analyseGroup } from './analyse-group';
import { printJson } from './output';

interface Options {
  readonly k: number;
  readonly seconds?: number;
  readonly iterations?: number;
  readonly seed: number;
  readonly json?: boolean;
}

export function registerCriticalNodes(program: Command): void {
  analyseGroup(program)
    .command('critical-nodes')
    .description('find k vertices whose removal leaves the fewest connected pairs')
    .argument('<edgelist>', 'edge list or adjacency list, plain or gzip')
    .requiredOption('--k <n>', 'vertices to remove', Number)
    .option('--seconds <s>', 'search for so long; without it by a fixed number of iterations', Number)
    .option(
      '--iterations <n>',
      'exchanges to try: the same result every time (default 400000, fewer on large graphs)',
      Number,
    )
    .option('--seed <n>', 'seed of every random choice', Number, 0)
    .option('--json', 'print JSON')
    .action(async (path: string, { json, ...options }: Options) => {
      const service = new StructureService(() => performance.now() / 1000);
      const report = await service.criticalNodes(path, options);
      if (json) printJson(report);
      else process.stdout.write(`${describe(report)}\n`);
    });
}

function describe(report: CriticalNodesReport): string {
  const { k, removed, pairwiseConnectivity, status, bound, seconds } = report;
  const certificate = status === 'optimal' ? 'proved optimal' : `lower bound ${bound}`;
  return (
    `${pairwiseConnectivity} connected pairs after ${k} removals (${certificate}), ${seconds.toFixed(2)} s\n\n` +
    removed.join(' ')
  );
}
