/**
 * Which actions can change the loss of an operation at all, and whether taking more of them can only add to it.
 *
 * What: backward reach from the operation over what it needs, who supplies it, what that depends on and is rebuilt with.
 * Preconditions: bounds refer to the scenarios given.
 * Params: none has a unit.
 * Returns: actions ascending. `isMonotone` is false where a latent supplier, an interception or a delayed displacement is
 *   within reach: then one action more may lower the loss (an early want switches supply in before the main blow).
 * Complexity: O(arcs) for each operation asked about.
 * Exact as a superset.
 * Reference: docs/analysis/optimisation.md.
 * Example: an action on a component nobody needs matters to no operation.
 */
import type { EffectSystem } from '../effect/effect-system';
import type { OperationBound, Scenario } from './effect-programme';

export interface RelevantActions {
  readonly relevant: readonly number[];
  readonly isMonotone: boolean;
}

export function actionsThatMatter(
  scenarios: readonly Scenario[],
): (bound: OperationBound) => RelevantActions {
  const known = new Map<OperationBound, RelevantActions>();
  return (bound) => {
    const found = known.get(bound);
    if (found !== undefined) return found;
    const made = relevantActions(scenarios[bound.scenario], bound.operation);
    known.set(bound, made);
    return made;
  };
}

function relevantActions(scenario: Scenario, operation: number): RelevantActions {
  const { system, isLive } = scenario;
  const { components, requirements } = reach(system, operation);
  let isMonotone = !(
    system.operations[operation].displacedShare > 0 && system.operations[operation].displacedAfterDays > 0
  );
  for (const r of requirements) {
    if (system.requirements[r].suppliers.some((each) => each.latent)) isMonotone = false;
  }
  const relevant: number[] = [];
  system.actions.forEach((action, a) => {
    if (isLive[a] === 0) return;
    const onIt = action.effects.filter((each) =>
      each.kind === 'OUTAGE' || each.kind === 'INTERCEPT'
        ? components.has(each.target)
        : each.target === operation,
    );
    if (onIt.length > 0) relevant.push(a);
    if (onIt.some((each) => each.kind === 'INTERCEPT')) isMonotone = false;
  });
  return { relevant, isMonotone };
}

function reach(
  system: EffectSystem,
  operation: number,
): { components: Set<number>; requirements: Set<number> } {
  const components = new Set<number>();
  const requirements = new Set(system.operations[operation].needs);
  const open = [...requirements].map((r) => ({ isRequirement: true, index: r }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.isRequirement) {
      for (const each of system.requirements[next.index].suppliers)
        visit(components, open, false, each.component);
      continue;
    }
    const component = system.components[next.index];
    for (const c of component.dependsOn) visit(components, open, false, c);
    for (const c of component.rebuiltWith) visit(components, open, false, c);
    for (const r of component.needs) visit(requirements, open, true, r);
  }
  return { components, requirements };
}

function visit(
  seen: Set<number>,
  open: { isRequirement: boolean; index: number }[],
  isRequirement: boolean,
  index: number,
): void {
  if (seen.has(index)) return;
  seen.add(index);
  open.push({ isRequirement, index });
}
