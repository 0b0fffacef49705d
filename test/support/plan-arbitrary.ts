import fc from 'fast-check';
import type {
  ActionRecord,
  ComponentRecord,
  EffectKind,
  EffectRecords,
  OperationRecord,
  RequirementRecord,
} from '../../src/analysis/effect/effect-system';
import { effectSystem } from '../../src/analysis/effect/effect-system';
import type { PlanMeasure, PlanProblem } from '../../src/analysis/optimise/plan-problem';

/** Which features random systems may have; everything off is static ANY/ALL/AT_LEAST without time. */
export interface SystemFeatures {
  readonly cycles?: boolean;
  readonly latent?: boolean;
  readonly durations?: boolean;
  readonly shares?: boolean;
  readonly rebuilding?: boolean;
  readonly grace?: boolean;
  readonly otherEffects?: boolean;
  readonly nestedNeeds?: boolean;
  readonly lateStarts?: boolean;
  /** Many suppliers a requirement, most of which count k of n. */
  readonly wide?: boolean;
  readonly minActions?: number;
  readonly maxActions?: number;
}

export const EVERY_FEATURE: SystemFeatures = {
  cycles: true,
  latent: true,
  durations: true,
  shares: true,
  rebuilding: true,
  grace: true,
  otherEffects: true,
  nestedNeeds: true,
  lateStarts: true,
};

const HORIZON = 24;
const many = <T>(one: fc.Arbitrary<T>, min: number, max: number) =>
  fc.array(one, { minLength: min, maxLength: max });
const indices = (n: number, max: number) => fc.uniqueArray(fc.nat(n - 1), { maxLength: max });
const days = (max: number) => fc.integer({ min: 0, max });

function requirementArbitrary(n: number, f: SystemFeatures): fc.Arbitrary<RequirementRecord> {
  const supplier = fc.record({
    component: fc.nat(n - 1),
    share: f.shares ? fc.constantFrom(0.2, 0.3, 0.5, 1) : fc.constant(1),
    latent: f.latent ? fc.boolean() : fc.constant(false),
    switchDays: f.latent ? days(8) : fc.constant(0),
  });
  return fc
    .record({
      mode: f.wide
        ? fc.constantFrom('ANY' as const, 'AT_LEAST' as const, 'AT_LEAST' as const)
        : fc.constantFrom('ANY' as const, 'ALL' as const, 'AT_LEAST' as const),
      kSeed: fc.nat(7),
      criticality: fc.constantFrom(1, 1, 0.5, 0.25),
      graceDays: f.grace ? days(5) : fc.constant(0),
      suppliers: fc.uniqueArray(supplier, {
        minLength: f.wide ? 6 : 1,
        maxLength: f.wide ? 8 : 4,
        selector: (s) => (f.shares ? `${s.component}${s.latent}` : s.component),
      }),
    })
    .map(({ kSeed, ...rest }) => {
      const primaries = rest.suppliers.filter((each) => !each.latent).length;
      const mode = primaries === 0 ? ('ANY' as const) : rest.mode;
      return { ...rest, mode, k: primaries === 0 ? 1 : 1 + (kSeed % primaries) };
    });
}

function effectArbitrary(f: SystemFeatures, components: number, operations: number) {
  const kinds: EffectKind[] = f.otherEffects
    ? ['OUTAGE', 'OUTAGE', 'OUTAGE', 'INTERCEPT', 'DEMAND', 'HARM']
    : ['OUTAGE'];
  return fc
    .record({
      kind: fc.constantFrom(...kinds),
      seed: fc.nat(1000),
      startDay: f.lateStarts ? days(10) : fc.constant(0),
      holdDays: f.durations
        ? fc.oneof(days(15), fc.constant(Number.POSITIVE_INFINITY))
        : fc.constant(Number.POSITIVE_INFINITY),
      strength: fc.constantFrom(0.2, 0.5, 1),
    })
    .map(({ seed, ...rest }) => {
      const isOnComponent = rest.kind === 'OUTAGE' || rest.kind === 'INTERCEPT';
      return { ...rest, target: seed % (isOnComponent ? components : operations) };
    });
}

export function recordsArbitrary(f: SystemFeatures): fc.Arbitrary<EffectRecords> {
  const sizes = fc.record({
    c: f.wide ? fc.constant(8) : fc.integer({ min: 1, max: 7 }),
    r: fc.integer({ min: 1, max: 5 }),
    o: fc.integer({ min: 1, max: 4 }),
    a: fc.integer({ min: f.minActions ?? 1, max: f.maxActions ?? 7 }),
  });
  return sizes.chain(({ c, r, o, a }) => {
    const component: fc.Arbitrary<ComponentRecord> = fc.record({
      rebuildDays: f.durations
        ? fc.oneof(days(12), fc.constant(Number.POSITIVE_INFINITY))
        : fc.constant(Number.POSITIVE_INFINITY),
      rebuiltWith: f.rebuilding ? indices(c, 2) : fc.constant([]),
      dependsOn: indices(c, 2),
      needs: f.nestedNeeds ? indices(r, 1) : fc.constant([]),
    });
    const operation: fc.Arbitrary<OperationRecord> = fc.record({
      severity: fc.integer({ min: 1, max: 9 }),
      needs: fc.uniqueArray(fc.nat(r - 1), { minLength: 1, maxLength: 3 }),
      displacedShare: f.otherEffects ? fc.constantFrom(0, 0, 0.5) : fc.constant(0),
      displacedAfterDays: f.otherEffects ? days(4) : fc.constant(0),
    });
    const action: fc.Arbitrary<ActionRecord> = fc.record({ effects: many(effectArbitrary(f, c, o), 1, 2) });
    return fc
      .record({
        horizonDays: fc.constant(HORIZON),
        discountPerDay: fc.constantFrom(0, 0, 0.05),
        operations: many(operation, o, o),
        requirements: many(requirementArbitrary(c, f), r, r),
        components: many(component, c, c),
        actions: many(action, a, a),
      })
      .map((records) => (f.cycles ? records : withoutCycles(records)));
  });
}

/** Keeps only arcs to components of a higher index, so that no cycle is left. */
function withoutCycles(records: EffectRecords): EffectRecords {
  const components = records.components.map((each, c) => ({
    ...each,
    dependsOn: each.dependsOn.filter((q) => q > c),
    needs: each.needs.filter((r) => records.requirements[r].suppliers.every((s) => s.component > c)),
  }));
  return { ...records, components };
}

/** A problem over random records: costs, conflicts, prerequisites, two ways to take some measures. */
export function problemArbitrary(f: SystemFeatures): fc.Arbitrary<PlanProblem> {
  return recordsArbitrary(f).chain((records) => {
    const n = records.actions.length;
    return fc
      .record({
        cost: many(fc.integer({ min: 1, max: 5 }), n, n),
        exposure: many(fc.nat(3), n, n),
        conflicts: many(fc.option(fc.nat(n - 1), { freq: 4 }), n, n),
        requires: many(fc.option(fc.nat(n - 1), { freq: 8 }), n, n),
        partner: many(fc.nat(1), n, n),
        paired: fc.boolean(),
        budget: fc.integer({ min: 0, max: 14 }),
        capacity: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
        maxExposure: fc.constantFrom(4, 8, Number.POSITIVE_INFINITY),
      })
      .map((d): PlanProblem => {
        const measureOf = (a: number) => (d.paired && a % 2 === 1 && a < 6 ? a - 1 : a);
        const measures: PlanMeasure[] = records.actions.map((_, m) => ({
          cost: d.cost[m],
          exposure: d.exposure[m],
          collateral: 0,
          conflicts: d.conflicts[m] === null || d.conflicts[m] === m ? [] : [d.conflicts[m] as number],
          requires: d.requires[m] === null || d.requires[m] === m ? [] : [d.requires[m] as number],
        }));
        return {
          scenarios: [{ system: effectSystem(records), weight: 1, isLive: new Uint8Array(n).fill(1) }],
          of: 'model',
          measures,
          actions: records.actions.map((_, a) => ({
            measure: measureOf(a),
            partner: d.partner[a],
            startDay: 0,
          })),
          limits: {
            budget: d.budget,
            maxMeasures: Number.POSITIVE_INFINITY,
            maxExposure: d.maxExposure,
            maxCollateral: Number.POSITIVE_INFINITY,
            partnerCapacity: [d.capacity, Number.POSITIVE_INFINITY],
            mustTake: [],
          },
        };
      });
  });
}
