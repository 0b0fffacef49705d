#!/usr/bin/env node
/** The command line: parses arguments, calls the services, prints results to stdout and everything else to stderr. */
import { Command } from 'commander';
import { AppError } from '../errors';
import { registerAnalyseFaultTree } from './analyse-fault-tree.command';
import { registerChokepoints } from './chokepoints.command';
import { registerCutSets } from './cut-sets.command';
import { registerDisruption } from './disruption.command';
import { registerImport } from './import.command';
import { registerSeed } from './seed.command';
import { withServices } from './session';

async function run(argv: string[]): Promise<void> {
  const program = new Command('atlas').description('Finds the chokepoints of the cybercrime ecosystem');
  registerSeed(program, withServices);
  registerImport(program, withServices);
  registerChokepoints(program, withServices);
  registerCutSets(program, withServices);
  registerDisruption(program, withServices);
  registerAnalyseFaultTree(program);
  await program.parseAsync(argv);
}

run(process.argv).catch((error: unknown) => {
  if (error instanceof AppError) process.stderr.write(`${error.code}: ${error.message}\n`);
  else process.stderr.write(`INTERNAL: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
