/**
 * Sub-system: the part of an effect system that decides what some operations lose, as a system of its own.
 *
 * What: keeps components, requirements and operations of a part that is closed under need, and of some actions the effects on it.
 * Formula: an operation's loss is a function of its downward closure (what it needs, who supplies that, what these depend on, need
 *   and are rebuilt with), so it is the same in both systems for the same actions.
 * Preconditions: the part holds with each member everything that member names; indices ascending.
 * Params: those of EffectSystem; actions by index.
 * Returns: an EffectSystem. Actions keep their indices, those not given do nothing; the rest is renumbered in order.
 * Complexity: O(part + number of actions).
 * Exact.
 * Reference: docs/analysis/optimisation.md.
 * Example: of two operations that share nothing, the part of one evaluates to its own loss alone.
 */
import { type ActionRecord, type EffectSystem, effectSystem } from './effect-system';

export interface SystemPart {
  readonly components: readonly number[];
  readonly requirements: readonly number[];
  readonly operations: readonly number[];
}

const NO_EFFECTS: ActionRecord = { effects: [] };

export function subSystem(
  system: EffectSystem,
  { components, requirements, operations }: SystemPart,
  actions: readonly number[],
): EffectSystem {
  const componentAt = positions(components);
  const requirementAt = positions(requirements);
  const operationAt = positions(operations);
  const moved = (list: readonly number[], at: ReadonlyMap<number, number>): number[] =>
    list.map((each) => at.get(each) as number);
  const kept: ActionRecord[] = new Array(system.actions.length).fill(NO_EFFECTS);
  for (const a of actions) {
    const effects = system.actions[a].effects.flatMap((effect) => {
      const isOnComponent = effect.kind === 'OUTAGE' || effect.kind === 'INTERCEPT';
      const target = (isOnComponent ? componentAt : operationAt).get(effect.target);
      return target === undefined ? [] : [{ ...effect, target }];
    });
    kept[a] = { effects };
  }
  return effectSystem({
    horizonDays: system.horizonDays,
    discountPerDay: system.discountPerDay,
    operations: operations.map((o) => {
      const operation = system.operations[o];
      return { ...operation, needs: moved(operation.needs, requirementAt) };
    }),
    requirements: requirements.map((r) => {
      const requirement = system.requirements[r];
      const suppliers = requirement.suppliers.map((each) => ({
        ...each,
        component: componentAt.get(each.component) as number,
      }));
      return { ...requirement, suppliers };
    }),
    components: components.map((c) => {
      const component = system.components[c];
      return {
        ...component,
        rebuiltWith: moved(component.rebuiltWith, componentAt),
        dependsOn: moved(component.dependsOn, componentAt),
        needs: moved(component.needs, requirementAt),
      };
    }),
    actions: kept,
  });
}

const positions = (list: readonly number[]): ReadonlyMap<number, number> =>
  new Map(list.map((each, i) => [each, i]));

/** Everything that some components and operations need, depend on or are rebuilt with, themselves included. */
export function partNeeded(
  system: EffectSystem,
  roots: readonly number[],
  operations: readonly number[],
): SystemPart {
  const components = new Set(roots);
  const requirements = new Set(operations.flatMap((o) => system.operations[o].needs));
  const openRequirements = [...requirements];
  const openComponents = [...components];
  const visit = (seen: Set<number>, open: number[], index: number): void => {
    if (seen.has(index)) return;
    seen.add(index);
    open.push(index);
  };
  while (openRequirements.length + openComponents.length > 0) {
    const r = openRequirements.pop();
    if (r !== undefined) {
      for (const each of system.requirements[r].suppliers) visit(components, openComponents, each.component);
      continue;
    }
    const component = system.components[openComponents.pop() as number];
    for (const c of component.dependsOn) visit(components, openComponents, c);
    for (const c of component.rebuiltWith) visit(components, openComponents, c);
    for (const q of component.needs) visit(requirements, openRequirements, q);
  }
  const ascending = (set: ReadonlySet<number>): number[] => [...set].sort((a, b) => a - b);
  return { components: ascending(components), requirements: ascending(requirements), operations };
}
