import type { Command } from 'commander';
import type { BackupReport } from '../service/backup/backup.service';
import type { RestoreReport } from '../service/backup/restore.service';
import type { Answers, Opener } from './answers';
import { printJson } from './output';

interface JsonOption {
  readonly json?: boolean;
}

export function registerBackup(program: Command, open: Opener): void {
  program
    .command('backup')
    .description('write everything the store holds to one file, which either engine restores')
    .requiredOption('--out <file>', 'file to write')
    .option('--json', 'print JSON')
    .action(async ({ out, json }: JsonOption & { readonly out: string }) => {
      print(await open((answers) => answers.backups.write(out)), json, 'written');
    });
  program
    .command('restore')
    .description('write a backup into an empty store, once all of it has been found whole')
    .argument('<file>', 'file that atlas backup wrote')
    .option('--replace', 'delete what the store holds first')
    .option('--json', 'print JSON')
    .action(async (file: string, { replace, json }: JsonOption & { readonly replace?: boolean }) => {
      const restore = (answers: Answers) => answers.restores.restore(file, { isReplacing: replace });
      print(await open(restore, { mayBeUnfinished: true }), json, 'restored');
    });
}

function print(report: BackupReport | RestoreReport, json: boolean | undefined, done: string): void {
  if (json) {
    printJson(report);
    return;
  }
  const counts = Object.entries(report.records).map(([kind, count]) => `${count} ${kind}`);
  process.stdout.write(
    `${report.file} ${done}, up to change ${report.seq}: ${counts.join(', ') || 'no records'} (${report.seconds} s)\n`,
  );
}
