/**
 * Pareto frontier of cost against effect: what each further unit of budget can buy.
 *
 * What: solves at the full budget, then again just below what the plan found costs, until nothing is gained.
 * Formula: a point (cost, f) is on the frontier when no plan costs less and does at least as much.
 * Preconditions: those of PlanProblem. `budgets` asks for these budgets only, in any order.
 * Params: cost in the unit of the budget; seconds for the whole frontier, shared out over what is left.
 * Returns: points by ascending cost, strictly increasing in effect, each with its own certificate; `isComplete` when all
 *   points were proved and none is missing.
 * Complexity: one exact search for each point.
 * Exact where every status is optimal.
 * Reference: epsilon-constraint method: Haimes, Lasdon, Wismer (1971), doi:10.1109/TSMC.1971.4308298.
 * Example: costs 2 and 3 for effects 5 and 9: points (2, 5), (3, 9), (5, 14).
 */
import { type BestPlan, type PlanOptions, searchPlan } from './best-plan';
import type { MilpSolver } from './milp-model';
import { type PlanProblem, planScorer } from './plan-problem';
import { planProgramme } from './plan-programme';

export interface FrontierOptions extends PlanOptions {
  readonly budgets?: readonly number[];
  readonly maxPoints?: number;
  /** A plan to begin with at the greatest budget. */
  readonly startFrom?: readonly number[];
}

export interface ParetoFrontier {
  readonly points: readonly BestPlan[];
  readonly isComplete: boolean;
}

export function paretoFrontier(
  problem: PlanProblem,
  solver: MilpSolver,
  options: FrontierOptions,
): ParetoFrontier {
  const began = options.now();
  const programme = planProgramme(problem);
  const scorer = planScorer(problem);
  const asked = options.budgets === undefined ? null : [...options.budgets].sort((a, b) => b - a);
  const most = asked?.length ?? options.maxPoints ?? 20;
  const total = problem.measures.reduce((sum, each) => sum + each.cost, 0);
  const step = costStep(problem);
  const points: BestPlan[] = [];
  let budget = asked?.[0] ?? Math.min(problem.limits.budget, total);
  let isComplete = asked === null;
  let isExhausted = false;
  for (let i = 0; i < most; i += 1) {
    const left = options.seconds - (options.now() - began);
    if (i > 0 && left <= 0) break;
    const seconds = left / Math.min(3, most - i);
    const limited = { ...problem, limits: { ...problem.limits, budget } };
    programme.builder.setRowBounds(programme.budgetRow, Number.NEGATIVE_INFINITY, budget);
    const plan = searchPlan(
      limited,
      programme,
      scorer,
      solver,
      { ...options, seconds },
      i === 0 ? options.startFrom : undefined,
    );
    if (plan.status !== 'optimal') isComplete = false;
    if (plan.status === 'infeasible' || plan.status === 'stopped') break;
    points.push(plan);
    if (asked !== null) {
      if (i + 1 < asked.length) budget = asked[i + 1];
      continue;
    }
    isExhausted = plan.cost <= 0 || plan.objective <= 0;
    if (isExhausted) break;
    budget = plan.cost - step;
    if (budget < 0) break;
  }
  const isDone = isExhausted || budget < 0;
  return { points: undominated(points), isComplete: isComplete && isDone };
}

/** Largest amount that two different plan costs differ by at least: 1 for whole costs, else a hair. */
function costStep(problem: PlanProblem): number {
  return problem.measures.every((each) => Number.isInteger(each.cost)) ? 1 : 1e-6;
}

function undominated(points: readonly BestPlan[]): BestPlan[] {
  const kept: BestPlan[] = [];
  const sorted = [...points].sort((a, b) => a.cost - b.cost || b.objective - a.objective);
  for (const point of sorted) {
    const last = kept[kept.length - 1];
    if (last === undefined || point.objective > last.objective * (1 + 1e-9) + 1e-9) kept.push(point);
  }
  return kept;
}
