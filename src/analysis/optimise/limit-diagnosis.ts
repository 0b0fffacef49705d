/**
 * Why no plan exists: which limit, dropped alone, would let one through.
 *
 * What: asks once for each limit whether the problem without it has a plan (or, for a takedown, a takedown).
 * Preconditions: the problem is infeasible.
 * Params: `hasPlan` answers for the relaxed problem; seconds for one answer.
 * Returns: limits in their fixed order; empty when no single one is enough.
 * Complexity: one search for each limit.
 * Exact where the searches end within the time.
 * Reference: Chinneck, "Feasibility and Infeasibility in Optimization", doi:10.1007/978-0-387-74932-7.
 * Example: a measure that must be taken and costs more than the budget: ["budget", "mustTake"].
 */
import type { PlanOptions } from './best-plan';
import type { MilpSolver } from './milp-model';
import { LIMIT_NAMES, type LimitName, withoutLimit } from './plan-limits';
import type { PlanProblem } from './plan-problem';
import { planProgramme } from './plan-programme';

export function limitsToRelax(problem: PlanProblem, hasPlan: (relaxed: PlanProblem) => boolean): LimitName[] {
  return LIMIT_NAMES.filter((name) => hasPlan(withoutLimit(problem, name)));
}

/** Is there any plan at all that keeps the limits? */
export function keepsAnyPlan(problem: PlanProblem, solver: MilpSolver, options: PlanOptions): boolean {
  const programme = planProgramme({ ...problem, scenarios: [] });
  const outcome = solver.solve(programme.builder.model(), {
    seconds: options.seconds,
    relativeGap: 1,
    seed: options.seed ?? 0,
    interrupt: options.interrupt,
  });
  return outcome.status === 'optimal' || outcome.status === 'feasible';
}
