#!/usr/bin/env node
/** The command line: parses arguments, calls the services, prints results to stdout and everything else to stderr. */
import { Command } from 'commander';
import { registerCentrality } from './analyse-centrality.command';
import { registerCriticalNodes } from './analyse-critical-nodes.command';
import { registerDismantle } from './analyse-dismantle.command';
import { registerAnalyseFaultTree } from './analyse-fault-tree.command';
import { registerAnalysePlan } from './analyse-plan.command';
import { registerBackup } from './backup.command';
import { registerCalibrate } from './calibrate.command';
import { registerChokepoints } from './chokepoints.command';
import { registerCutSets } from './cut-sets.command';
import { registerDisruption } from './disruption.command';
import { registerExplain } from './explain.command';
import { registerExport } from './export.command';
import { registerExposure } from './exposure.command';
import { fail } from './fail';
import { registerIdentity } from './identity.command';
import { registerImport } from './import.command';
import { registerPlan } from './plan.command';
import { registerReach } from './reach.command';
import { registerSeed } from './seed.command';
import { registerServe } from './serve.command';
import { openerOf } from './session';
import { registerUndoImport } from './undo-import.command';
import { packageVersion } from './version';

async function run(argv: string[]): Promise<void> {
  const program = new Command('atlas')
    .description('Finds the chokepoints of the cybercrime ecosystem')
    .version(packageVersion())
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'BAD_INPUT: ')) })
    .option('--server <url>', 'ask the service that runs there instead of opening the store');
  const open = openerOf(() => program.opts<{ server?: string }>().server);
  registerServe(program);
  registerSeed(program, open);
  registerImport(program, open);
  registerUndoImport(program, open);
  registerExport(program, open);
  registerBackup(program, open);
  registerExposure(program, open);
  registerChokepoints(program, open);
  registerIdentity(program, open);
  registerCutSets(program, open);
  registerDisruption(program, open);
  registerPlan(program, open);
  registerReach(program, open);
  registerCalibrate(program, open);
  registerExplain(program, open);
  registerDismantle(program);
  registerCriticalNodes(program);
  registerCentrality(program);
  registerAnalysePlan(program);
  registerAnalyseFaultTree(program);
  await program.parseAsync(argv);
}

process.stdout.on('error', (error) => {
  fail(error);
  process.exit();
});
run(process.argv).catch(fail);
