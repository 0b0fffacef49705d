/** What to analyse, as callers say it, and as the analysis takes it. */
import { compareIds, type Projection } from '../../analysis';
import { AppError } from '../../errors';
import type { SystemOptions } from './disruption-system';
import type { DependencyPolicy } from './ecosystem';
import { lastTurningPoint } from './turning-points';

/** What to analyse; every field has a default. */
export interface DisruptionScope {
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
  /** Operations that count; absent means all. */
  readonly operationIds?: readonly string[];
}

export const DEFAULT_SCOPE = {
  minDowntimeDays: 30,
  horizonDays: 365,
  policy: 'STANDING_OPERATIONS',
} as const;

/** @throws AppError BAD_INPUT naming the field */
export function systemOptions(
  scope: DisruptionScope,
  projection: Projection,
  now: () => Date,
): SystemOptions {
  const { minDowntimeDays, horizonDays, policy } = { ...DEFAULT_SCOPE, ...withoutUndefined(scope) };
  for (const [what, got] of Object.entries({ minDowntimeDays, horizonDays })) {
    if (!Number.isFinite(got) || got < 0)
      throw new AppError('BAD_INPUT', { what, expected: 'days from 0', got });
  }
  const at = scope.asOf === undefined ? now().getTime() : Date.parse(scope.asOf);
  if (Number.isNaN(at)) {
    throw new AppError('BAD_INPUT', { what: 'asOf', expected: 'an RFC 3339 time', got: scope.asOf });
  }
  const asOf = scope.isAllTime ? undefined : lastTurningPoint(projection, at);
  const operationIds = scope.operationIds && [...new Set(scope.operationIds)].sort(compareIds);
  return { minDowntimeDays, horizonDays, policy, asOf, operationIds };
}

const withoutUndefined = (scope: DisruptionScope): DisruptionScope =>
  Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== undefined));
