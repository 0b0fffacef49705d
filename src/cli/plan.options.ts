/** Options of all commands that search for plans. */
import { type Command, InvalidArgumentError, Option } from 'commander';

export interface SearchOptions {
  readonly budget?: number;
  readonly seconds: number;
  readonly seed: number;
  readonly doubt: 'expected' | 'asKnown' | 'guaranteed';
  readonly scenarios: number;
  readonly replications: number;
  readonly frontier?: boolean;
  readonly alternatives?: number;
  readonly marginal?: boolean;
  readonly doubtfulEdges?: boolean;
  readonly simulate?: number;
  readonly takedown?: string[];
  readonly minDowntimeDays: number;
  readonly json?: boolean;
}

export function addSearchOptions(command: Command): Command {
  return command
    .option('--budget <x>', 'what the measures may cost together', parseAmount)
    .option('--seconds <s>', 'stop searching after so long', parseAmount, 60)
    .option('--seed <n>', 'seed of every random choice', parseCount, 0)
    .addOption(
      new Option(
        '--doubt <how>',
        'average over scenarios, take every claim as true, or take doubt against us',
      )
        .choices(['expected', 'asKnown', 'guaranteed'])
        .default('expected'),
    )
    .option('--scenarios <n>', 'scenarios in a sample', parseAtLeastOne, 24)
    .option('--replications <n>', 'independent samples', parseAtLeastOne, 3)
    .option('--frontier', 'the Pareto frontier of cost against effect')
    .option('--alternatives <k>', 'the next k distinct plans', parseAtLeastOne)
    .option('--marginal', 'what each partner and jurisdiction adds')
    .option('--doubtful-edges', 'what collecting on each doubtful edge is worth')
    .option('--simulate <runs>', 'simulate the plan so many times', parseAtLeastOne)
    .option('--takedown <operations...>', 'instead: the cheapest full takedown of these operations')
    .option('--min-downtime-days <days>', 'for a takedown: for at least so long', parseAmount, 30)
    .option('--json', 'print JSON');
}

export function parseAmount(text: string): number {
  const value = Number(text);
  const isAmount = text.trim() !== '' && Number.isFinite(value) && value >= 0;
  if (!isAmount) throw new InvalidArgumentError('expected a number of at least 0');
  return value;
}

export function parseCount(text: string): number {
  const value = parseAmount(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('expected a whole number of at least 0');
  return value;
}

export function parseAtLeastOne(text: string): number {
  const value = parseCount(text);
  if (value < 1) throw new InvalidArgumentError('expected a whole number of at least 1');
  return value;
}
