/** The states that objects have been in, from their versions to what they are now. */
import type { Json } from '../model/values';
import type { Reader, StoreEngine } from '../store/engine';
import { findNodes } from '../store/node.store';
import { findRelationships, type RelationshipKey } from '../store/relationship.store';
import { findVersions, type VersionValue } from '../store/version.store';
import type { GraphView } from './graph-view';
import { storeKey } from './relationship.service';

/** What an object was from one change until the next that wrote it. */
export interface ObjectState {
  /** Change that wrote it. */
  readonly changeId: string;
  readonly type: string;
  readonly from?: string;
  readonly to?: string;
  readonly properties: { readonly [name: string]: Json };
}

export class HistoryService {
  constructor(private readonly engine: StoreEngine) {}

  /** States of nodes and relationships of a view by id, oldest first; what nobody has described has none. */
  async statesOf(
    view: GraphView,
    nodeIds: readonly string[],
    relationships: readonly RelationshipKey[],
  ): Promise<Map<string, readonly ObjectState[]>> {
    const ids = nodeIds.map((id) => view.storeId(id));
    const keys = relationships.map((key) => storeKey(view, key));
    const states = new Map<string, readonly ObjectState[]>();
    for (const [storeId, list] of await readStates(this.engine, ids, keys)) {
      states.set(view.viewId(storeId), view.statesShown(storeId, list));
    }
    return states;
  }
}

async function readStates(
  reader: Reader,
  nodeIds: readonly string[],
  relationships: readonly RelationshipKey[],
): Promise<Map<string, readonly ObjectState[]>> {
  const ids = [...nodeIds, ...relationships.map((key) => key.id)];
  const current = new Map<string, ObjectState>();
  for (const [id, node] of await findNodes(reader, nodeIds)) {
    if (node.digest !== null) current.set(id, stateOf(node));
  }
  for (const [id, link] of await findRelationships(reader, relationships)) current.set(id, stateOf(link));
  const versions = new Map<string, VersionValue[]>();
  for (const version of await findVersions(reader, ids)) {
    versions.set(version.objectId, [...(versions.get(version.objectId) ?? []), version]);
  }
  return new Map(ids.map((id) => [id, inOrder(versions.get(id) ?? [], current.get(id))]));
}

const stateOf = ({ changeId, type, from, to, properties }: ObjectState): ObjectState => ({
  changeId,
  type,
  from,
  to,
  properties,
});

/** Versions lead from change to change; the current state comes last. */
function inOrder(versions: readonly VersionValue[], current: ObjectState | undefined): ObjectState[] {
  const next = new Map(versions.map((version) => [version.changeId, version]));
  const superseding = new Set(versions.map((version) => version.supersededBy));
  let version = versions.find((each) => !superseding.has(each.changeId));
  const states: ObjectState[] = [];
  while (version) {
    states.push({ ...stateOf(version), type: version.type || (current?.type ?? '') });
    version = next.get(version.supersededBy);
  }
  return current ? [...states, current] : states;
}
