/** The options that say what is analysed, shared by all commands that analyse the ecosystem. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { DependencyPolicy } from '../service/disruption/ecosystem';
import type { Lever } from '../service/disruption/lever';
import type { DisruptionScope } from '../service/disruption/scope';

export interface ScopeOptions {
  readonly minDowntimeDays?: number;
  readonly horizonDays?: number;
  readonly policy?: DependencyPolicy;
  readonly asOf?: string;
  readonly allTime?: boolean;
  readonly lever?: Lever;
  readonly actor?: readonly string[];
  readonly sector?: readonly string[];
  readonly jurisdiction?: readonly string[];
  readonly hittableIn?: readonly string[];
  readonly json?: boolean;
}

export function addScopeOptions(command: Command): Command {
  return command
    .option('--min-downtime-days <days>', 'what stops operations for at least this long', parseNumber)
    .option(
      '--horizon-days <days>',
      'what outlives its provider by this long does not fall with it',
      parseNumber,
    )
    .addOption(
      new Option('--policy <name>', 'how to read sources that only say who uses what').choices([
        'STANDING_OPERATIONS',
        'EXPLICIT_ONLY',
      ]),
    )
    .option('--as-of <time>', 'what held then (RFC 3339); by default what holds now')
    .option('--all-time', 'everything on record, whenever it held')
    .addOption(
      new Option('--lever <name>', 'hit what crime depends on, defend those attacked, or both').choices([
        'DISRUPT',
        'DEFEND',
        'BOTH',
      ]),
    )
    .option('--actor <id>', 'count only operations of this actor (repeatable)', collect)
    .option('--sector <id>', 'count only operations that target this sector (repeatable)', collect)
    .option(
      '--jurisdiction <id>',
      'count only operations that target this jurisdiction (repeatable)',
      collect,
    )
    .option('--hittable-in <id>', 'hit only what is under this jurisdiction (repeatable)', collect)
    .option('--json', 'print JSON');
}

export function scopeOf(options: ScopeOptions): DisruptionScope {
  const { minDowntimeDays, horizonDays, policy, asOf, allTime, lever } = options;
  return {
    minDowntimeDays,
    horizonDays,
    policy,
    asOf,
    isAllTime: allTime,
    lever,
    actorIds: options.actor,
    sectorIds: options.sector,
    jurisdictionIds: options.jurisdiction,
    hittableInIds: options.hittableIn,
  };
}

export function parseNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('expected a number');
  return value;
}

/** Gathers a repeatable option. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];
