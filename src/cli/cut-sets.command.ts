import type { Command } from 'commander';
import type { Opener } from './answers';
import { formatTable, printJson } from './output';
import { addScopeOptions, parseNumber, type ScopeOptions, scopeOf } from './scope.options';

interface Options extends ScopeOptions {
  readonly operation: string;
  readonly maxOrder?: number;
  readonly maxSets?: number;
}

export function registerCutSets(program: Command, open: Opener): void {
  const command = program
    .command('cut-sets')
    .description('list the minimal sets of components whose loss stops an operation')
    .requiredOption('--operation <id>', 'the operation')
    .option('--max-order <k>', 'sets of at most this many components (default 3)', parseNumber)
    .option('--max-sets <n>', 'list at most this many (default 1000)', parseNumber);
  addScopeOptions(command).action(async (options: Options) => {
    const { maxOrder, maxSets } = options;
    const result = await open((answers) =>
      answers.chokepoints.cutSets(options.operation, scopeOf(options), { maxOrder, maxSets }),
    );
    if (options.json) {
      printJson(result);
      return;
    }
    const table = formatTable(result.sets, [
      { title: 'order', value: (set) => set.order },
      { title: 'cost', value: (set) => set.cost },
      { title: 'members', value: (set) => set.members.map((member) => member.name).join(' + ') },
    ]);
    process.stdout.write(`${result.count} minimal cut sets (${result.status})\n\n${table}\n`);
  });
}
