/** Nodes with all that is stored of them. */
import type { NodeValue } from '../model/values';
import type { StoreEngine } from '../store/engine';
import { findNodes } from '../store/node.store';
import { findVersions } from '../store/version.store';

/** A node as the store holds it. A stub has been referred to, and described by nobody. */
export interface KnownNode extends NodeValue {
  readonly isStub: boolean;
}

export class NodeService {
  constructor(private readonly engine: StoreEngine) {}

  /** Nodes by id; an id that is not there has no entry. */
  async find(ids: readonly string[]): Promise<ReadonlyMap<string, KnownNode>> {
    const found = await findNodes(this.engine, [...new Set(ids)]);
    return new Map(
      [...found].map(([id, { type, properties, digest }]) => [
        id,
        { id, type, properties, isStub: digest === null },
      ]),
    );
  }

  /** How often each object was written: 1 after it was created. */
  async findRevisions(objectIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const revisions = new Map(objectIds.map((id) => [id, 1]));
    for (const version of await findVersions(this.engine, [...revisions.keys()])) {
      revisions.set(version.objectId, (revisions.get(version.objectId) ?? 1) + 1);
    }
    return revisions;
  }
}
