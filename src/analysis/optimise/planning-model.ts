/**
 * Planning model: what is known and how surely, before it is resolved into the scenarios a plan is judged in.
 *
 * What: index-based records of operations, needs, suppliers and dependencies with the probability that each is true,
 *   durations with distributions, measures, partners, cooperation and limits.
 * Preconditions: indices in range; probabilities in 0..1; days and costs >= 0.
 * Params: days; cost in the unit of the budget.
 * Returns: types only.
 * Complexity: none.
 * Exact.
 * Reference: docs/analysis/optimisation.md.
 * Example: see scenario-sample.ts.
 */
import type { Duration } from '../effect/duration-distribution';
import type { EffectKind, OperationRecord, RequirementMode } from '../effect/effect-system';
import type { PlanLimits } from './plan-problem';

export interface DoubtfulSupplier {
  readonly component: number;
  readonly share: number;
  readonly latent: boolean;
  readonly switchDays: Duration;
  /** Probability that the claim is true given that its origin is right. */
  readonly pTrue: number;
  /** Origin (report, source) the claim stands and falls with; -1 for none. */
  readonly origin: number;
}

export interface DoubtfulRequirement {
  readonly mode: RequirementMode;
  readonly k: number;
  readonly criticality: number;
  readonly graceDays: number;
  readonly suppliers: readonly DoubtfulSupplier[];
}

export interface ModelComponent {
  readonly detectDays: Duration;
  readonly setupDays: Duration;
  readonly rebuiltWith: readonly number[];
  readonly needs: readonly number[];
}

export interface DoubtfulDependency {
  readonly from: number;
  readonly to: number;
  readonly pTrue: number;
  readonly origin: number;
}

export interface MeasureEffect {
  readonly kind: EffectKind;
  readonly target: number;
  readonly holdDays: Duration;
  readonly strength: number;
}

export interface ModelMeasure {
  readonly cost: number;
  readonly exposure: number;
  readonly collateral: number;
  readonly leadDays: number;
  /** Days on which work may begin. */
  readonly starts: readonly number[];
  readonly pSuccess: number;
  /** -1 where any will do. */
  readonly jurisdiction: number;
  readonly capability: number;
  /** Kinds of partner that may take it; empty: every kind. */
  readonly partnerKinds: readonly number[];
  /** Partners that alone may take it; empty: every one of these kinds. */
  readonly partners: readonly number[];
  /** Offences it is about, beside those of the case. */
  readonly offences?: readonly number[];
  /** Day after which its effect may not begin any more, since what it rests on has expired. */
  readonly lastDay?: number;
  readonly effects: readonly MeasureEffect[];
  readonly conflicts: readonly number[];
  readonly requires: readonly number[];
}

export interface ModelPartner {
  readonly kind: number;
  readonly jurisdictions: readonly number[];
  readonly capabilities: readonly number[];
  readonly capacity: number;
}

export interface ModelCooperation {
  readonly partner: number;
  readonly jurisdiction: number;
  readonly medianDays: number;
  /** Probability that the request is granted. */
  readonly pGranted: number;
  /** Capabilities it is open for; empty: all. */
  readonly capabilities: readonly number[];
  /** The one offence it is open for; absent: any. */
  readonly offence?: number;
  /** Day after which an effect may not begin by it any more, since its instrument has expired. */
  readonly lastDay?: number;
}

export interface ModelLimits extends Omit<PlanLimits, 'partnerCapacity'> {
  readonly deadlineDays: number;
  readonly maxCollateralPerMeasure: number;
  /** null where every one is allowed. */
  readonly jurisdictions: readonly number[] | null;
  readonly partners: readonly number[] | null;
  readonly exclude: readonly number[];
  /** Offences of the case. */
  readonly offences?: readonly number[];
}

export interface PlanningModel {
  readonly horizonDays: number;
  readonly discountPerDay: number;
  readonly operations: readonly OperationRecord[];
  readonly requirements: readonly DoubtfulRequirement[];
  readonly components: readonly ModelComponent[];
  readonly dependencies: readonly DoubtfulDependency[];
  readonly measures: readonly ModelMeasure[];
  readonly partners: readonly ModelPartner[];
  readonly cooperation: readonly ModelCooperation[];
  /** Probability that each origin is right at all. */
  readonly origins: readonly number[];
  readonly limits: ModelLimits;
}
