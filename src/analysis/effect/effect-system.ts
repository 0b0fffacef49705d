/**
 * Effect system: operations, what they need, who supplies it, and what actions do to it over time, packed for sweeps.
 *
 * What: plain index-based records are packed into compressed lists. An action is one way to take one measure (who acts
 *   and when); its effects start on `startDay` and hold for `holdDays`.
 * Formula: the unseen share of an ANY requirement is max(0, 1 - sum of the primary shares): supply nobody has named
 *   stays up. ALL is AT_LEAST n with n primary suppliers; a latent supplier that has switched in counts as one.
 * Preconditions: indices in range; days >= 0 (Infinity allowed for holdDays and rebuildDays); 0 < share <= 1;
 *   0 <= strength, criticality, displacedShare <= 1; 1 <= k <= number of primary suppliers.
 * Params: days are days, discountPerDay is a continuous rate, severity is a weight a day.
 * Returns: EffectSystem, immutable; lists keep the order of the records.
 * Complexity: O(records).
 * Exact.
 * Reference: fault-tree semantics after Vesely et al., "Fault Tree Handbook", NUREG-0492, doi:10.2172/5762464.
 * Example: see effect-timeline.ts.
 */
export type RequirementMode = 'ANY' | 'ALL' | 'AT_LEAST';
export type EffectKind = 'OUTAGE' | 'INTERCEPT' | 'DEMAND' | 'HARM';

export interface SupplierRecord {
  readonly component: number;
  readonly share: number;
  /** A latent supplier serves only after `switchDays` of unbroken want; a primary one serves from the start. */
  readonly latent: boolean;
  readonly switchDays: number;
}

export interface RequirementRecord {
  readonly mode: RequirementMode;
  readonly k: number;
  readonly criticality: number;
  readonly graceDays: number;
  readonly suppliers: readonly SupplierRecord[];
}

export interface OperationRecord {
  readonly severity: number;
  readonly needs: readonly number[];
  /** Share of the loss that re-homes elsewhere once the loss has lasted `displacedAfterDays` unbroken. */
  readonly displacedShare: number;
  readonly displacedAfterDays: number;
}

export interface ComponentRecord {
  /** Days of work to notice a hit and set up again; the clock stands still while anything in `rebuiltWith` is down. */
  readonly rebuildDays: number;
  readonly rebuiltWith: readonly number[];
  readonly dependsOn: readonly number[];
  readonly needs: readonly number[];
}

export interface EffectRecord {
  readonly kind: EffectKind;
  /** A component for OUTAGE and INTERCEPT, an operation for DEMAND and HARM. */
  readonly target: number;
  readonly startDay: number;
  readonly holdDays: number;
  readonly strength: number;
}

export interface ActionRecord {
  readonly effects: readonly EffectRecord[];
}

export interface EffectRecords {
  readonly horizonDays: number;
  readonly discountPerDay: number;
  readonly operations: readonly OperationRecord[];
  readonly requirements: readonly RequirementRecord[];
  readonly components: readonly ComponentRecord[];
  readonly actions: readonly ActionRecord[];
}

/** Lists packed end to end: list i is item[start[i]] .. item[start[i + 1] - 1]. */
export interface PackedLists {
  readonly start: Int32Array;
  readonly item: Int32Array;
}

export interface EffectSystem extends EffectRecords {
  readonly dependents: PackedLists;
  readonly operationsOf: PackedLists;
  readonly ownersOf: PackedLists;
  /** Per component, the positions of its supplier entries. */
  readonly supplies: PackedLists;
  /** Supplier entries of requirement r are supplierStart[r] .. supplierStart[r + 1] - 1. */
  readonly supplierStart: Int32Array;
  readonly supplierComponent: Int32Array;
  readonly supplierRequirement: Int32Array;
  readonly supplierShare: Float64Array;
  readonly supplierLatent: Uint8Array;
  readonly supplierSwitchDays: Float64Array;
  /** 1 where supply is a sum of shares, 0 where it is a count against `needed`. */
  readonly isShared: Uint8Array;
  readonly needed: Int32Array;
  readonly unseenShare: Float64Array;
}

/** Differences of days and shares below this are rounding. */
export const EPSILON = 1e-9;

export function packLists(lists: readonly (readonly number[])[]): PackedLists {
  const start = new Int32Array(lists.length + 1);
  for (let i = 0; i < lists.length; i += 1) start[i + 1] = start[i] + lists[i].length;
  const item = new Int32Array(start[lists.length]);
  for (let i = 0; i < lists.length; i += 1) item.set(lists[i], start[i]);
  return { start, item };
}

/** Turns "i points at these" into "j is pointed at by these", ascending. */
function reverseLists(lists: readonly (readonly number[])[], targetCount: number): PackedLists {
  const reversed: number[][] = Array.from({ length: targetCount }, () => []);
  lists.forEach((list, from) => {
    for (const to of new Set(list)) reversed[to].push(from);
  });
  return packLists(reversed);
}

export function requirementNeeds(requirement: RequirementRecord): number {
  const primaries = requirement.suppliers.filter((each) => !each.latent).length;
  return requirement.mode === 'AT_LEAST' ? requirement.k : requirement.mode === 'ALL' ? primaries : 1;
}

export function requirementUnseenShare(requirement: RequirementRecord): number {
  if (requirement.mode !== 'ANY') return 0;
  let named = 0;
  for (const each of requirement.suppliers) if (!each.latent) named += each.share;
  const unseen = 1 - named;
  return unseen > EPSILON ? unseen : 0;
}

export function effectSystem(records: EffectRecords): EffectSystem {
  const { operations, requirements, components } = records;
  const suppliers = requirements.flatMap((each) => each.suppliers);
  const supplierStart = new Int32Array(requirements.length + 1);
  const supplierRequirement = new Int32Array(suppliers.length);
  requirements.forEach((each, r) => {
    supplierStart[r + 1] = supplierStart[r] + each.suppliers.length;
    supplierRequirement.fill(r, supplierStart[r], supplierStart[r + 1]);
  });
  const positions = suppliers.map((each) => [each.component]);
  return {
    ...records,
    dependents: reverseLists(
      components.map((each) => each.dependsOn),
      components.length,
    ),
    operationsOf: reverseLists(
      operations.map((each) => each.needs),
      requirements.length,
    ),
    ownersOf: reverseLists(
      components.map((each) => each.needs),
      requirements.length,
    ),
    supplies: reverseLists(positions, components.length),
    supplierStart,
    supplierRequirement,
    supplierComponent: Int32Array.from(suppliers, (each) => each.component),
    supplierShare: Float64Array.from(suppliers, (each) => each.share),
    supplierLatent: Uint8Array.from(suppliers, (each) => (each.latent ? 1 : 0)),
    supplierSwitchDays: Float64Array.from(suppliers, (each) => each.switchDays),
    isShared: Uint8Array.from(requirements, (each) => (each.mode === 'ANY' ? 1 : 0)),
    needed: Int32Array.from(requirements, requirementNeeds),
    unseenShare: Float64Array.from(requirements, requirementUnseenShare),
  };
}
