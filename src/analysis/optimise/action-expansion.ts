/**
 * From measures to actions: who may take each measure, on which day, and how soon it bites.
 *
 * What: every pair of partner and start day that the limits allow. Without limits on what a partner can take, only the
 *   partner who is first is kept; of equally fast ones the one whose request is granted most surely.
 * Formula: effect day = start + leadDays + days of cooperation (0 where the measure's jurisdiction is the partner's own, or
 *   the measure has none). Of several ways to one jurisdiction the fastest counts of those that are open for the offences of the case or
 *   of the measure, and whose instrument is in force on the effect day.
 * Preconditions: those of PlanningModel. A model without partners says nothing about who acts: all is allowed. Where
 *   jurisdictions are limited, a measure without one needs a partner in one of these.
 * Params: days.
 * Returns: actions by measure, then start, then partner; for each measure without any, the reason by the first rule that
 *   left nothing: excluded, jurisdiction, partner, offence, expired, deadline, collateral.
 * Complexity: O(cooperation + measures * starts * partners * ways of a partner to a jurisdiction).
 * Exact.
 * Reference: docs/analysis/optimisation.md.
 * Example: a partner in NL can act in DE after 30 days if a cooperation path says so.
 */

import type { PlanAction } from './plan-problem';
import type { ModelMeasure, PlanningModel } from './planning-model';

export const EXCLUSION_REASONS = [
  'EXCLUDED',
  'JURISDICTION',
  'PARTNER',
  'OFFENCE',
  'EXPIRED',
  'DEADLINE',
  'COLLATERAL',
] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

export interface ExpandedAction extends PlanAction {
  readonly effectDay: number;
  /** Probability that cooperation abroad is granted; 1 at home. */
  readonly pGranted: number;
  /** Index of the way of cooperation; -1 at home. */
  readonly way: number;
}

export interface ActionExpansion {
  readonly actions: readonly ExpandedAction[];
  readonly excluded: readonly { readonly measure: number; readonly reason: ExclusionReason }[];
}

/** A partner who may take a measure, and how its jurisdiction is reached. */
interface Taker {
  readonly partner: number;
  /** Ways to it, the fastest first. */
  readonly ways: readonly Way[];
}

interface Way {
  readonly index: number;
  readonly days: number;
  readonly pGranted: number;
  readonly isOpen: boolean;
  readonly lastDay: number;
}

type Ways = ReadonlyMap<string, readonly number[]>;

export function expandActions(model: PlanningModel): ActionExpansion {
  const actions: ExpandedAction[] = [];
  const excluded: { measure: number; reason: ExclusionReason }[] = [];
  const hasCapacity = model.partners.some((each) => Number.isFinite(each.capacity));
  const ways = waysByPair(model);
  model.measures.forEach((measure, m) => {
    const found = measureActions(model, ways, measure, m, hasCapacity);
    if (typeof found === 'string') excluded.push({ measure: m, reason: found });
    else actions.push(...found);
  });
  return { actions, excluded };
}

const pairKey = (partner: number, jurisdiction: number): string => `${partner} ${jurisdiction}`;

function waysByPair(model: PlanningModel): Ways {
  const ways = new Map<string, number[]>();
  model.cooperation.forEach(({ partner, jurisdiction }, index) => {
    const key = pairKey(partner, jurisdiction);
    const known = ways.get(key);
    if (known === undefined) ways.set(key, [index]);
    else known.push(index);
  });
  return ways;
}

function measureActions(
  model: PlanningModel,
  ways: Ways,
  measure: ModelMeasure,
  m: number,
  hasCapacity: boolean,
): ExpandedAction[] | ExclusionReason {
  const { limits } = model;
  if (limits.exclude.includes(m)) return 'EXCLUDED';
  if (measure.collateral > limits.maxCollateralPerMeasure) return 'COLLATERAL';
  const isOpen = limits.jurisdictions === null || limits.jurisdictions.includes(measure.jurisdiction);
  if (measure.jurisdiction >= 0 && !isOpen) return 'JURISDICTION';
  const takers = takersOf(model, ways, measure);
  if (takers.length === 0) return 'PARTNER';
  const lastDay = measure.lastDay ?? Number.POSITIVE_INFINITY;
  const actions: ExpandedAction[] = [];
  let reason: ExclusionReason = 'OFFENCE';
  for (const startDay of measure.starts) {
    const begin = startDay + measure.leadDays;
    const inForce = takers.flatMap(({ partner, ways: all }): ExpandedAction[] => {
      const open = all.filter((way) => way.isOpen);
      if (open.length > 0 && reason === 'OFFENCE') reason = 'EXPIRED';
      const way = open.find(({ days, lastDay: last }) => begin + days <= Math.min(last, lastDay));
      if (way === undefined) return [];
      return [
        {
          measure: m,
          partner,
          startDay,
          effectDay: begin + way.days,
          pGranted: way.pGranted,
          way: way.index,
        },
      ];
    });
    if (inForce.length > 0) reason = 'DEADLINE';
    const inTime = inForce.filter((each) => each.effectDay <= limits.deadlineDays);
    if (inTime.length === 0) continue;
    actions.push(...(hasCapacity ? inTime : [inTime.reduce(sooner)]));
  }
  return actions.length > 0 ? actions : reason;
}

function sooner(best: ExpandedAction, each: ExpandedAction): ExpandedAction {
  if (each.effectDay !== best.effectDay) return each.effectDay < best.effectDay ? each : best;
  return each.pGranted > best.pGranted ? each : best;
}

function takersOf(model: PlanningModel, ways: Ways, measure: ModelMeasure): Taker[] {
  if (model.partners.length === 0) return [{ partner: -1, ways: AT_HOME }];
  const { jurisdictions, partners } = model.limits;
  const takers: Taker[] = [];
  model.partners.forEach((each, partner) => {
    if (partners !== null && !partners.includes(partner)) return;
    if (measure.partners.length > 0 && !measure.partners.includes(partner)) return;
    if (measure.partnerKinds.length > 0 && !measure.partnerKinds.includes(each.kind)) return;
    if (measure.capability >= 0 && !each.capabilities.includes(measure.capability)) return;
    const isAbroad = measure.jurisdiction >= 0 && !each.jurisdictions.includes(measure.jurisdiction);
    if (measure.jurisdiction < 0 && jurisdictions !== null) {
      if (!each.jurisdictions.some((own) => jurisdictions.includes(own))) return;
    }
    const found = isAbroad ? waysAbroad(model, ways, measure, partner) : AT_HOME;
    if (found.length > 0) takers.push({ partner, ways: found });
  });
  return takers;
}

const AT_HOME: readonly Way[] = [
  { index: -1, days: 0, pGranted: 1, isOpen: true, lastDay: Number.POSITIVE_INFINITY },
];

/** The fastest first, of equals the surest. */
function waysAbroad(model: PlanningModel, ways: Ways, measure: ModelMeasure, partner: number): Way[] {
  const offences = new Set([...(model.limits.offences ?? []), ...(measure.offences ?? [])]);
  return (ways.get(pairKey(partner, measure.jurisdiction)) ?? [])
    .map((index) => ({ index, way: model.cooperation[index] }))
    .filter(({ way }) => way.capabilities.length === 0 || way.capabilities.includes(measure.capability))
    .map(({ index, way: { medianDays, pGranted, offence, lastDay = Number.POSITIVE_INFINITY } }) => {
      const isOpen = offence === undefined || offences.has(offence);
      return { index, days: medianDays, pGranted, isOpen, lastDay };
    })
    .sort((a, b) => a.days - b.days || b.pGranted - a.pGranted);
}
