/**
 * Which actions can change the loss of an operation at all, and whether taking more of them can only add to it.
 *
 * What: backward reach from the operation over what it needs, who supplies it, what that depends on and is rebuilt with; and a kernel that
 *   prices sets of actions on that part alone.
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
import { planEvaluator } from '../effect/effect-timeline';
import { partNeeded, type SystemPart, subSystem } from '../effect/sub-system';

/** One world a plan is judged in; `isLive[a]` is 0 where action a fails in it. */
export interface Scenario {
  readonly system: EffectSystem;
  readonly weight: number;
  readonly isLive: Uint8Array;
}

export interface RelevantActions {
  readonly relevant: readonly number[];
  readonly isMonotone: boolean;
  /** Severity that the operation loses by some of these actions; remembered. */
  readonly lossOf: (actions: readonly number[]) => number;
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
  const known = new Map<number, RelevantActions>();
  const find = (operation: number): RelevantActions => {
    const part = partNeeded(system, [], [operation]);
    const { displacedShare, displacedAfterDays } = system.operations[operation];
    const hasLatent = part.requirements.some((r) => system.requirements[r].suppliers.some((s) => s.latent));
    const isWatched = part.components.some((c) => intercepts.has(c));
    const found = new Set(onOperation[operation]);
    for (const c of part.components) for (const a of onComponent[c]) found.add(a);
    const relevant = [...found].sort((x, y) => x - y);
    return {
      relevant,
      isMonotone: !hasLatent && !isWatched && !(displacedShare > 0 && displacedAfterDays > 0),
      lossOf: relevant.length === 0 ? () => 0 : lossOn(system, part, relevant),
    };
  };
  return (operation) => {
    const found = known.get(operation) ?? find(operation);
    known.set(operation, found);
    return found;
  };
}

/** The loss of an operation by sets of actions, on the part of the system that decides it. */
function lossOn(
  system: EffectSystem,
  part: SystemPart,
  relevant: readonly number[],
): (actions: readonly number[]) => number {
  let evaluate: ReturnType<typeof planEvaluator> | undefined;
  const known = new Map<string, number>();
  return (actions) => {
    const key = actions.join();
    const found = known.get(key);
    if (found !== undefined) return found;
    evaluate ??= planEvaluator(subSystem(system, part, relevant));
    const loss = actions.length === 0 ? 0 : evaluate(actions).objective;
    known.set(key, loss);
    return loss;
  };
}
