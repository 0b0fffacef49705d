/**
 * What the store holds of a view: nodes, relationships, claims and their earlier states, as the viewer sees them and as it was
 * known then. Whatever answers reads content here; the services below read whatever is asked of them.
 */

import type { NodeValue, RelationshipValue } from '../model/values';
import type { StoredClaim } from '../store/claim.store';
import type { RelationshipKey } from '../store/relationship.store';
import type { AccessService } from './access.service';
import type { EvidenceService } from './evidence.service';
import type { GraphView } from './graph-view';
import type { HistoryService } from './history.service';
import type { KnownNode, NodeService } from './node.service';
import type { ObjectState } from './object-states';
import type { RelationshipService } from './relationship.service';

export class ViewContent {
  constructor(
    private readonly allNodes: NodeService,
    private readonly allRelationships: RelationshipService,
    private readonly evidence: EvidenceService,
    private readonly histories: HistoryService,
    private readonly accesses: AccessService,
  ) {}

  /** Nodes of a view by id; an id that is not there has no entry. */
  async nodes(view: GraphView, ids: readonly string[]): Promise<ReadonlyMap<string, KnownNode>> {
    if (view.separate !== view) return this.standIns(view, ids);
    const wanted = view.isWhole ? ids : ids.filter((id) => view.hasNode(id)).map((id) => view.storeId(id));
    const shown = shownOf(view, await this.allNodes.find(wanted, view));
    await this.accesses.record(view, [...shown.keys()]);
    return shown;
  }

  /** Of each id, the node that stands for it. */
  private async standIns(view: GraphView, ids: readonly string[]): Promise<ReadonlyMap<string, KnownNode>> {
    const found = await this.nodes(view.separate, [...new Set(ids.map((id) => view.standInFor(id)))]);
    return new Map(
      ids.flatMap((id) => {
        const node = found.get(view.standInFor(id));
        return node ? [[id, node] as const] : [];
      }),
    );
  }

  /** Relationships of a view by id and ends; one that is not there has no entry. */
  async relationships(
    view: GraphView,
    keys: readonly RelationshipKey[],
  ): Promise<ReadonlyMap<string, RelationshipValue>> {
    const wanted = view.isWhole
      ? keys
      : keys.filter(({ id }) => view.hasRelationship(id)).map((key) => storeKey(view, view.keyOf(key)));
    return shownOf(view, await this.allRelationships.find(wanted, view));
  }

  /** Claims of facts of a view, each list in order of id; an empty list where nobody claims it. */
  async claims(
    view: GraphView,
    factIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly StoredClaim[]>> {
    const found = await this.evidence.find(
      factIds.map((id) => view.storeId(id)),
      view,
    );
    const shown = (id: string): readonly StoredClaim[] => {
      const claims = found.get(view.storeId(id)) ?? [];
      if (view.seesAll) return claims;
      return claims.flatMap((claim) => view.shownClaim(claim) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
    };
    return new Map(factIds.map((id) => [id, shown(id)]));
  }

  /** A relationship of a view by its id, with the ends that it is found by. */
  keyOf(view: GraphView, id: string): RelationshipKey | undefined {
    return this.allRelationships.keyOf(view.projection, id);
  }

  /** States of nodes and relationships of a view, oldest first: those that showed something new. */
  async states(
    view: GraphView,
    nodeIds: readonly string[],
    keys: readonly RelationshipKey[],
  ): Promise<ReadonlyMap<string, readonly ObjectState[]>> {
    const found = await this.histories.statesOf(
      nodeIds.map((id) => view.storeId(id)),
      keys.map((key) => storeKey(view, view.keyOf(key))),
    );
    return new Map([...found].map(([id, list]) => [view.viewId(id), view.statesShown(id, list)]));
  }

  /** How often nodes of a view were written, of what it shows of them: 1 after they were created. */
  async revisions(view: GraphView, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (view.seesAll) return this.allNodes.findRevisions(ids, view);
    const states = await this.states(view, ids, []);
    return new Map([...states].map(([id, list]) => [id, Math.max(1, list.length)]));
  }

  /** Revision of a node or relationship of a view, as `revisions` counts them. */
  async revisionOf(view: GraphView, id: string): Promise<number> {
    const key = view.hasNode(id) ? undefined : this.allRelationships.keyOf(view.projection, id);
    const states = await this.states(view, key ? [] : [id], key ? [key] : []);
    return Math.max(1, states.get(id)?.length ?? 1);
  }

  /** All that is stored of a node that a view shows: for writers, who keep what they do not see. */
  async nodeBehind(view: GraphView, id: string): Promise<NodeValue | undefined> {
    if (!view.isWhole && !view.hasNode(id)) return undefined;
    const storeId = view.storeId(id);
    const stored = (await this.allNodes.find([storeId])).get(storeId);
    return stored && view.shown(stored) && { ...stored, id };
  }

  /** All that is stored of a relationship that a view shows: for writers, who keep what they do not see. */
  async relationshipBehind(view: GraphView, id: string): Promise<RelationshipValue | undefined> {
    const key = this.allRelationships.keyOf(view.projection, id);
    if (!key) return undefined;
    const storeId = view.storeId(id);
    const stored = (await this.allRelationships.find([storeKey(view, key)])).get(storeId);
    return stored && view.shown(stored) && { ...stored, ...key };
  }
}

const storeKey = (view: GraphView, { id, from, to }: RelationshipKey): RelationshipKey => ({
  id: view.storeId(id),
  from: view.storeId(from),
  to: view.storeId(to),
});

function shownOf<V extends NodeValue | RelationshipValue>(
  view: GraphView,
  found: ReadonlyMap<string, V>,
): ReadonlyMap<string, V> {
  if (view.seesAll) return found;
  const shown = [...found.values()].flatMap((value) => view.shown(value) ?? []);
  return new Map(shown.map((value) => [value.id, value]));
}
