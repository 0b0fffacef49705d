/** Planning models over random records. */
import type { EffectRecords } from '../../src/analysis/effect/effect-system';
import type { PlanningModel } from '../../src/analysis/optimise/planning-model';

const NEVER = Number.POSITIVE_INFINITY;

/** Limits that leave everything allowed. */
export const UNLIMITED: PlanningModel['limits'] = {
  budget: NEVER,
  maxMeasures: NEVER,
  maxExposure: NEVER,
  maxCollateral: NEVER,
  maxCollateralPerMeasure: NEVER,
  deadlineDays: NEVER,
  jurisdictions: null,
  partners: null,
  mustTake: [],
  exclude: [],
};

/** A planning model over random records, with the doubts given to its first suppliers, dependencies and measures. */
export function modelOf(records: EffectRecords, doubts: readonly number[], budget: number): PlanningModel {
  let used = 0;
  const doubt = (): number => doubts[used++] ?? 1;
  return {
    horizonDays: records.horizonDays,
    discountPerDay: records.discountPerDay,
    operations: records.operations,
    requirements: records.requirements.map((each) => ({
      ...each,
      suppliers: each.suppliers.map((s, j) => ({ ...s, pTrue: j === 0 ? doubt() : 1, origin: -1 })),
    })),
    components: records.components.map((each) => ({ ...each, detectDays: each.rebuildDays, setupDays: 0 })),
    dependencies: records.components.flatMap((each, from) =>
      each.dependsOn.map((to) => ({ from, to, pTrue: doubt(), origin: -1 })),
    ),
    measures: records.actions.map((each) => ({
      cost: 1,
      exposure: 0,
      collateral: 0,
      leadDays: 0,
      starts: [0],
      pSuccess: doubt(),
      jurisdiction: -1,
      capability: -1,
      partnerKinds: [],
      partners: [],
      effects: each.effects,
      conflicts: [],
      requires: [],
    })),
    partners: [],
    cooperation: [],
    origins: [],
    limits: { ...UNLIMITED, budget },
  };
}
