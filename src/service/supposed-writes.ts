/**
 * What a dry run would have written so far: what comes next, of the same file or a later one, is classified as if that stood in the
 * store.
 */
import type { Edition } from '../ingest/reader';
import type { NodeValue } from '../model/values';
import type { DigestedRelationship } from '../store/relationship.store';
import { type Contested, isBefore } from './import-slots';
import type { EndsOf, KnownStates, State, WritePlan } from './write-plan';

type Digested = WritePlan['nodes']['created'][number] | DigestedRelationship;

export class SupposedWrites {
  private readonly nodes = new Map<string, State>();
  private readonly relationships = new Map<string, State & { readonly from: string; readonly to: string }>();
  private readonly shared = new Map<string, NodeValue>();
  private readonly editions = new Map<string, Edition>();

  /** Takes in what a batch would do. */
  note({ nodes, relationships, stubs }: WritePlan): void {
    for (const each of [...nodes.created, ...nodes.described, ...nodes.updated])
      this.nodes.set(each.value.id, stateOf(each));
    for (const { id, type } of stubs) this.nodes.set(id, { type, digest: null, modified: null });
    for (const each of [...relationships.created, ...relationships.updated]) {
      const { id, from, to } = each.value;
      this.relationships.set(id, { ...stateOf(each), from, to });
    }
  }

  /** Keeps nodes in full that other sources speak of too: what a later one says is added to them. */
  noteShared(values: readonly NodeValue[], editions: ReadonlyMap<string, Edition>): void {
    for (const value of values) if (this.nodes.has(value.id)) this.shared.set(value.id, value);
    for (const [id, edition] of editions)
      if (!isBefore(edition, this.editions.get(id))) this.editions.set(id, edition);
  }

  /** Those of which a newer edition would have spoken. */
  outdatedOf(contested: Contested): Set<string> {
    const isOutdated = ([id, edition]: readonly [string, Edition]) =>
      isBefore(edition, this.editions.get(id));
    return new Set([...contested].filter(isOutdated).map(([id]) => id));
  }

  /** Nodes as they would be, by id; those that are not among them are as they were. */
  current(ids: readonly string[]): Map<string, NodeValue> {
    return new Map(ids.flatMap((id) => (this.shared.has(id) ? [[id, this.shared.get(id)!]] : [])));
  }

  /** States as they would be. */
  over(
    { nodes, relationships }: KnownStates,
    asked: { nodes: Iterable<string>; relationships: Iterable<string> },
  ): KnownStates {
    return {
      nodes: overlaid(nodes, this.nodes, asked.nodes),
      relationships: overlaid(relationships, this.relationships, asked.relationships),
    };
  }

  endsOver(endsOf: EndsOf): EndsOf {
    return (id) => this.relationships.get(id) ?? endsOf(id);
  }
}

const stateOf = ({ value, digest }: Digested): State => ({
  type: value.type,
  digest,
  modified: (value.properties.modified as string | undefined) ?? null,
});

function overlaid(
  known: ReadonlyMap<string, State>,
  supposed: ReadonlyMap<string, State>,
  ids: Iterable<string>,
): ReadonlyMap<string, State> {
  const states = new Map(known);
  for (const id of ids) {
    const state = supposed.get(id);
    if (state) states.set(id, state);
  }
  return states;
}
