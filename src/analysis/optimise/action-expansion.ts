/**
 * From measures to actions: who may take each measure, on which day, and how soon it bites.
 *
 * What: every pair of partner and start day that the limits allow. Without limits on what a partner can take, only the
 *   fastest partner is kept.
 * Formula: effect day = start + leadDays + days of cooperation (0 where the measure's jurisdiction is the partner's own).
 * Preconditions: those of PlanningModel. A model without partners says nothing about who acts: all is allowed.
 * Params: days.
 * Returns: actions by measure, then start, then partner; for each measure without any, the reason by the first rule that
 *   left nothing: excluded, jurisdiction, partner, deadline, collateral.
 * Complexity: O(measures * starts * partners).
 * Exact.
 * Reference: docs/analysis/optimisation.md.
 * Example: a partner in NL can act in DE after 30 days if a cooperation path says so.
 */

import type { PlanAction } from './plan-problem';
import type { ModelMeasure, PlanningModel } from './planning-model';

export type ExclusionReason = 'EXCLUDED' | 'JURISDICTION' | 'PARTNER' | 'DEADLINE' | 'COLLATERAL';

export interface ExpandedAction extends PlanAction {
  readonly effectDay: number;
}

export interface ActionExpansion {
  readonly actions: readonly ExpandedAction[];
  readonly excluded: readonly { readonly measure: number; readonly reason: ExclusionReason }[];
}

export function expandActions(model: PlanningModel): ActionExpansion {
  const actions: ExpandedAction[] = [];
  const excluded: { measure: number; reason: ExclusionReason }[] = [];
  const hasCapacity = model.partners.some((each) => Number.isFinite(each.capacity));
  model.measures.forEach((measure, m) => {
    const found = measureActions(model, measure, m, hasCapacity);
    if (typeof found === 'string') excluded.push({ measure: m, reason: found });
    else actions.push(...found);
  });
  return { actions, excluded };
}

function measureActions(
  model: PlanningModel,
  measure: ModelMeasure,
  m: number,
  hasCapacity: boolean,
): ExpandedAction[] | ExclusionReason {
  const { limits } = model;
  if (limits.exclude.includes(m)) return 'EXCLUDED';
  if (measure.collateral > limits.maxCollateralPerMeasure) return 'COLLATERAL';
  const isOpen = limits.jurisdictions === null || limits.jurisdictions.includes(measure.jurisdiction);
  if (measure.jurisdiction >= 0 && !isOpen) return 'JURISDICTION';
  const partners = eligiblePartners(model, measure);
  if (partners.length === 0) return 'PARTNER';
  const actions: ExpandedAction[] = [];
  for (const startDay of measure.starts) {
    const inTime = partners
      .map(({ partner, days }) => ({
        measure: m,
        partner,
        startDay,
        effectDay: startDay + measure.leadDays + days,
      }))
      .filter((each) => each.effectDay <= limits.deadlineDays);
    if (inTime.length === 0) continue;
    const fastest = inTime.reduce((best, each) => (each.effectDay < best.effectDay ? each : best));
    actions.push(...(hasCapacity ? inTime : [fastest]));
  }
  return actions.length > 0 ? actions : 'DEADLINE';
}

function eligiblePartners(model: PlanningModel, measure: ModelMeasure): { partner: number; days: number }[] {
  if (model.partners.length === 0) return [{ partner: -1, days: 0 }];
  const eligible: { partner: number; days: number }[] = [];
  model.partners.forEach((each, partner) => {
    if (model.limits.partners !== null && !model.limits.partners.includes(partner)) return;
    if (measure.partnerKinds.length > 0 && !measure.partnerKinds.includes(each.kind)) return;
    if (measure.capability >= 0 && !each.capabilities.includes(measure.capability)) return;
    const days = daysToAct(model, measure.jurisdiction, partner);
    if (Number.isFinite(days)) eligible.push({ partner, days });
  });
  return eligible;
}

function daysToAct(model: PlanningModel, jurisdiction: number, partner: number): number {
  if (jurisdiction < 0 || model.partners[partner].jurisdictions.includes(jurisdiction)) return 0;
  let days = Number.POSITIVE_INFINITY;
  for (const path of model.cooperation) {
    if (path.partner === partner && path.jurisdiction === jurisdiction)
      days = Math.min(days, path.medianDays);
  }
  return days;
}
