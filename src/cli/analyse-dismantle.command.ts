import type { Command } from 'commander';
import { type DismantlingReport, StructureService } from '../service/structure.service';
import { analyseGroup } from './analyse-group';
import { formatTable, printJson } from './output';

interface Options {
  readonly method: string;
  readonly target: number;
  readonly radius: number;
  readonly seed: number;
  readonly json?: boolean;
}

const MOST_ROWS = 25;

export function registerDismantle(program: Command): void {
  analyseGroup(program)
    .command('dismantle')
    .description('find the vertices whose removal, in order, breaks a graph into small components')
    .argument('<edgelist>', 'edge list or adjacency list, plain or gzip')
    .requiredOption('--method <name>', 'degree, betweenness, ci, core-hd, gnd or min-sum')
    .option(
      '--target <fraction>',
      'stop when no component has more than this share of the vertices',
      Number,
      0.01,
    )
    .option('--radius <edges>', 'radius of collective influence (ci)', Number, 2)
    .option('--seed <n>', 'seed of every random choice', Number, 0)
    .option('--json', 'print JSON')
    .action(async (path: string, { json, ...options }: Options) => {
      const service = new StructureService(() => performance.now() / 1000);
      const report = await service.dismantle(path, options);
      if (json) printJson(report);
      else process.stdout.write(`${describe(report)}\n`);
    });
}

function describe(report: DismantlingReport): string {
  const { method, vertices, edges, removals, curve, area, seconds } = report;
  const rows = report.removed
    .slice(0, MOST_ROWS)
    .map((id, i) => ({ step: i + 1, id, largest: curve[i + 1] }));
  const table = formatTable(rows, [
    { title: 'removal', value: (row) => row.step },
    { title: 'id', value: (row) => String(row.id), width: 60 },
    { title: 'largest component', value: (row) => row.largest },
  ]);
  const rest = removals > rows.length ? `\n... and ${removals - rows.length} more (--json prints all)` : '';
  return (
    `${method}: ${removals} of ${vertices} vertices (${edges} edges), largest component ${curve[0]} -> ${curve[removals]}, ` +
    `area ${area.toFixed(4)}, ${seconds.toFixed(2)} s\n\n${table}${rest}`
  );
}
