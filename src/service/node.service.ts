/** Nodes with all that is stored of them. */
import type { NodeValue } from '../model/values';
import type { StoreEngine } from '../store/engine';
import { findNodes } from '../store/node.store';
import type { GraphView } from './graph-view';

/** A node as the store holds it. A stub has been referred to, and described by nobody. */
export interface KnownNode extends NodeValue {
  readonly isStub: boolean;
}

export class NodeService {
  constructor(private readonly engine: StoreEngine) {}

  /** Nodes of a view by id; an id that is not there has no entry. */
  async find(view: GraphView, ids: readonly string[]): Promise<ReadonlyMap<string, KnownNode>> {
    const wanted = new Set((view.isWhole ? ids : ids.filter((id) => view.hasNode(id))).map((id) => view.storeId(id)));
    const nodes = new Map<string, KnownNode>();
    for (const stored of (await findNodes(this.engine, [...wanted])).values()) {
      const node = view.shown(stored);
      if (node === undefined) continue;
      const { id, type, properties, digest } = node;
      nodes.set(id, { id, type, properties, isStub: digest === null });
    }
    return nodes;
  }

  /** All that is stored of some nodes: for the service itself, never for answers. */
  async findStored(ids: readonly string[]): Promise<ReadonlyMap<string, NodeValue>> {
    const found = await findNodes(this.engine, [...new Set(ids)]);
    return new Map([...found].map(([id, { type, properties }]) => [id, { id, type, properties }]));
  }

  /** All that is stored of a node that a view shows: for writers, who keep what they do not see. */
  async findBehind(view: GraphView, id: string): Promise<NodeValue | undefined> {
    if (!view.isWhole && !view.hasNode(id)) return undefined;
    const storeId = view.storeId(id);
    const stored = (await findNodes(this.engine, [storeId])).get(storeId);
    if (!stored || view.shown(stored) === undefined) return undefined;
    return { id, type: stored.type, properties: stored.properties };
  }
}
