/**
 * Gain of adding actions to a plan, evaluated only where they matter.
 *
 * What: an operation's loss depends only on the actions relevant to it, so a gain is the difference over the operations to
 *   which the added actions are relevant, with only those of the plan's actions that are relevant to these.
 * Formula: f(x + b) - f(x) = sum over o in O(b) of F_o((x + b) in A(O(b))) - F_o(x in A(O(b))).
 * Preconditions: those of PlanProblem; no action of `added` is in the plan.
 * Params: effect in severity times days.
 * Returns: the gain, which may be negative.
 * Complexity: two evaluations of the neighbourhood; the index costs one backward reach for each operation.
 * Exact.
 * Reference: docs/analysis/optimisation.md.
 * Example: the gain of an action no operation depends on is 0.
 */
import { type PlanEvaluator, planEvaluator } from '../effect/effect-timeline';
import type { PlanProblem } from './plan-problem';
import { relevantActions } from './relevant-action';

interface Relevance {
  readonly evaluate: PlanEvaluator;
  readonly weight: number;
  readonly operationsOf: readonly (readonly number[])[];
  readonly isLive: Uint8Array;
}

export interface PlanGain {
  of(plan: readonly number[], added: readonly number[]): number;
  /** Operations an action is relevant to in some scenario, ascending. */
  operationsOf(action: number): readonly number[];
}

export function planGain(problem: PlanProblem): PlanGain {
  const scenarios = problem.scenarios.map((scenario): Relevance => {
    const { system, weight, isLive } = scenario;
    const relevantTo = relevantActions(scenario);
    const operationsOf: number[][] = system.actions.map(() => []);
    system.operations.forEach((_, o) => {
      for (const a of relevantTo(o).relevant) operationsOf[a].push(o);
    });
    return { evaluate: planEvaluator(system), weight, operationsOf, isLive };
  });
  const reached = problem.actions.map((_, a) =>
    [...new Set(scenarios.flatMap((each) => each.operationsOf[a]))].sort((x, y) => x - y),
  );
  return {
    of: (plan, added) => scenarios.reduce((sum, each) => sum + each.weight * gainIn(each, plan, added), 0),
    operationsOf: (action) => reached[action],
  };
}

function gainIn(scenario: Relevance, plan: readonly number[], added: readonly number[]): number {
  const { evaluate, operationsOf, isLive } = scenario;
  const live = added.filter((a) => isLive[a] === 1);
  const operations = new Set(live.flatMap((a) => operationsOf[a]));
  if (operations.size === 0) return 0;
  const matters = (a: number): boolean => operationsOf[a].some((o) => operations.has(o));
  const near = plan.filter((a) => isLive[a] === 1 && matters(a));
  const lossOf = (actions: readonly number[]): number => {
    const effect = evaluate(actions);
    let sum = 0;
    effect.operations.forEach((o, i) => {
      if (operations.has(o)) sum += effect.severityLost[i];
    });
    return sum;
  };
  return lossOf([...near, ...live]) - (near.length > 0 ? lossOf(near) : 0);
}
