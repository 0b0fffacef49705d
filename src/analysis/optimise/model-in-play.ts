/**
 * Model in play: the part of a planning model that some measures can change at all.
 *
 * What: forward reach from what the measures hit, over dependents, the requirements that these supply, and who owns those. What is
 *   outside stays up whatever is done, so a scenario need not hold it.
 * Formula: a requirement none of whose suppliers can fall is met; a component that is not hit, depends on nothing that can fall and
 *   needs only what is met is up.
 * Preconditions: those of PlanningModel; measures by index.
 * Params: none has a unit.
 * Returns: kept components, requirements and dependencies by model index, ascending, and where each is in these lists (-1: left out).
 * Complexity: O(model). Exact: an operation loses the same in both.
 * Reference: docs/analysis/optimisation.md.
 * Example: a measure against nobody's supplier keeps its target alone.
 */
import type { PlanningModel } from './planning-model';

export interface ModelInPlay {
  readonly measures: ReadonlySet<number>;
  readonly components: readonly number[];
  readonly requirements: readonly number[];
  readonly dependencies: readonly number[];
  readonly componentAt: Int32Array;
  readonly requirementAt: Int32Array;
}

export function modelInPlay(model: PlanningModel, taken: Iterable<number>): ModelInPlay {
  const measures = new Set(taken);
  const { dependents, supplied, owners } = reversed(model);
  const componentAt = new Int32Array(model.components.length).fill(-1);
  const requirementAt = new Int32Array(model.requirements.length).fill(-1);
  const open: number[] = [];
  const visit = (c: number): void => {
    if (componentAt[c] >= 0) return;
    componentAt[c] = 0;
    open.push(c);
  };
  for (const m of measures) {
    for (const { kind, target } of model.measures[m].effects)
      if (kind === 'OUTAGE' || kind === 'INTERCEPT') visit(target);
  }
  for (let c = open.pop(); c !== undefined; c = open.pop()) {
    for (const other of dependents[c]) visit(other);
    for (const r of supplied[c]) {
      if (requirementAt[r] >= 0) continue;
      requirementAt[r] = 0;
      for (const owner of owners[r]) visit(owner);
    }
  }
  const isKept = ({ from, to }: { from: number; to: number }) =>
    componentAt[from] >= 0 && componentAt[to] >= 0;
  return {
    measures,
    components: numbered(componentAt),
    requirements: numbered(requirementAt),
    dependencies: [...model.dependencies.keys()].filter((i) => isKept(model.dependencies[i])),
    componentAt,
    requirementAt,
  };
}

function reversed(model: PlanningModel): Record<'dependents' | 'supplied' | 'owners', number[][]> {
  const dependents: number[][] = model.components.map(() => []);
  const supplied: number[][] = model.components.map(() => []);
  const owners: number[][] = model.requirements.map(() => []);
  for (const { from, to } of model.dependencies) dependents[to].push(from);
  model.requirements.forEach(({ suppliers }, r) => {
    for (const { component } of suppliers) supplied[component].push(r);
  });
  model.components.forEach(({ needs }, c) => {
    for (const r of needs) owners[r].push(c);
  });
  return { dependents, supplied, owners };
}

/** Numbers what is kept, in order, and says what that is. */
function numbered(at: Int32Array): number[] {
  const kept = [...at.keys()].filter((i) => at[i] >= 0);
  kept.forEach((index, i) => {
    at[index] = i;
  });
  return kept;
}
