/**
 * Why no plan exists: which limit, dropped alone, would let one through.
 *
 * What: solves once for each limit without it.
 * Preconditions: the problem is infeasible.
 * Params: seconds for the whole diagnosis.
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

export function limitsToRelax(problem: PlanProblem, solver: MilpSolver, options: PlanOptions): LimitName[] {
  const began = options.now();
  return LIMIT_NAMES.filter((name) => {
    const left = options.seconds - (options.now() - began);
    const programme = planProgramme(withoutLimit({ ...problem, scenarios: [] }, name));
    const outcome = solver.solve(programme.builder.model(), {
      seconds: Math.max(0.05, left),
      relativeGap: 1,
      seed: options.seed ?? 0,
      interrupt: options.interrupt,
    });
    return outcome.values.length > 0;
  });
}
