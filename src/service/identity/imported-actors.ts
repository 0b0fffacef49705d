/** Gathers the actors of an import as they are written, and what sources say between them. */
import type { Batch, NodeValue, RelationshipValue } from '../../model/values';
import type { ItemReport } from '../write.service';
import type { TouchedActors } from './identity-linking';
import { ACTOR_TYPES } from './identity-view';

const LINK_TYPES: ReadonlySet<string> = new Set(['RELATED_TO', 'ATTRIBUTED_TO', 'SAME_AS']);

export class ImportedActors implements TouchedActors {
  readonly nodes = new Map<string, NodeValue>();
  readonly relationships: RelationshipValue[] = [];

  /** @param items what became of the batch: nodes, then relationships, in its order */
  note(batch: Pick<Batch, 'nodes' | 'relationships'>, items: readonly ItemReport[]): void {
    batch.nodes.forEach((node, index) => {
      if (ACTOR_TYPES.includes(node.type) && items[index].status !== 'rejected')
        this.nodes.set(node.id, node);
    });
    batch.relationships.forEach((link, index) => {
      if (!LINK_TYPES.has(link.type) || !this.nodes.has(link.from)) return;
      if (items[batch.nodes.length + index].status !== 'rejected') this.relationships.push(link);
    });
  }
}
