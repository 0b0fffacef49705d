/** Relationships with all that is stored of them, now or as it was known before. */
import { edgeOf, type Projection } from '../analysis';
import type { RelationshipValue } from '../model/values';
import type { StoreEngine } from '../store/engine';
import { findRelationships, type RelationshipKey } from '../store/relationship.store';
import type { KnownAt } from './known-at';
import { readStates, stateAt } from './object-states';

export class RelationshipService {
  constructor(private readonly engine: StoreEngine) {}

  /** Relationships by id and ends; one that is not there has no entry. */
  async find(
    keys: readonly RelationshipKey[],
    { knownAtSeq }: KnownAt = {},
  ): Promise<ReadonlyMap<string, RelationshipValue>> {
    if (knownAtSeq !== undefined) return this.findAt(keys, knownAtSeq);
    const found = await findRelationships(this.engine, keys);
    return new Map(
      [...found].map(([id, { type, from, to, properties }]) => [id, { id, type, from, to, properties }]),
    );
  }

  private async findAt(
    keys: readonly RelationshipKey[],
    seq: number,
  ): Promise<Map<string, RelationshipValue>> {
    const states = await readStates(this.engine, [], keys);
    const past = new Map<string, RelationshipValue>();
    for (const { id, from, to } of keys) {
      const state = stateAt(states.get(id) ?? [], seq);
      if (state) past.set(id, { id, type: state.type, from, to, properties: state.properties });
    }
    return past;
  }

  /** Ends of a relationship, by which the store finds it. */
  keyOf(projection: Projection, id: string): RelationshipKey | undefined {
    const edge = edgeOf(projection, id);
    if (edge < 0) return undefined;
    const { ids } = projection.vertices;
    return { id, from: ids[projection.from[edge]], to: ids[projection.to[edge]] };
  }
}
