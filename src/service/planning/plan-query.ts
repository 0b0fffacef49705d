/** What a plan is asked for, as callers say it. Every field has a default. */
import type { Behaviours } from '../../analysis';
import type { DependencyPolicy } from '../disruption/ecosystem';
import type { OperationScope } from '../disruption/operation-scope';
import type { Scenario } from '../scenario/scenario';
import type { PlanRequest } from './planning.service';

/** Which operations a plan is to hurt, over what time, and how the record is read. */
export interface PlanScope extends OperationScope {
  /** Days over which the effect is counted. Default 365. */
  readonly horizonDays?: number;
  /** How to read sources that only say who uses what. Default STANDING_OPERATIONS. */
  readonly policy?: DependencyPolicy;
  /** Instant in the world (RFC 3339) at which the plan begins. Default now. */
  readonly asOf?: string;
  /** Take everything on record, whenever it held. */
  readonly isAllTime?: boolean;
  /** Days on which work on a measure may begin. Default [0]. */
  readonly startDays?: readonly number[];
  /** Continuous rate a day at which later effect counts less. Default 0. */
  readonly discountPerDay?: number;
  /** Part of an operation's loss that goes on elsewhere, once it has lasted `displacedAfterDays`. Default 0. */
  readonly displacedShare?: number;
  readonly displacedAfterDays?: number;
  /** Count on the known suppliers alone: no unknown ones take over. Default false. */
  readonly isWithoutMarket?: boolean;
}

/** Limits of a plan; what is absent does not limit. */
export interface PlanLimitsQuery {
  readonly budget?: number;
  readonly maxMeasures?: number;
  /** Latest day on which an effect may begin. */
  readonly deadlineDays?: number;
  /** ISO 3166 codes, names or ids of the jurisdictions in which measures may be taken. */
  readonly jurisdictions?: readonly string[];
  /** Ids or names of the partners who act. */
  readonly partners?: readonly string[];
  /** Measures that may be taken at all. */
  readonly measureTypes?: readonly string[];
  /** Offences of the case: ways of cooperation that are for one of these alone are open. */
  readonly offences?: readonly string[];
  readonly maxExposure?: number;
  readonly maxCollateral?: number;
  readonly maxCollateralPerMeasure?: number;
  /** Ids of measures of the problem. */
  readonly mustTake?: readonly string[];
  /** Ids of measures of the problem, or of components that are not to be touched. */
  readonly exclude?: readonly string[];
}

export interface PlanQuery
  extends Partial<
    Omit<PlanRequest, 'budget' | 'interrupt' | 'onProgress' | 'onPhase' | 'onReport' | 'takedown'>
  > {
  readonly scope?: PlanScope;
  readonly limits?: PlanLimitsQuery;
  readonly scenario?: Scenario;
  /** Instead of the greatest effect: the least cost that stops all of these for so long. */
  readonly takedown?: { readonly operations: readonly string[]; readonly minDowntimeDays?: number };
}

/** What a simulation is asked for beside the problem. */
export interface SimulationQuery {
  readonly scope?: PlanScope;
  readonly limits?: PlanLimitsQuery;
  readonly scenario?: Scenario;
  /** Ids of the measures that are taken. */
  readonly measures: readonly string[];
  readonly runs?: number;
  readonly seed?: number;
  readonly behaviours?: Partial<Behaviours>;
  /** Digest of the problem, where scope, limits and scenario do not say all of it. */
  readonly statedAs?: string;
}

export const DEFAULT_PLAN_SCOPE = {
  horizonDays: 365,
  policy: 'STANDING_OPERATIONS',
  startDays: [0],
} as const;

export const DEFAULT_PLAN = {
  seconds: 60,
  seed: 0,
  doubt: 'expected',
  scenarios: 24,
  replications: 3,
} as const;

export const DEFAULT_TAKEDOWN_DAYS = 30;
export const DEFAULT_SIMULATION_RUNS = 1000;
