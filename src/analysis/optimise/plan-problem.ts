/**
 * Plan problem: what may be done, by whom, under which limits, and the scenarios it is judged in.
 *
 * What: plain index-based records. A measure is taken through at most one of its actions (partner and start day); action a
 *   of the problem is action a of every scenario's system.
 * Preconditions: costs, exposure, collateral >= 0; indices in range; scenario weights sum to 1.
 * Params: cost in the unit of the budget; Infinity where there is no limit.
 * Returns: nothing; types, and `evaluate`, the exact effect of a set of actions in all scenarios.
 * Complexity: evaluate is that of effect-timeline for each scenario.
 * Exact for the scenarios given: `of` says whether they are the model itself or a sample of it.
 * Reference: docs/analysis/optimisation.md; sample average approximation: Kleywegt, Shapiro, Homem-de-Mello,
 *   doi:10.1137/S1052623499363220.
 * Example: see best-plan.ts.
 */
import { type PlanEvaluator, planEvaluator } from '../effect/effect-timeline';
import type { Scenario } from './relevant-action';

export interface PlanMeasure {
  readonly cost: number;
  readonly exposure: number;
  readonly collateral: number;
  /** Measures that may not be taken together with this one. */
  readonly conflicts: readonly number[];
  /** Measures without which this one may not be taken. */
  readonly requires: readonly number[];
}

export interface PlanAction {
  readonly measure: number;
  /** -1 where no partner is named. */
  readonly partner: number;
  /** Day on which work begins; effects follow after lead and cooperation time. */
  readonly startDay: number;
}

export interface PlanLimits {
  readonly budget: number;
  readonly maxMeasures: number;
  readonly maxExposure: number;
  readonly maxCollateral: number;
  /** Measures each partner can take at most; Infinity where there is no limit. */
  readonly partnerCapacity: readonly number[];
  readonly mustTake: readonly number[];
}

export interface PlanProblem {
  readonly scenarios: readonly Scenario[];
  /** `model`: the scenarios are all there is. `sample`: they were drawn, and every certificate is for the draw. */
  readonly of: 'model' | 'sample';
  readonly measures: readonly PlanMeasure[];
  readonly actions: readonly PlanAction[];
  readonly limits: PlanLimits;
}

export interface PlanScore {
  readonly objective: number;
  /** Severity lost and equivalent full days lost by operation, averaged over the scenarios. */
  readonly severityLost: Float64Array;
  readonly lostDays: Float64Array;
  /** The same severity by scenario, not weighted: [scenario][operation]. */
  readonly byScenario: readonly Float64Array[];
}

export interface PlanScorer {
  objective(actions: Iterable<number>): number;
  score(actions: Iterable<number>): PlanScore;
}

export function planScorer(problem: PlanProblem): PlanScorer {
  const evaluators: PlanEvaluator[] = problem.scenarios.map((each) => planEvaluator(each.system));
  const inScenario = (s: number, actions: readonly number[]) =>
    evaluators[s](actions.filter((a) => problem.scenarios[s].isLive[a] === 1));
  return {
    objective(actions) {
      const list = [...actions];
      let sum = 0;
      for (let s = 0; s < evaluators.length; s += 1)
        sum += problem.scenarios[s].weight * inScenario(s, list).objective;
      return sum;
    },
    score(actions) {
      const list = [...actions];
      const count = problem.scenarios[0].system.operations.length;
      const severityLost = new Float64Array(count);
      const lostDays = new Float64Array(count);
      const byScenario = problem.scenarios.map((scenario, s) => {
        const effect = inScenario(s, list);
        const own = new Float64Array(count);
        effect.operations.forEach((o, i) => {
          own[o] = effect.severityLost[i];
          severityLost[o] += scenario.weight * effect.severityLost[i];
          lostDays[o] += scenario.weight * effect.lostDays[i];
        });
        return own;
      });
      const objective = this.objective(list);
      return { objective, severityLost, lostDays, byScenario };
    },
  };
}

export function planCost(problem: PlanProblem, actions: Iterable<number>): number {
  let cost = 0;
  for (const a of [...actions].sort((x, y) => x - y))
    cost += problem.measures[problem.actions[a].measure].cost;
  return cost;
}
