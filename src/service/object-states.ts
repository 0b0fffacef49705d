/** The states that objects have been in: their versions, and what they are now, each with the changes that began and ended it. */
import type { Json } from '../model/values';
import { type ChangeStamp, findChanges } from '../store/change.store';
import type { Reader } from '../store/engine';
import { findNodes } from '../store/node.store';
import { findRelationships, type RelationshipKey } from '../store/relationship.store';
import { findVersions } from '../store/version.store';

export type { ChangeStamp } from '../store/change.store';

/** What an object was from one change until another. */
export interface ObjectState {
  /** Change that began it. */
  readonly change: ChangeStamp;
  /** Number of the change that ended it; undefined while it lasts. */
  readonly untilSeq?: number;
  readonly type: string;
  readonly from?: string;
  readonly to?: string;
  readonly properties: { readonly [name: string]: Json };
}

type Undated = Omit<ObjectState, 'change' | 'untilSeq'> & {
  readonly id: string;
  readonly changeId: string;
  readonly supersededBy?: string;
};

/** States of objects by id, oldest first; what nobody has described, or nobody can say any more, has none. */
export async function readStates(
  reader: Reader,
  nodeIds: readonly string[],
  relationships: readonly RelationshipKey[],
): Promise<Map<string, readonly ObjectState[]>> {
  const ids = [...nodeIds, ...relationships.map((key) => key.id)];
  const undated: Undated[] = [];
  const current = new Map<string, string>();
  for (const node of (await findNodes(reader, nodeIds)).values()) {
    if (node.digest !== null) undated.push(node);
    current.set(node.id, node.type);
  }
  for (const link of (await findRelationships(reader, relationships)).values()) {
    undated.push(link);
    current.set(link.id, link.type);
  }
  for (const { objectId, ...version } of await findVersions(reader, ids)) {
    undated.push({ ...version, id: objectId, type: version.type || (current.get(objectId) ?? '') });
  }
  return dated(reader, ids, undated);
}

async function dated(
  reader: Reader,
  ids: readonly string[],
  undated: readonly Undated[],
): Promise<Map<string, ObjectState[]>> {
  const changes = await findChanges(
    reader,
    undated.flatMap(({ changeId, supersededBy }) => (supersededBy ? [changeId, supersededBy] : [changeId])),
  );
  const states = new Map<string, ObjectState[]>(ids.map((id) => [id, []]));
  for (const { id, changeId, supersededBy, type, from, to, properties } of undated) {
    const change = changes.get(changeId);
    if (!change) continue;
    const untilSeq = supersededBy === undefined ? undefined : changes.get(supersededBy)?.seq;
    states.get(id)?.push({ change, untilSeq, type, from, to, properties });
  }
  for (const list of states.values()) list.sort((a, b) => a.change.seq - b.change.seq);
  return states;
}

/** The state that an object was in after a change, if it was there. */
export function stateAt(states: readonly ObjectState[], seq: number): ObjectState | undefined {
  return states.findLast(
    (state) => state.change.seq <= seq && (state.untilSeq === undefined || state.untilSeq > seq),
  );
}
