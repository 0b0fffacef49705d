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

/** One world a plan is judged in; `isLive[a]` is 0 where action a fails in it. */
export interface Scenario {
  readonly system: EffectSystem;
  readonly weight: number;
  readonly isLive: Uint8Array;
}

export interface RelevantActions {
  readonly relevant: readonly number[];
  readonly isMonotone: boolean;
}

/** Answers for one scenario; the index of who acts on what is made once. */
export function relevantActions(scenario: Scenario): (operation: number) => RelevantActions {
  const { system, isLive } = scenario;
  const onComponent: number[][] = system.components.map(() => []);
  const onOperation: number[][] = system.operations.map(() => []);
  const intercepts = new Set<number>();
  system.actions.forEach((action, a) => {
    if (isLive[a] === 0) return;
    for (const { kind, target } of action.effects) {
      if (kind === 'INTERCEPT') intercepts.add(target);
      if (kind === 'OUTAGE' || kind === 'INTERCEPT') onComponent[target].push(a);
      else onOperation[target].push(a);
    }
  });
  return (operation) => {
    const { components, requirements } = reach(system, operation);
    const { displacedShare, displacedAfterDays } = system.operations[operation];
    const hasLatent = [...requirements].some((r) => system.requirements[r].suppliers.some((s) => s.latent));
    const isWatched = [...components].some((c) => intercepts.has(c));
    const found = new Set(onOperation[operation]);
    for (const c of components) for (const a of onComponent[c]) found.add(a);
    return {
      relevant: [...found].sort((x, y) => x - y),
      isMonotone: !hasLatent && !isWatched && !(displacedShare > 0 && displacedAfterDays > 0),
    };
  };
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
