/** Nodes with all that is stored of them, now or as it was known before. */
import { type Projection, vertexOf } from '../analysis';
import { nodeTypeOfId } from '../model/identity';
import type { NodeValue } from '../model/values';
import type { StoreEngine } from '../store/engine';
import { findNodes } from '../store/node.store';
import { findVersions } from '../store/version.store';
import type { KnownAt } from './known-at';
import { readStates, stateAt } from './object-states';

/** A node as the store holds it. A stub has been referred to, and described by nobody. */
export interface KnownNode extends NodeValue {
  readonly isStub: boolean;
}

const STUB = { stub: true } as const;

export class NodeService {
  constructor(
    private readonly engine: StoreEngine,
    private readonly projections: { at(seq: number): Promise<Projection> },
  ) {}

  /** Nodes by id; an id that is not there has no entry. */
  async find(ids: readonly string[], { knownAtSeq }: KnownAt = {}): Promise<ReadonlyMap<string, KnownNode>> {
    if (knownAtSeq !== undefined) return this.findAt(ids, knownAtSeq);
    const found = await findNodes(this.engine, [...new Set(ids)]);
    return new Map(
      [...found].map(([id, { type, properties, digest }]) => [
        id,
        { id, type, properties, isStub: digest === null },
      ]),
    );
  }

  private async findAt(ids: readonly string[], seq: number): Promise<Map<string, KnownNode>> {
    const past = await this.projections.at(seq);
    const wanted = [...new Set(ids)].filter((id) => vertexOf(past, id) >= 0);
    const states = await readStates(this.engine, wanted, []);
    return new Map(
      wanted.map((id): [string, KnownNode] => {
        const state = stateAt(states.get(id) ?? [], seq);
        return state
          ? [id, { id, type: state.type, properties: state.properties, isStub: false }]
          : [id, { id, type: nodeTypeOfId(id), properties: STUB, isStub: true }];
      }),
    );
  }

  /** How often each object was written: 1 after it was created. */
  async findRevisions(
    objectIds: readonly string[],
    { knownAtSeq }: KnownAt = {},
  ): Promise<ReadonlyMap<string, number>> {
    const revisions = new Map(objectIds.map((id) => [id, 1]));
    const ids = [...revisions.keys()];
    if (knownAtSeq !== undefined) {
      for (const [id, states] of await readStates(this.engine, ids, [])) {
        const last = states.filter((state) => state.untilSeq !== undefined && state.untilSeq <= knownAtSeq);
        revisions.set(id, last.length + 1);
      }
      return revisions;
    }
    for (const version of await findVersions(this.engine, ids)) {
      revisions.set(version.objectId, (revisions.get(version.objectId) ?? 1) + 1);
    }
    return revisions;
  }
}
