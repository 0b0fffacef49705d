import type { Command } from 'commander';
import { readConfig } from '../config';

export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('serve the GraphQL API (ATLAS_HOST, ATLAS_PORT)')
    .action(async () => {
      // Loaded only here: the other commands need neither the server nor the schema.
      const { runService } = await import('./serve');
      await runService(readConfig(process.env), async () => undefined);
    });
}
