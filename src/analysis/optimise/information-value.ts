/**
 * Value of collecting: what knowing the truth of each doubtful edge would add to the best plan, and whether it flips it.
 *
 * What: for each doubtful supplier and dependency, solves as if it were certainly true and certainly not, and compares
 *   with the plan made in doubt.
 * Formula: value = p (best | true - plan | true) + (1 - p) (best | not - plan | not) >= 0: the expected value of perfect
 *   information on that edge, everything else in doubt as before.
 * Preconditions: those of PlanningModel; an edge's p is its own times its origin's.
 * Params: seconds for all edges together; effect in severity times days.
 * Returns: edges by value, then in order of the model; `flips` when a best plan under one truth takes other measures and
 *   does better there. Edges not reached in time are left out, and `isComplete` is false.
 * Complexity: two exact searches for each edge.
 * Exact for the scenarios used, where all searches are optimal; `bound` widens by their gaps otherwise.
 * Reference: Howard, "Information value theory", doi:10.1109/TSSC.1966.300074.
 * Example: an edge no measure touches has value 0.
 */
import { expandActions } from './action-expansion';
import { bestPlan, type PlanOptions } from './best-plan';
import type { MilpSolver } from './milp-model';
import { planScorer } from './plan-problem';
import type { PlanningModel } from './planning-model';
import { type ScenarioChoice, scenarioProblem } from './scenario-sample';

export type DoubtfulEdge =
  | { readonly kind: 'SUPPLIER'; readonly requirement: number; readonly supplier: number }
  | { readonly kind: 'DEPENDENCY'; readonly dependency: number };

export interface EdgeValue {
  readonly edge: DoubtfulEdge;
  readonly pTrue: number;
  readonly value: number;
  readonly flips: boolean;
  readonly isProved: boolean;
}

export interface InformationValue {
  readonly edges: readonly EdgeValue[];
  readonly isComplete: boolean;
}

export interface InformationOptions extends PlanOptions {
  readonly choice: ScenarioChoice;
}

export function informationValue(
  model: PlanningModel,
  solver: MilpSolver,
  options: InformationOptions,
): InformationValue {
  const began = options.now();
  const edges = doubtfulEdges(model);
  const expansion = expandActions(model);
  const left = () => options.seconds - (options.now() - began);
  const search = (candidate: PlanningModel, seconds: number) => {
    const problem = scenarioProblem(candidate, expansion, options.choice);
    return { problem, plan: bestPlan(problem, solver, { ...options, seconds }) };
  };
  const base = search(model, left() / (edges.length + 1));
  const values: EdgeValue[] = [];
  for (let i = 0; i < edges.length && left() > 0 && options.interrupt?.() !== true; i += 1) {
    const { edge, pTrue } = edges[i];
    let value = 0;
    let flips = false;
    let isProved = base.plan.status === 'optimal';
    for (const isTrue of [true, false]) {
      const known = search(settled(model, edge, isTrue), left() / (2 * (edges.length - i)));
      const withoutKnowing = planScorer(known.problem).objective(base.plan.actions);
      const gain = Math.max(0, known.plan.objective - withoutKnowing);
      value += (isTrue ? pTrue : 1 - pTrue) * gain;
      flips ||= gain > 1e-6 * Math.max(1, known.plan.objective);
      isProved &&= known.plan.status === 'optimal';
    }
    values.push({ edge, pTrue, value, flips, isProved });
  }
  const ranked = values
    .map((each, i) => ({ each, i }))
    .sort((a, b) => b.each.value - a.each.value || a.i - b.i);
  return { edges: ranked.map(({ each }) => each), isComplete: values.length === edges.length };
}

export function doubtfulEdges(model: PlanningModel): { edge: DoubtfulEdge; pTrue: number }[] {
  const edges: { edge: DoubtfulEdge; pTrue: number }[] = [];
  const chance = (claim: { readonly pTrue: number; readonly origin: number }): number =>
    claim.pTrue * (claim.origin < 0 ? 1 : model.origins[claim.origin]);
  model.requirements.forEach((each, requirement) => {
    each.suppliers.forEach((claim, supplier) => {
      const pTrue = chance(claim);
      if (pTrue > 0 && pTrue < 1) edges.push({ edge: { kind: 'SUPPLIER', requirement, supplier }, pTrue });
    });
  });
  model.dependencies.forEach((claim, dependency) => {
    const pTrue = chance(claim);
    if (pTrue > 0 && pTrue < 1) edges.push({ edge: { kind: 'DEPENDENCY', dependency }, pTrue });
  });
  return edges;
}

/** The model in which one edge is certainly true, or certainly not. */
export function settled(model: PlanningModel, edge: DoubtfulEdge, isTrue: boolean): PlanningModel {
  const certain = { pTrue: isTrue ? 1 : 0, origin: -1 };
  if (edge.kind === 'DEPENDENCY') {
    const dependencies = model.dependencies.map((each, i) =>
      i === edge.dependency ? { ...each, ...certain } : each,
    );
    return { ...model, dependencies };
  }
  const requirements = model.requirements.map((each, r) => {
    if (r !== edge.requirement) return each;
    const suppliers = each.suppliers.map((s, j) => (j === edge.supplier ? { ...s, ...certain } : s));
    return { ...each, suppliers };
  });
  return { ...model, requirements };
}
