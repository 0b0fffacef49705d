/** What to look at although it is kept: values that contradict themselves, and those that differ without a later date. */
import { contradictionsOf, type Problem } from '../model/validate';
import type { NodeValue, RelationshipValue } from '../model/values';

export type WriteWarning = 'SAME_MODIFIED_OTHER_CONTENT' | 'CONTRADICTION';

type Value = NodeValue | RelationshipValue;

/**
 * The first contradiction of each value that has one.
 *
 * @param said the values as their writer gave them, in the same order: what is kept of others in them is not theirs to mend,
 *   nor to learn of
 */
export const contradictionsAmong = <V extends Value>(
  values: readonly V[],
  said: readonly V[],
): (readonly [V, Problem])[] =>
  values.flatMap((value, position) => {
    const [first] = contradictionsOf(said[position]);
    return first ? [[value, first] as const] : [];
  });

/** Why values are refused by whoever takes no contradiction, by id. */
export const refusedAmong = (
  values: ReadonlyMap<string, Value>,
  contradictions: ReadonlyMap<Value, Problem>,
): (readonly [string, Problem])[] =>
  [...values].flatMap(([id, value]) => {
    const problem = contradictions.get(value);
    return problem ? [[id, problem] as const] : [];
  });

/** The warning of a value that is kept. */
export const warnedOf = (
  problem: Problem | undefined,
): { readonly warning?: WriteWarning; readonly warningMessage?: string } =>
  problem === undefined ? {} : { warning: 'CONTRADICTION', warningMessage: problem.message };
