import type { Command } from 'commander';

/** The group `analyse`, made by whichever of its commands is registered first. */
export function analyseGroup(program: Command): Command {
  return (
    program.commands.find((each) => each.name() === 'analyse') ??
    program.command('analyse').description('run one analysis on a file, without the store')
  );
}
