/**
 * Plan trimming: the plan without the actions that add nothing to it.
 *
 * What: tries the actions one by one, the costliest first, and leaves out each without which the plan does as much.
 * Formula: a goes when f(x) - f(x - a) <= 1e-12 f(x), all that went before it counted in; until none goes, since an action may do less without another.
 * Preconditions: those of PlanProblem; the plan keeps the limits.
 * Params: `isOver` is polled between actions; when it is true the rest of the plan stays as it is.
 * Returns: actions ascending; ties of cost by index, the last first.
 * Complexity: in each round, for each action an evaluation of the operations it is relevant to; two rounds as a rule.
 * Exact unless it was cut short.
 * Reference: docs/analysis/optimisation.md.
 * Example: two actions on the only supplier, for as long: one of them goes.
 */
import { planGain } from './plan-gain';
import { brokenLimits } from './plan-limits';
import type { PlanProblem } from './plan-problem';

export interface TrimmingOptions {
  readonly isOver: () => boolean;
  readonly isAllowed?: (actions: readonly number[]) => boolean;
}

export function trimmed(
  problem: PlanProblem,
  actions: readonly number[],
  objective: number,
  { isOver, isAllowed }: TrimmingOptions,
): readonly number[] {
  const cost = (a: number) => problem.measures[problem.actions[a].measure].cost;
  if (actions.length === 0 || isOver()) return actions;
  const gain = planGain(problem);
  const order = [...actions].sort((x, y) => cost(y) - cost(x) || y - x);
  let kept = [...actions];
  let lost = 0;
  for (let before = -1; before !== kept.length && !isOver(); ) {
    before = kept.length;
    for (const a of order.filter((each) => kept.includes(each))) {
      if (isOver()) break;
      const without = kept.filter((each) => each !== a);
      if (brokenLimits(problem, without).length > 0 || isAllowed?.(without) === false) continue;
      const less = lost + gain.of(without, [a]);
      if (less > objective * 1e-12) continue;
      kept = without;
      lost = Math.max(0, less);
    }
  }
  return kept;
}
