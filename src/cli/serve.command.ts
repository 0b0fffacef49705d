import type { Command } from 'commander';
import { readConfig } from '../config';
import { runService } from './serve';

export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('serve the GraphQL API (ATLAS_HOST, ATLAS_PORT)')
    .action(() => runService(readConfig(process.env), async () => undefined));
}
