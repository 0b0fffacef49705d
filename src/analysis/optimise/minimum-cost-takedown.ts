/**
 * Minimum-cost full takedown: the cheapest measures that stop all of the chosen operations for at least so many days.
 *
 * What: the static question. A hit counts if it lasts the days asked, a latent supplier counts as a supplier if it switches
 *   in within them; an operation is down when any of its requirements has no supply.
 * Formula: minimise cost . x subject to down(o) >= 1 for every chosen o: a weighted hitting set over fault trees.
 * Preconditions: one scenario (as known or guaranteed); limits other than the objective stay in force.
 * Params: `minDowntimeDays`; cost in the unit of the budget.
 * Returns: optimal with the actions and their cost, feasible with bound and gap, infeasible with the operations that not
 *   even every action together takes down, or stopped. The answer is checked by the effect kernel.
 * Complexity: NP-hard (minimum hitting set).
 * Exact when optimal.
 * Reference: minimum cut sets of fault trees: NUREG-0492, doi:10.2172/5762464; hitting set: Karp,
 *   doi:10.1007/978-1-4684-2001-2_9.
 * Example: two full suppliers of the only need: both must be hit.
 */
import { type EffectSystem, effectSystem, type RequirementRecord } from '../effect/effect-system';
import { planEvaluator } from '../effect/effect-timeline';
import type { PlanOptions, PlanStatus } from './best-plan';
import { coverExpressions, FALSE } from './cover-expression';
import { downCovers } from './down-cover';
import type { MilpSolver } from './milp-model';
import { brokenLimits } from './plan-limits';
import { type PlanProblem, planCost } from './plan-problem';
import { planProgramme } from './plan-programme';
import { requirementLoss } from './requirement-loss';
import { nodeAt } from './time-profile';

export interface Takedown {
  readonly status: PlanStatus;
  readonly actions: readonly number[];
  readonly cost: number;
  readonly bound: number;
  readonly gap: number;
  readonly outOfReach: readonly number[];
}

export interface TakedownOptions extends PlanOptions {
  readonly operations: readonly number[];
  readonly minDowntimeDays: number;
}

export function minimumCostTakedown(
  problem: PlanProblem,
  solver: MilpSolver,
  options: TakedownOptions,
): Takedown {
  const system = staticSystem(
    problem.scenarios[0].system,
    problem.scenarios[0].isLive,
    options.minDowntimeDays,
  );
  const falls = fallsTo(system, options.operations);
  const all = problem.actions.map((_, a) => a);
  const outOfReach = options.operations.filter((o) => !falls(all).has(o));
  const none = { actions: [], cost: Number.NaN, bound: Number.NaN, gap: Number.NaN };
  if (outOfReach.length > 0) return { status: 'infeasible', ...none, outOfReach };
  const programme = planProgramme({ ...problem, scenarios: [] });
  const expressions = coverExpressions(programme.builder);
  problem.actions.forEach((action, a) => {
    programme.builder.addCost(programme.columns[a], -problem.measures[action.measure].cost);
  });
  const input = { system, expressions, columns: programme.columns, latestEnd: () => 1 };
  const covers = downCovers(input);
  for (const o of options.operations) {
    const losses = system.operations[o].needs.map((r) =>
      requirementLoss(system, expressions, r, covers, new Map()),
    );
    const down = expressions.or(
      losses.map((each) => nodeAt(each.profile, 0)).filter((node) => node !== FALSE),
    );
    programme.builder.addRow(1, 1, [expressions.columnOf(down)], [1]);
  }
  const outcome = solver.solve(programme.builder.model(), {
    seconds: options.seconds,
    relativeGap: 0,
    seed: options.seed ?? 0,
    interrupt: options.interrupt,
  });
  if (outcome.status === 'infeasible') return { status: 'infeasible', ...none, outOfReach: [] };
  if (outcome.values.length === 0) return { status: 'stopped', ...none, outOfReach: [] };
  const actions = programme.actionsOf(outcome.values);
  const fallen = falls(actions);
  const isRight =
    brokenLimits(problem, actions).length === 0 && options.operations.every((o) => fallen.has(o));
  if (!isRight) throw new Error('A takedown the solver called feasible does not take its operations down.');
  const cost = planCost(problem, actions);
  const bound = Math.min(cost, -outcome.bound);
  const status = outcome.status === 'optimal' ? 'optimal' : outcome.wasInterrupted ? 'stopped' : 'feasible';
  return {
    status,
    actions,
    cost,
    bound,
    gap: cost > bound ? (cost - bound) / Math.max(cost, 1e-12) : 0,
    outOfReach,
  };
}

/** The system with time taken out: one day, hits and suppliers that count for it, every requirement vital. */
function staticSystem(system: EffectSystem, isLive: Uint8Array, minDowntimeDays: number): EffectSystem {
  const unseen = system.components.length;
  const requirements = system.requirements.map((each, r): RequirementRecord => {
    const suppliers = each.suppliers
      .filter((s) => !s.latent || s.switchDays < minDowntimeDays)
      .map((s) => ({ ...s, latent: false, share: 1 }));
    if (system.unseenShare[r] > 0)
      suppliers.push({ component: unseen, share: 1, latent: false, switchDays: 0 });
    const mode = each.mode === 'ANY' ? ('ANY' as const) : ('AT_LEAST' as const);
    return { ...each, mode, k: system.needed[r], suppliers, criticality: 1, graceDays: 0 };
  });
  const actions = system.actions.map((action, a) => ({
    effects: action.effects
      .filter((e) => isLive[a] === 1 && e.kind === 'OUTAGE')
      .filter((e) => Math.min(e.holdDays, system.components[e.target].rebuildDays) >= minDowntimeDays)
      .map((e) => ({ ...e, startDay: 0, holdDays: Number.POSITIVE_INFINITY })),
  }));
  const never = Number.POSITIVE_INFINITY;
  const components = system.components.map((each) => ({ ...each, rebuildDays: never, rebuiltWith: [] }));
  components.push({ rebuildDays: never, rebuiltWith: [], dependsOn: [], needs: [] });
  const operations = system.operations.map((each) => ({ ...each, severity: 1, displacedShare: 0 }));
  return effectSystem({ horizonDays: 1, discountPerDay: 0, operations, requirements, components, actions });
}

function fallsTo(
  system: EffectSystem,
  operations: readonly number[],
): (actions: readonly number[]) => Set<number> {
  const evaluate = planEvaluator(system);
  return (actions) => {
    const effect = evaluate(actions);
    return new Set(operations.filter((o) => effect.lostDays[effect.operations.indexOf(o)] > 1 - 1e-9));
  };
}
