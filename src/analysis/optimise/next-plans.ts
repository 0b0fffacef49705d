/**
 * The next best distinct plans: alternatives when the first is refused.
 *
 * What: solves, forbids the measures found (and all within fewer than `difference` changes of them), solves again.
 * Formula: sum over measures taken of (1 - x) + sum over the others of x >= difference.
 * Preconditions: those of PlanProblem; count, difference >= 1.
 * Params: seconds for all of them together.
 * Returns: plans in order of effect, each with its certificate; fewer when there are no more.
 * Complexity: one exact search for each plan.
 * Exact where the status is optimal.
 * Reference: Balas, Jeroslow, "Canonical cuts on the unit hypercube", doi:10.1137/0123007.
 * Example: with one measure there are two plans: taking it, and the empty one.
 */
import { type BestPlan, type PlanOptions, searchPlan } from './best-plan';
import type { MilpSolver } from './milp-model';
import { type PlanProblem, planScorer } from './plan-problem';
import { planProgramme } from './plan-programme';

export interface NextPlansOptions extends PlanOptions {
  readonly count: number;
  readonly difference?: number;
  /** A plan to begin with when seeking the first. */
  readonly startFrom?: readonly number[];
}

export function nextPlans(problem: PlanProblem, solver: MilpSolver, options: NextPlansOptions): BestPlan[] {
  const began = options.now();
  const programme = planProgramme(problem);
  const scorer = planScorer(problem);
  const difference = options.difference ?? 1;
  const found: BestPlan[] = [];
  const isAllowed = (actions: readonly number[]): boolean =>
    found.every((each) => changes(problem, each.actions, actions) >= difference);
  while (found.length < options.count) {
    const left = options.seconds - (options.now() - began);
    if (found.length > 0 && left <= 0) break;
    const seconds = left / Math.min(3, options.count - found.length);
    const startFrom = found.length === 0 ? options.startFrom : undefined;
    const plan = searchPlan(
      problem,
      programme,
      scorer,
      solver,
      { ...options, seconds, isAllowed },
      startFrom,
    );
    if (plan.status === 'infeasible' || plan.status === 'stopped') break;
    found.push(plan);
    programme.forbid(plan.actions, difference);
  }
  return found;
}

function changes(problem: PlanProblem, a: readonly number[], b: readonly number[]): number {
  const left = new Set(a.map((each) => problem.actions[each].measure));
  const right = new Set(b.map((each) => problem.actions[each].measure));
  const onlyLeft = [...left].filter((each) => !right.has(each)).length;
  return onlyLeft + [...right].filter((each) => !left.has(each)).length;
}
