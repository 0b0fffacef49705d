/** Relationships with all that is stored of them. */
import { edgeOf, type Projection } from '../analysis';
import type { RelationshipValue } from '../model/values';
import type { StoreEngine } from '../store/engine';
import { findRelationships, type RelationshipKey } from '../store/relationship.store';
import type { GraphView } from './graph-view';

export class RelationshipService {
  constructor(private readonly engine: StoreEngine) {}

  /** Relationships of a view by id and ends; one that is not there has no entry. */
  async find(
    view: GraphView,
    keys: readonly RelationshipKey[],
  ): Promise<ReadonlyMap<string, RelationshipValue>> {
    const known = view.isWhole ? keys : keys.filter(({ id }) => view.hasRelationship(id));
    const wanted = known.map((key) => storeKey(view, key));
    const relationships = new Map<string, RelationshipValue>();
    for (const stored of (await findRelationships(this.engine, wanted)).values()) {
      const relationship = view.shown(stored);
      if (relationship === undefined) continue;
      const { id, type, from, to, properties } = relationship;
      relationships.set(id, { id, type, from, to, properties });
    }
    return relationships;
  }

  /** All that is stored of some relationships: for the service itself and for writers, never for answers. */
  async findStored(keys: readonly RelationshipKey[]): Promise<ReadonlyMap<string, RelationshipValue>> {
    const found = await findRelationships(this.engine, keys);
    return new Map(
      [...found].map(([id, { type, from, to, properties }]) => [id, { id, type, from, to, properties }]),
    );
  }

  /** All that is stored of a relationship that a view shows: for writers, who keep what they do not see. */
  async findBehind(view: GraphView, id: string): Promise<RelationshipValue | undefined> {
    const key = this.keyOf(view.projection, id);
    if (!key) return undefined;
    const stored = (await findRelationships(this.engine, [storeKey(view, key)])).get(view.storeId(id));
    if (!stored || view.shown(stored) === undefined) return undefined;
    return { ...key, type: stored.type, properties: stored.properties };
  }

  /** Ends of a relationship, by which the store finds it. */
  keyOf(projection: Projection, id: string): RelationshipKey | undefined {
    const edge = edgeOf(projection, id);
    if (edge < 0) return undefined;
    const { ids } = projection.vertices;
    return { id, from: ids[projection.from[edge]], to: ids[projection.to[edge]] };
  }
}

/** A relationship of a view as the store finds it. */
export const storeKey = (view: GraphView, { id, from, to }: RelationshipKey): RelationshipKey => ({
  id: view.storeId(id),
  from: view.storeId(from),
  to: view.storeId(to),
});
