/**
 * Gain of adding actions to a plan, evaluated only where they matter.
 *
 * What: an operation's loss depends only on the actions relevant to it, so a gain is the difference over the operations to
 *   which the added actions are relevant, with only those of the plan's actions that are relevant to these.
 * Formula: f(x + b) - f(x) = sum over o in O(b) of F_o((x + b) in A(O(b))) - F_o(x in A(O(b))).
 * Preconditions: those of PlanProblem; no action of `added` is in the plan.
 * Params: effect in severity times days.
 * Returns: the gain, which may be negative.
 * Complexity: two evaluations of the part of each operation reached, remembered by set; the index costs one backward reach for each operation.
 * Exact.
 * Reference: docs/analysis/optimisation.md.
 * Example: the gain of an action no operation depends on is 0.
 */
import type { PlanProblem } from './plan-problem';
import { type RelevantActions, relevantActions } from './relevant-action';

interface Relevance {
  readonly weight: number;
  readonly operationsOf: readonly (readonly number[])[];
  readonly isLive: Uint8Array;
  readonly of: (operation: number) => RelevantActions;
}

export interface PlanGain {
  of(plan: readonly number[], added: readonly number[]): number;
  /** Operations an action is relevant to in some scenario, ascending. */
  operationsOf(action: number): readonly number[];
}

export function planGain(problem: PlanProblem): PlanGain {
  const scenarios = problem.scenarios.map((scenario): Relevance => {
    const { system, weight, isLive } = scenario;
    const of = relevantActions(scenario);
    const operationsOf: number[][] = system.actions.map(() => []);
    system.operations.forEach((_, o) => {
      for (const a of of(o).relevant) operationsOf[a].push(o);
    });
    return { weight, operationsOf, isLive, of };
  });
  const reached = problem.actions.map((_, a) =>
    [...new Set(scenarios.flatMap((each) => each.operationsOf[a]))].sort((x, y) => x - y),
  );
  return {
    of: (plan, added) => scenarios.reduce((sum, each) => sum + each.weight * gainIn(each, plan, added), 0),
    operationsOf: (action) => reached[action],
  };
}

function gainIn(
  { operationsOf, isLive, of }: Relevance,
  plan: readonly number[],
  added: readonly number[],
): number {
  const taken = new Set(plan);
  const more = new Set(added.filter((a) => isLive[a] === 1));
  let gain = 0;
  for (const o of new Set([...more].flatMap((a) => operationsOf[a]))) {
    const { relevant, lossOf } = of(o);
    gain += lossOf(relevant.filter((a) => taken.has(a) || more.has(a)));
    gain -= lossOf(relevant.filter((a) => taken.has(a)));
  }
  return gain;
}
