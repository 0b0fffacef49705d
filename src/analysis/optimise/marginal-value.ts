/**
 * Marginal value of each partner and jurisdiction: what the best plan would lose without them.
 *
 * What: solves the model again with one partner, or one jurisdiction and all measures and partners of it alone, taken away.
 * Formula: value = f(best with all) - f(best without it), between 0 and f(best with all).
 * Preconditions: those of PlanningModel.
 * Params: seconds for all of them together; effect in severity times days.
 * Returns: entries by value, then partners before jurisdictions, then index. With proofs the value is exact; otherwise it
 *   lies between `low` and `high`, from the bounds of the two searches.
 * Complexity: one exact search for each partner and jurisdiction that the plan uses; without the others it stands.
 * Exact where both searches are optimal.
 * Reference: marginal contribution, as in Shapley, "A value for n-person games", doi:10.1515/9781400881970-018.
 * Example: a partner whose measures another can take as fast has value 0.
 */
import { expandActions } from './action-expansion';
import { type BestPlan, bestPlan, type PlanOptions } from './best-plan';
import type { MilpSolver } from './milp-model';
import type { PlanningModel } from './planning-model';
import { type ScenarioChoice, scenarioProblem } from './scenario-sample';

export interface MarginalValue {
  readonly kind: 'PARTNER' | 'JURISDICTION';
  readonly index: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface MarginalOptions extends PlanOptions {
  readonly choice: ScenarioChoice;
}

export function marginalValues(
  model: PlanningModel,
  best: BestPlan,
  solver: MilpSolver,
  options: MarginalOptions,
): MarginalValue[] {
  const began = options.now();
  const all = [...withoutEachPartner(model), ...withoutEachJurisdiction(model)];
  const isUsed = usedBy(model, best);
  const slack = Math.max(0, best.bound - best.objective);
  // Without what the plan does not use, the plan stands.
  const values: MarginalValue[] = all
    .filter((each) => !isUsed(each))
    .map(({ kind, index }) => ({ kind, index, value: 0, low: 0, high: slack }));
  const variants = all.filter(isUsed);
  variants.forEach(({ kind, index, without }, i) => {
    const left = options.seconds - (options.now() - began);
    if (left <= 0 || options.interrupt?.() === true) return;
    const problem = scenarioProblem(without, expandActions(without), options.choice);
    const plan = bestPlan(problem, solver, { ...options, seconds: left / (variants.length - i) });
    const remaining = plan.status === 'infeasible' ? { objective: 0, bound: 0 } : plan;
    values.push({
      kind,
      index,
      value: Math.max(0, best.objective - remaining.objective),
      low: Math.max(0, best.objective - remaining.bound),
      high: Math.max(0, best.bound - remaining.objective),
    });
  });
  return values.sort(
    (a, b) =>
      b.value - a.value ||
      Number(a.kind === 'JURISDICTION') - Number(b.kind === 'JURISDICTION') ||
      a.index - b.index,
  );
}

function usedBy(model: PlanningModel, best: BestPlan): (variant: Variant) => boolean {
  const { actions } = expandActions(model);
  const taken = best.actions.map((a) => actions[a]);
  const partners = new Set(taken.map((each) => each.partner));
  const places = new Set(taken.map((each) => model.measures[each.measure].jurisdiction));
  const isAnywhere = places.has(-1);
  return ({ kind, index }) => (kind === 'PARTNER' ? partners.has(index) : isAnywhere || places.has(index));
}

interface Variant {
  readonly kind: MarginalValue['kind'];
  readonly index: number;
  readonly without: PlanningModel;
}

function withoutEachPartner(model: PlanningModel): Variant[] {
  const allowed = model.limits.partners ?? [...model.partners.keys()];
  if (model.partners.length === 0) return [];
  return allowed.map((index) => ({
    kind: 'PARTNER',
    index,
    without: { ...model, limits: { ...model.limits, partners: allowed.filter((each) => each !== index) } },
  }));
}

function withoutEachJurisdiction(model: PlanningModel): Variant[] {
  const known = new Set([
    ...model.measures.map((each) => each.jurisdiction).filter((each) => each >= 0),
    ...model.partners.flatMap((each) => each.jurisdictions),
  ]);
  const open = [...(model.limits.jurisdictions ?? known)].sort((a, b) => a - b);
  return open
    .filter((each) => known.has(each))
    .map((index) => ({
      kind: 'JURISDICTION',
      index,
      without: {
        ...model,
        limits: { ...model.limits, jurisdictions: open.filter((each) => each !== index) },
      },
    }));
}
