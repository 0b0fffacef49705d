import type { Command } from 'commander';
import type { Opener } from './answers';
import { printJson } from './output';

export function registerSeed(program: Command, open: Opener): void {
  program
    .command('seed')
    .description('load the curated ecosystem of seeds/')
    .option('--folder <path>', 'load the ecosystem files of another folder')
    .option('--json', 'print JSON')
    .action(async (options: { readonly folder?: string; readonly json?: boolean }) => {
      const report = await open((answers) => answers.seeds.load(options.folder));
      if (options.json) printJson(report);
      else {
        const counts = Object.entries(report.counts).map(([status, count]) => `${count} ${status}`);
        process.stdout.write(`${report.files} files: ${counts.join(', ')}\n`);
      }
    });
}
