/** The states that objects have been in, and what changed from each to the next. */
import { canonicalJson } from '../model/digest';
import type { Json } from '../model/values';
import type { StoreEngine } from '../store/engine';
import type { RelationshipKey } from '../store/relationship.store';
import { type ObjectState, readStates } from './object-states';

/** What became of an object. */
export type ObjectAction = 'CREATED' | 'UPDATED' | 'RETRACTED' | 'RESTORED' | 'DELETED';

export interface PropertyChange {
  readonly property: string;
  readonly before: Json;
  readonly after: Json;
}

/** One write of an object: who, when, and what it changed. */
export interface HistoryEntry {
  /** Id of the change. */
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly actor: string;
  readonly action: ObjectAction;
  readonly before: ObjectState | null;
  readonly after: ObjectState;
  readonly changed: readonly PropertyChange[];
}

export class HistoryService {
  constructor(private readonly engine: StoreEngine) {}

  /** States of nodes and relationships by id, oldest first; what nobody has described has none. */
  statesOf(
    nodeIds: readonly string[],
    relationships: readonly RelationshipKey[],
  ): Promise<Map<string, readonly ObjectState[]>> {
    return readStates(this.engine, nodeIds, relationships);
  }
}

/** States as a history, the latest first. */
export function historyOf(states: readonly ObjectState[]): HistoryEntry[] {
  return states
    .map((after, at) => {
      const before = states[at - 1] ?? null;
      const { id, kind, actor } = after.change;
      const changed = changedProperties(before, after);
      return {
        id,
        at: after.change.at,
        kind,
        actor,
        action: actionOf(before, after),
        before,
        after,
        changed,
      };
    })
    .reverse();
}

export function actionOf(before: ObjectState | null, after: ObjectState): ObjectAction {
  if (!before) return 'CREATED';
  const [was, is] = [before.properties.revoked === true, after.properties.revoked === true];
  if (was === is) return 'UPDATED';
  return is ? 'RETRACTED' : 'RESTORED';
}

/** Properties that differ, in order of name; type and ends of a relationship among them, as `type`, `from` and `to`. */
export function changedProperties(before: ObjectState | null, after: ObjectState): PropertyChange[] {
  const [old, now] = [flat(before), flat(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .sort()
    .map((property) => ({ property, before: old[property] ?? null, after: now[property] ?? null }))
    .filter((each) => canonicalJson(each.before) !== canonicalJson(each.after));
}

function flat(state: ObjectState | null): { readonly [name: string]: Json } {
  if (!state) return {};
  const { type, from, to, properties } = state;
  return { ...properties, type, ...(from === undefined || to === undefined ? {} : { from, to }) };
}
