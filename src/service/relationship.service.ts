/** Relationships with all that is stored of them. */
import { edgeOf, type Projection } from '../analysis';
import type { RelationshipValue } from '../model/values';
import type { StoreEngine } from '../store/engine';
import { findRelationships, type RelationshipKey } from '../store/relationship.store';

export class RelationshipService {
  constructor(private readonly engine: StoreEngine) {}

  /** Relationships by id and ends; one that is not there has no entry. */
  async find(keys: readonly RelationshipKey[]): Promise<ReadonlyMap<string, RelationshipValue>> {
    const found = await findRelationships(this.engine, keys);
    return new Map(
      [...found].map(([id, { type, from, to, properties }]) => [id, { id, type, from, to, properties }]),
    );
  }

  /** Ends of a relationship, by which the store finds it. */
  keyOf(projection: Projection, id: string): RelationshipKey | undefined {
    const edge = edgeOf(projection, id);
    if (edge < 0) return undefined;
    const { ids } = projection.vertices;
    return { id, from: ids[projection.from[edge]], to: ids[projection.to[edge]] };
  }
}
