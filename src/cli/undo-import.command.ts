import type { Command } from 'commander';
import type { Opener } from './answers';
import { printJson } from './output';

interface Options {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function registerUndoImport(program: Command, open: Opener): void {
  program
    .command('undo-import')
    .description('take back what only one import said; what others say too stays')
    .argument('<report>', 'id of the report of the import, as import prints it')
    .option('--dry-run', 'report what would happen, write nothing')
    .option('--json', 'print JSON')
    .action(async (report: string, { dryRun, json }: Options) => {
      const undone = await open((answers) =>
        answers.undoing.undo(report, { isDryRun: dryRun, actor: 'cli' }),
      );
      if (json) {
        printJson(undone);
        return;
      }
      const { deleted, restored, stubbed, kept, claims } = undone;
      const title = undone.isDryRun ? 'Dry run: nothing was written.\n' : '';
      process.stdout.write(
        `${title}deleted ${deleted}, restored ${restored}, stubbed ${stubbed}, kept ${kept}; ${claims} claims taken back\n`,
      );
    });
}
