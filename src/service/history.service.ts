/** The states that objects have been in, and what changed from each to the next. */
import type { StoreEngine } from '../store/engine';
import type { RelationshipKey } from '../store/relationship.store';
import { type ObjectState, readStates } from './object-states';

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
