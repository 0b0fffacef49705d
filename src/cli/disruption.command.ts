import type { Command } from 'commander';
import type { Opener } from './answers';
import { printJson } from './output';
import { addScopeOptions, type ScopeOptions, scopeOf } from './scope.options';

export function registerDisruption(program: Command, open: Opener): void {
  const command = program
    .command('disruption')
    .description('what stops when components are taken away together')
    .argument('<id...>', 'ids of components');
  addScopeOptions(command).action(async (ids: readonly string[], options: ScopeOptions) => {
    const result = await open((answers) => answers.chokepoints.disruption(ids, scopeOf(options)));
    if (options.json) {
      printJson(result);
      return;
    }
    const { before, after } = result;
    const lines = [
      `Removing ${result.removed.map((each) => each.name).join(' + ') || 'nothing'}:`,
      `operations up ${before.operationsUp} -> ${after.operationsUp}, severity ${before.severity} -> ${after.severity}`,
      ...result.lost.map((each) => `  stops ${each.name} (severity ${each.severity})`),
      ...result.refused.map((each) => `  not removed: ${each.id}: ${each.reason}`),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  });
}
