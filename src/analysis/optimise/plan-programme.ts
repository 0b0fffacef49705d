/**
 * Plan programme: a plan problem as a mixed-integer programme whose rows can be tightened between solves.
 *
 * What: a binary column for each action, rows for the limits, columns and rows for the effect, and cuts.
 * Formula: sum cost x <= budget; one action a measure; x_a + x_b <= 1 for conflicts; x_a <= x_b for prerequisites;
 *   exposure, collateral, count and partner capacity as knapsacks.
 *   Evaluation cut at a point x* for an operation's bound b with true effect F: b <= F + (top - F) * (actions that x* lacks
 *   and that matter to it) when effects only add up, else also + (actions of x* given up).
 * Preconditions: those of PlanProblem.
 * Params: in the units of the problem.
 * Returns: PlanProgramme; `actionsOf` reads a solution back.
 * Complexity: that of effect-programme.
 * Exact: every cut is valid for every plan.
 * Reference: Laporte, Louveaux, "The integer L-shaped method", doi:10.1016/0167-6377(93)90002-X.
 * Example: see best-plan.ts.
 */
import { coverExpressions } from './cover-expression';
import { addEffect, type OperationBound } from './effect-programme';
import { type MilpBuilder, milpBuilder } from './milp-model';
import type { PlanProblem } from './plan-problem';
import { relevantActions } from './relevant-action';
import { MAX_SUBSET_ACTIONS } from './subset-columns';

export interface PlanProgramme {
  readonly builder: MilpBuilder;
  /** Column of each action. */
  readonly columns: Int32Array;
  readonly bounds: readonly OperationBound[];
  readonly budgetRow: number;
  actionsOf(values: Float64Array): number[];
  /** Forbids every plan that takes exactly these measures, or differs from it in fewer than `difference` measures. */
  forbid(actions: readonly number[], difference: number): void;
  /** Lowers the bound of one operation at this plan to its true effect. */
  cut(bound: OperationBound, actions: readonly number[], effect: number): void;
}

const FREE = Number.NEGATIVE_INFINITY;

export function planProgramme(problem: PlanProblem, maxSubsetActions = MAX_SUBSET_ACTIONS): PlanProgramme {
  const builder = milpBuilder();
  const columns = Int32Array.from(problem.actions, () =>
    builder.addColumn({ cost: 0, lower: 0, upper: 1, isInteger: true }),
  );
  const byMeasure: number[][] = problem.measures.map(() => []);
  problem.actions.forEach((each, a) => {
    byMeasure[each.measure].push(columns[a]);
  });
  const budgetRow = limitRows(builder, problem, columns, byMeasure);
  const bounds = addEffect(builder, coverExpressions(builder), columns, problem.scenarios, {
    groupOf: (a) => problem.actions[a].measure,
    maxActions: maxSubsetActions,
  });
  const relevantIn = problem.scenarios.map((each) => relevantActions(each));
  return {
    builder,
    columns,
    bounds,
    budgetRow,
    actionsOf: (values) => [...problem.actions.keys()].filter((a) => values[columns[a]] > 0.5),
    forbid(actions, difference) {
      const taken = new Set(actions.map((a) => problem.actions[a].measure));
      const indices = byMeasure.flat();
      const values = byMeasure.flatMap((list, m) => list.map(() => (taken.has(m) ? -1 : 1)));
      builder.addRow(difference - taken.size, Number.POSITIVE_INFINITY, indices, values);
    },
    cut(bound, actions, effect) {
      const { relevant, isMonotone } = relevantIn[bound.scenario](bound.operation);
      const taken = new Set(actions);
      const room = bound.top - effect;
      const indices = [bound.column];
      const values = [1];
      let limit = effect;
      for (const a of relevant) {
        if (!taken.has(a)) {
          indices.push(columns[a]);
          values.push(-room);
        } else if (!isMonotone) {
          indices.push(columns[a]);
          values.push(room);
          limit += room;
        }
      }
      builder.addRow(FREE, limit, indices, values);
    },
  };
}

/** Rows of the limits; returns the budget's, which always exists so that it can be moved. */
function limitRows(
  builder: MilpBuilder,
  problem: PlanProblem,
  columns: Int32Array,
  byMeasure: readonly (readonly number[])[],
): number {
  const { measures, actions, limits } = problem;
  const knapsack = (limit: number, weightOf: (a: number) => number): number => {
    const used = [...actions.keys()].filter((a) => weightOf(a) !== 0);
    return builder.addRow(
      FREE,
      limit,
      used.map((a) => columns[a]),
      used.map(weightOf),
    );
  };
  const measureOf = (a: number) => measures[actions[a].measure];
  const budgetRow = knapsack(limits.budget, (a) => measureOf(a).cost);
  if (Number.isFinite(limits.maxMeasures)) knapsack(limits.maxMeasures, () => 1);
  if (Number.isFinite(limits.maxExposure)) knapsack(limits.maxExposure, (a) => measureOf(a).exposure);
  if (Number.isFinite(limits.maxCollateral)) knapsack(limits.maxCollateral, (a) => measureOf(a).collateral);
  limits.partnerCapacity.forEach((capacity, partner) => {
    if (Number.isFinite(capacity)) knapsack(capacity, (a) => (actions[a].partner === partner ? 1 : 0));
  });
  const ones = (list: readonly number[], value: number) => list.map(() => value);
  const must = new Set(limits.mustTake);
  byMeasure.forEach((list, m) => {
    const least = must.has(m) ? 1 : 0;
    if (list.length > 1 || least === 1) builder.addRow(least, 1, list, ones(list, 1));
    for (const other of measures[m].conflicts) {
      const against = byMeasure[other];
      if (other === m || (other < m && measures[other].conflicts.includes(m))) continue;
      builder.addRow(FREE, 1, [...list, ...against], ones([...list, ...against], 1));
    }
    for (const needed of measures[m].requires) {
      const before = byMeasure[needed];
      builder.addRow(FREE, 0, [...list, ...before], [...ones(list, 1), ...ones(before, -1)]);
    }
  });
  return budgetRow;
}
