/**
 * Greedy for plans whose effect is submodular, with its guarantee; the guarantee is claimed only then.
 *
 * What: adds the action of greatest gain; only gains that the last step can have changed are computed again.
 * Formula: f(greedy) >= (1 - 1/e) f(best), so f(best) <= f(greedy) / (1 - 1/e).
 * Preconditions of the guarantee: every requirement has one supplier or is ALL, no latent supplier, no grace, no rebuild
 *   clock that may stand still, no interception or delayed displacement, every action a measure of its own, equal costs,
 *   and no limit but budget and count.
 * Params: in the units of the problem.
 * Returns: actions ascending; `bound` is Infinity where nothing is guaranteed. Ties by index.
 * Complexity: O(actions * plan) evaluations at worst, far fewer as a rule.
 * Approximate.
 * Reference: Nemhauser, Wolsey, Fisher, doi:10.1007/BF01588971; CELF: Leskovec et al., doi:10.1145/1281192.1281239.
 * Example: with one supplier each the bound is at most 1.59 times the objective.
 */
import { cutSetGreedy } from './cut-set-greedy';
import { type PlanProblem, type PlanScorer, planCost } from './plan-problem';
import type { Scenario } from './relevant-action';

export interface LazyGreedyPlan {
  readonly actions: readonly number[];
  readonly objective: number;
  readonly cost: number;
  readonly bound: number;
}

export function lazyGreedyPlan(
  problem: PlanProblem,
  scorer: PlanScorer,
  interrupt?: () => boolean,
): LazyGreedyPlan {
  const actions = cutSetGreedy(problem, scorer, { singlesOnly: true, interrupt });
  const objective = scorer.objective(actions);
  const isGuaranteed =
    hasOnlyCount(problem) && problem.scenarios.every(isSubmodular) && interrupt?.() !== true;
  const bound = isGuaranteed ? objective / (1 - Math.exp(-1)) : Number.POSITIVE_INFINITY;
  return { actions, objective, cost: planCost(problem, actions), bound };
}

export function isSubmodular(scenario: Scenario): boolean {
  const { system } = scenario;
  return (
    system.requirements.every(
      (each) =>
        each.graceDays === 0 &&
        !each.suppliers.some((s) => s.latent) &&
        (each.suppliers.length <= 1 || each.mode === 'ALL'),
    ) &&
    system.components.every((each) => each.rebuiltWith.length === 0) &&
    system.operations.every((each) => each.displacedShare === 0 || each.displacedAfterDays === 0) &&
    system.actions.every((each) => each.effects.every((e) => e.kind !== 'INTERCEPT'))
  );
}

function hasOnlyCount(problem: PlanProblem): boolean {
  const { limits, measures, actions } = problem;
  const isFree = (limit: number) => limit === Number.POSITIVE_INFINITY;
  return (
    isFree(limits.maxExposure) &&
    isFree(limits.maxCollateral) &&
    limits.partnerCapacity.every(isFree) &&
    limits.mustTake.length === 0 &&
    measures.every((each) => each.conflicts.length === 0 && each.requires.length === 0) &&
    measures.every((each) => each.cost === measures[0].cost) &&
    new Set(actions.map((each) => each.measure)).size === actions.length
  );
}
