/**
 * Batched reads of one request and view: whatever a page shows, the store is asked once for each kind and level. What the
 * view does not hold is not there.
 */
import DataLoader from 'dataloader';
import type { StoredClaim } from '../service/evidence.service';
import type { GraphView } from '../service/graph-view';
import type { ChangeStamp, ObjectState } from '../service/object-states';
import type { Services } from '../service/services';
import { type NodeObject, nodeObject, type RelationshipObject, relationshipObject } from './objects';

/** Keys that one statement takes. */
const MAX_BATCH_SIZE = 5000;

export interface RelationshipKey {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

export interface Loaders {
  readonly node: DataLoader<string, NodeObject | null>;
  readonly relationship: DataLoader<RelationshipKey, RelationshipObject | null, string>;
  readonly claims: DataLoader<string, readonly StoredClaim[]>;
  readonly change: DataLoader<string, ChangeStamp | null>;
  readonly revision: DataLoader<string, number>;
  readonly states: DataLoader<StatesKey, readonly ObjectState[], string>;
}

/** A node, or a relationship with its ends. */
export interface StatesKey {
  readonly id: string;
  readonly key?: RelationshipKey;
}

export function createLoaders({ content, evidence }: Services, view: GraphView): Loaders {
  const maxBatchSize = MAX_BATCH_SIZE;
  return {
    node: new DataLoader(
      async (ids) => {
        const found = await content.nodes(view, ids);
        return ids.map((id) => {
          const node = found.get(id);
          return node ? nodeObject(node) : null;
        });
      },
      { maxBatchSize },
    ),
    relationship: new DataLoader(
      async (keys) => {
        const found = await content.relationships(view, keys);
        return keys.map(({ id }) => {
          const relationship = found.get(id);
          return relationship ? relationshipObject(relationship) : null;
        });
      },
      { maxBatchSize, cacheKeyFn: (key) => key.id },
    ),
    claims: new DataLoader(
      async (factIds) => {
        const found = await content.claims(view, factIds);
        return factIds.map((id) => found.get(id) ?? []);
      },
      { maxBatchSize },
    ),
    change: new DataLoader(
      async (ids) => {
        const found = await evidence.findChanges(ids);
        return ids.map((id) => found.get(id) ?? null);
      },
      { maxBatchSize },
    ),
    revision: new DataLoader(
      async (ids) => {
        const found = await content.revisions(view, ids);
        return ids.map((id) => found.get(id) ?? 1);
      },
      { maxBatchSize },
    ),
    states: new DataLoader(
      async (keys) => {
        const nodeIds = keys.filter(({ key }) => !key).map(({ id }) => id);
        const found = await content.states(
          view,
          nodeIds,
          keys.flatMap(({ key }) => key ?? []),
        );
        return keys.map(({ id }) => found.get(id) ?? []);
      },
      { maxBatchSize, cacheKeyFn: ({ id }) => id },
    ),
  };
}
