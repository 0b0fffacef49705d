/** Options of every import: whose word it is, and what is to become of it. */
import type { Command } from 'commander';
import type { ImportOptions } from '../service/import.service';
import { parseNumber } from './scope.options';

export interface ProvenanceOptions {
  readonly dryRun?: boolean;
  readonly identity: boolean;
  readonly source?: string;
  readonly reliability?: string;
  readonly confidence?: number;
  readonly marking?: string;
  readonly json?: boolean;
}

export const addProvenanceOptions = (command: Command): Command =>
  command
    .option('--dry-run', 'report what would happen, write nothing')
    .option('--no-identity', 'link no actors, also where two can only be one and the same')
    .option('--source <name>', 'who published it')
    .option('--reliability <grade>', 'reliability of the source, A to F (Admiralty code)')
    .option(
      '--confidence <n>',
      'confidence of what the source says, 0-100, where it does not say',
      parseNumber,
    )
    .option(
      '--marking <name>',
      'marking of what bears none: a TLP 2.0 name, or the id of a marking definition',
    )
    .option('--json', 'print JSON');

export const provenanceOf = (options: ProvenanceOptions): ImportOptions => {
  const { source, reliability, confidence, marking, dryRun, identity } = options;
  const described = { source, reliability, confidence, marking };
  return { ...described, isDryRun: dryRun, isUnlinked: !identity, actor: 'cli' };
};
