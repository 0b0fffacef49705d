/** What to analyse, as callers say it, and as the analysis takes it. */
import { compareIds, type Projection } from '../../analysis';
import { AppError } from '../../errors';
import type { SystemOptions } from './disruption-system';
import type { DependencyPolicy } from './ecosystem';
import { DEFENCE_KINDS, type DefenceKind, type Lever } from './lever';
import type { OperationScope, WeightOf } from './operation-scope';
import { lastTurningPoint } from './turning-points';

/** What to analyse; every field has a default. */
export interface DisruptionScope extends OperationScope {
  /** Days an operation must be stopped for: slower substitutes and sooner recoveries do not count. Default 30. */
  readonly minDowntimeDays?: number;
  /** A component that outlives its provider by this many days does not fall with it. Default 365. */
  readonly horizonDays?: number;
  /** How to read sources that only say who uses what. Default STANDING_OPERATIONS. */
  readonly policy?: DependencyPolicy;
  /** Instant in the world (RFC 3339) at which things must hold. Default now. */
  readonly asOf?: string;
  /** Take everything on record, whenever it held. */
  readonly isAllTime?: boolean;
  /** Whether components are hit, techniques defended against, or both. Default DISRUPT. */
  readonly lever?: Lever;
  /** Kinds of defence that count where the lever is not DISRUPT. Default all. */
  readonly defences?: readonly DefenceKind[];
  /** Only components under one of these jurisdictions can be hit. */
  readonly hittableInIds?: readonly string[];
  /** What hitting some components costs; 1 where not given. */
  readonly costs?: readonly WeightOf[];
}

export const DEFAULT_SCOPE = {
  minDowntimeDays: 30,
  horizonDays: 365,
  policy: 'STANDING_OPERATIONS',
  lever: 'DISRUPT',
  defences: DEFENCE_KINDS,
} as const;

/** @throws AppError BAD_INPUT naming the field */
export function systemOptions(
  scope: DisruptionScope,
  projection: Projection,
  now: () => Date,
): SystemOptions {
  const { asOf, isAllTime, ...given } = { ...DEFAULT_SCOPE, ...withoutUndefined(scope) };
  requireFrom0('days', { minDowntimeDays: given.minDowntimeDays, horizonDays: given.horizonDays });
  const weights = { severities: given.severities, sectorWeights: given.sectorWeights, costs: given.costs };
  for (const [what, list] of Object.entries(weights)) {
    for (const { weight } of list ?? []) requireFrom0('numbers', { [what]: weight });
    requireOnce(what, list ?? []);
  }
  const at = instantAsked({ asOf, isAllTime }, now);
  return {
    ...given,
    asOf: at === undefined ? undefined : lastTurningPoint(projection, at),
    operationIds: distinct(given.operationIds),
    actorIds: distinct(given.actorIds),
    sectorIds: distinct(given.sectorIds),
    organizationIds: distinct(given.organizationIds),
    jurisdictionIds: distinct(given.jurisdictionIds),
    hittableInIds: distinct(given.hittableInIds),
  };
}

/**
 * The instant in the world that is asked for, now if none is; undefined where all times count.
 *
 * @throws AppError BAD_INPUT for what is no time, or an instant beside all times
 */
export function instantAsked(
  { asOf, isAllTime }: Pick<DisruptionScope, 'asOf' | 'isAllTime'>,
  now: () => Date,
): number | undefined {
  if (isAllTime && asOf !== undefined) {
    throw new AppError('BAD_INPUT', {
      what: 'isAllTime',
      expected: 'no asOf beside it',
      got: `asOf ${asOf}`,
    });
  }
  const at = asOf === undefined ? now().getTime() : Date.parse(asOf);
  if (Number.isNaN(at)) {
    throw new AppError('BAD_INPUT', { what: 'asOf', expected: 'an RFC 3339 time', got: asOf });
  }
  return isAllTime ? undefined : at;
}

function requireFrom0(kind: string, values: Readonly<Record<string, number>>): void {
  for (const [what, got] of Object.entries(values)) {
    if (!Number.isFinite(got) || got < 0)
      throw new AppError('BAD_INPUT', { what, expected: `${kind} from 0`, got });
  }
}

function requireOnce(what: string, list: readonly WeightOf[]): void {
  const twice = list.map(({ id }) => id).filter((id, at, ids) => ids.indexOf(id) !== at);
  if (twice.length > 0) throw new AppError('BAD_INPUT', { what, expected: 'each id once', got: twice });
}

const distinct = (ids: readonly string[] | undefined): readonly string[] | undefined =>
  ids && [...new Set(ids)].sort(compareIds);

const withoutUndefined = (scope: DisruptionScope): DisruptionScope =>
  Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== undefined && value !== null));
