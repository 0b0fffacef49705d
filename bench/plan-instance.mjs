// Random planning instances for the bench: operations need requirements of a shared pool, each met by 1-3 components.
export function planInstance({ operations, requirements, measures, seed, days = 0 }) {
  let state = seed >>> 0;
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(unit() * n);
  const distinct = (count, n) => {
    const set = new Set();
    while (set.size < Math.min(count, n)) set.add(below(n));
    return [...set].sort((a, b) => a - b);
  };
  const never = Number.POSITIVE_INFINITY;
  return {
    horizonDays: 1,
    discountPerDay: 0,
    components: Array.from({ length: measures }, () => ({
      rebuildDays: never,
      rebuiltWith: [],
      dependsOn: [],
      needs: [],
    })),
    requirements: Array.from({ length: requirements }, () => ({
      mode: 'ANY',
      k: 1,
      criticality: 1,
      graceDays: 0,
      suppliers: distinct(2 + below(2), measures).map((component) => ({
        component,
        share: 1,
        latent: false,
        switchDays: 0,
      })),
    })),
    operations: Array.from({ length: operations }, () => ({
      severity: 1 + below(9),
      needs: distinct(2 + below(4), requirements),
      displacedShare: 0,
      displacedAfterDays: 0,
    })),
    actions: Array.from({ length: measures }, (_, c) => ({
      effects: [
        { kind: 'OUTAGE', target: c, startDay: 0, holdDays: days > 0 ? 1 + below(days) : never, strength: 1 },
      ],
    })),
    ...(days > 0 ? { horizonDays: days } : {}),
  };
}

export function planProblemOf(effectSystem, records, budget) {
  const system = effectSystem(records);
  const n = records.actions.length;
  return {
    scenarios: [{ system, weight: 1, isLive: new Uint8Array(n).fill(1) }],
    of: 'model',
    measures: records.actions.map(() => ({
      cost: 1,
      exposure: 0,
      collateral: 0,
      conflicts: [],
      requires: [],
    })),
    actions: records.actions.map((_, measure) => ({ measure, partner: -1, startDay: 0 })),
    limits: {
      budget,
      maxMeasures: Infinity,
      maxExposure: Infinity,
      maxCollateral: Infinity,
      partnerCapacity: [],
      mustTake: [],
    },
  };
}
