/** What a store should hold, in plain maps: the write path said again as simply as can be, to compare with. */
import { canonicalJson } from '../../src/model/digest';
import { nodeTypeOfId } from '../../src/model/identity';
import { problemOfEnds, problemsOfNode, problemsOfRelationship } from '../../src/model/validate';
import type { Batch, ClaimValue, Json, NodeValue, RelationshipValue } from '../../src/model/values';

type Value = NodeValue | RelationshipValue;

export interface PlainChange {
  readonly nodeIds: Set<string>;
  readonly relationshipIds: Set<string>;
}

const contentOf = (value: Value): string => {
  const { modified: _modified, ...rest } = value.properties;
  const given = Object.entries({ ...rest, modified: value.properties.modified ?? null });
  return canonicalJson({
    type: value.type,
    properties: Object.fromEntries(given.filter(([, each]) => each !== null)) as Json,
  });
};

const timeOf = (value: Value): number => Date.parse((value.properties.modified ?? '') as string);

export class PlainStore {
  readonly nodes = new Map<string, NodeValue>();
  readonly stubs = new Map<string, string>();
  readonly relationships = new Map<string, RelationshipValue>();
  readonly claims = new Map<string, ClaimValue>();
  readonly changes: PlainChange[] = [];
  /** States of each object that a later write superseded, oldest first. */
  readonly superseded = new Map<string, Value[]>();

  /** Takes a batch and gives the status of each item. */
  write(batch: Batch): string[] {
    const change: PlainChange = { nodeIds: new Set(), relationshipIds: new Set() };
    const rejected = this.rejectedOf(batch);
    const nodes = this.take(batch.nodes, this.nodes, rejected, change.nodeIds);
    for (const id of change.nodeIds) this.stubs.delete(id);
    const relationships = this.take(
      batch.relationships,
      this.relationships,
      rejected,
      change.relationshipIds,
    );
    for (const { from, to } of [...relationships.values()].flatMap((taken) => taken.value ?? [])) {
      for (const id of [from, to]) {
        if (this.nodes.has(id) || this.stubs.has(id)) continue;
        this.stubs.set(id, nodeTypeOfId(id));
        change.nodeIds.add(id);
      }
    }
    const claimed = this.takeClaims(batch.claims, rejected);
    if (change.nodeIds.size + change.relationshipIds.size + claimed > 0) this.changes.push(change);
    return [
      ...nodes.map((taken) => taken.status),
      ...relationships.map(({ status, value }) =>
        status === 'created' && value && (this.stubs.has(value.from) || this.stubs.has(value.to))
          ? 'stubbed'
          : status,
      ),
    ];
  }

  private rejectedOf(batch: Batch): Set<string> {
    const rejected = new Set<string>();
    const nodes = latest(batch.nodes);
    for (const [id, value] of nodes) {
      const known = this.nodes.get(id);
      if (problemsOfNode(value).length > 0 || (known && known.type !== value.type)) rejected.add(id);
    }
    const typeOf = (id: string): string => {
      const given = rejected.has(id) ? undefined : nodes.get(id)?.type;
      return given ?? this.nodes.get(id)?.type ?? this.stubs.get(id) ?? nodeTypeOfId(id);
    };
    for (const [id, value] of latest(batch.relationships)) {
      const ends = problemOfEnds(value.type, typeOf(value.from), typeOf(value.to));
      if (problemsOfRelationship(value).length > 0 || ends) rejected.add(id);
    }
    return rejected;
  }

  private take<V extends Value>(
    given: readonly V[],
    kept: Map<string, V>,
    rejected: ReadonlySet<string>,
    changed: Set<string>,
  ): { status: string; value?: V }[] {
    const chosen = latest(given);
    return given.map((value) => {
      if (rejected.has(value.id)) return { status: 'rejected' };
      if (chosen.get(value.id) !== value) return { status: 'unchanged' };
      const before = kept.get(value.id);
      if (before && (contentOf(before) === contentOf(value) || timeOf(value) < timeOf(before))) {
        return { status: 'unchanged' };
      }
      kept.set(value.id, value);
      changed.add(value.id);
      if (!before) return { status: 'created', value };
      this.superseded.set(value.id, [...(this.superseded.get(value.id) ?? []), before]);
      return { status: 'updated', value };
    });
  }

  private takeClaims(claims: readonly ClaimValue[], rejected: ReadonlySet<string>): number {
    let changed = 0;
    for (const claim of new Map(claims.map((each) => [each.id, each])).values()) {
      if (rejected.has(claim.factId)) continue;
      const before = this.claims.get(claim.id);
      if (before && canonicalJson({ ...before }) === canonicalJson({ ...claim })) continue;
      this.claims.set(claim.id, claim);
      changed += 1;
    }
    return changed;
  }
}

/** The value of each id that was modified last; of equals, the one given last. */
function latest<V extends Value>(values: readonly V[]): Map<string, V> {
  const chosen = new Map<string, V>();
  for (const value of values) {
    const before = chosen.get(value.id);
    if (!before || !(timeOf(value) < timeOf(before))) chosen.set(value.id, value);
  }
  return chosen;
}
