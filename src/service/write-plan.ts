/**
 * What a batch will do to the store, decided before the first write: from the values alone (prepared while the store is busy
 * with something else) and from the states that the store has of them.
 */
import { digestOf } from '../model/digest';
import { nodeTypeOfId } from '../model/identity';
import { toSnakeCase } from '../model/naming';
import { findNodeType, nodeProperties } from '../model/ontology/ontology';
import {
  type Problem,
  problemOfEnds,
  problemsOfNode,
  problemsOfRelationship,
  timeOf,
} from '../model/validate';
import type { Batch, ClaimValue, Json, NodeValue, RelationshipValue } from '../model/values';
import type { DigestedNode } from '../store/node.store';
import type { DigestedRelationship, RelationshipKey } from '../store/relationship.store';
import { contradictionsAmong, refusedAmong, type WriteWarning, warnedOf } from './write-warnings';

export type WriteStatus = 'created' | 'updated' | 'unchanged' | 'stubbed' | 'rejected';

/** What became of one value of a batch, in the order in which it was given: nodes, then relationships. */
export interface ItemReport {
  readonly id: string;
  readonly status: WriteStatus;
  /** Why it was rejected. */
  readonly problem?: Problem;
  /** Something to look at although it was kept. */
  readonly warning?: WriteWarning;
  /** The warning in words, where they say more than its code. */
  readonly warningMessage?: string;
}

interface Verdict {
  readonly status: 'created' | 'updated' | 'unchanged';
  readonly warning?: WriteWarning;
}

/** A batch with all that can be said of it without the store. */
export interface PreparedBatch {
  readonly given: Batch;
  /** One value per id: the one modified last, of equals the one given last. */
  readonly nodes: ReadonlyMap<string, NodeValue>;
  readonly relationships: ReadonlyMap<string, RelationshipValue>;
  readonly claims: readonly ClaimValue[];
  /** Ids of the claims that change none that is there. */
  readonly carriedIds: ReadonlySet<string>;
  readonly nodeProblems: ReadonlyMap<string, Problem>;
  readonly relationshipProblems: ReadonlyMap<string, Problem>;
  /** What contradicts itself, of these values. */
  readonly contradictions: ReadonlyMap<NodeValue | RelationshipValue, Problem>;
  /** Ids that ends stand for which nobody describes. */
  readonly standsFor?: ReadonlyMap<string, string>;
  /** Digest of the content of each of these values. */
  readonly digests: ReadonlyMap<NodeValue | RelationshipValue, string>;
}

/** What the store has under an id; a null digest means that it is only referred to. */
export interface State {
  readonly type: string;
  readonly digest: string | null;
  readonly modified: string | null;
}

export interface KnownStates {
  readonly nodes: ReadonlyMap<string, State>;
  readonly relationships: ReadonlyMap<string, State>;
}

/** Ends of a relationship that exists under an id, as the projection knows them. */
export type EndsOf = (relationshipId: string) => { readonly from: string; readonly to: string } | undefined;

/** A node that something refers to, and the id that it stands for where its writer gave another. */
export interface Stub {
  readonly id: string;
  readonly type: string;
  readonly standsFor?: string;
}

/** Everything a batch does to the store but to claims. */
export interface WritePlan {
  readonly items: readonly ItemReport[];
  readonly nodes: {
    /** Those that are not there. */
    readonly created: readonly DigestedNode[];
    /** Those of which a placeholder is there. */
    readonly described: readonly DigestedNode[];
    readonly updated: readonly DigestedNode[];
  };
  readonly relationships: {
    readonly created: readonly DigestedRelationship[];
    readonly updated: readonly DigestedRelationship[];
  };
  /** Where the store has the relationships that are updated. */
  readonly before: readonly RelationshipKey[];
  /** Those of them that had another type or other ends: the store keeps these apart. */
  readonly displaced: readonly RelationshipKey[];
  readonly stubs: readonly Stub[];
  /** Claims of what is kept. */
  readonly claims: readonly ClaimValue[];
}

/** What a batch may do beyond what everybody's may. */
export interface WriteRights {
  /** Write properties and nodes that only mutations of their own write. */
  readonly mayManage?: boolean;
  /** Refuse what contradicts itself, which is kept with a warning otherwise. */
  readonly refusesContradictions?: boolean;
}

/**
 * @param said the values as their writer gave them, in the same order: what is kept of others in them is not theirs to mend
 */
export function prepareBatch(
  given: Batch,
  { mayManage }: WriteRights = {},
  said: Pick<Batch, 'nodes' | 'relationships'> = given,
): PreparedBatch {
  const batch = mayManage ? given : { ...given, nodes: given.nodes.map(withoutManaged) };
  const nodes = latestById(batch.nodes);
  const relationships = latestById(batch.relationships);
  const digests = new Map<NodeValue | RelationshipValue, string>();
  for (const value of nodes.values()) digests.set(value, digestOfValue(value));
  for (const value of relationships.values()) digests.set(value, digestOfValue(value));
  const carried = batch.carried ?? [];
  return {
    given: batch,
    nodes,
    relationships,
    claims: uniqueById([...carried, ...batch.claims]),
    carriedIds: new Set(carried.map((claim) => claim.id)),
    nodeProblems: firstProblems(nodes, problemsOfNode),
    relationshipProblems: firstProblems(relationships, (value) => problemsOfRelationship(value)),
    contradictions: new Map([
      ...contradictionsAmong(batch.nodes, said.nodes),
      ...contradictionsAmong(batch.relationships, said.relationships),
    ]),
    digests,
  };
}

export function planWrite(
  batch: PreparedBatch,
  states: KnownStates,
  endsOf: EndsOf,
  {
    mayManage,
    refusesContradictions,
    erased = new Set(),
  }: WriteRights & { readonly erased?: ReadonlySet<string> } = {},
): WritePlan {
  const refused = (values: ReadonlyMap<string, NodeValue | RelationshipValue>) =>
    refusesContradictions ? refusedAmong(values, batch.contradictions) : [];
  const rejectedNodes = new Map([...refused(batch.nodes), ...batch.nodeProblems]);
  for (const id of batch.nodes.keys()) if (erased.has(id)) rejectedNodes.set(id, erasedProblem(id));
  for (const [id, value] of batch.nodes) {
    const state = states.nodes.get(id);
    if (state && state.digest !== null && state.type !== value.type && !rejectedNodes.has(id)) {
      const message = `${id} is a ${state.type}; a node keeps its type and does not become a ${value.type}`;
      rejectedNodes.set(id, { code: 'TYPE_CHANGED', message });
    } else if (!mayManage && isManagedChange(value, state, batch.digests)) {
      const message = `${id} is a ${value.type} that is there: only its own mutations change it`;
      rejectedNodes.set(id, { code: 'MANAGED', message });
    }
  }
  const rejectedLinks = new Map([...refused(batch.relationships), ...batch.relationshipProblems]);
  const typeOf = typesOfEnds(batch, states, rejectedNodes);
  for (const [id, value] of batch.relationships) {
    if (rejectedLinks.has(id)) continue;
    const gone = [id, value.from, value.to].find((each) => erased.has(each));
    const problem =
      (gone === undefined ? undefined : erasedProblem(gone)) ??
      endsProblem(value, endsOf, states.relationships.get(id)) ??
      problemOfEnds(value.type, typeOf(value.from), typeOf(value.to));
    if (problem) rejectedLinks.set(id, problem);
  }
  const nodePart = classify(batch.given.nodes, batch.nodes, rejectedNodes, states.nodes, batch);
  const linkPart = classify(
    batch.given.relationships,
    batch.relationships,
    rejectedLinks,
    states.relationships,
    batch,
  );
  return {
    items: [...nodePart.items, ...stubbed(linkPart.items, batch.relationships, nodePart.kept, states.nodes)],
    nodes: {
      created: nodePart.created.filter(({ value }) => !states.nodes.has(value.id)),
      described: nodePart.created.filter(({ value }) => states.nodes.has(value.id)),
      updated: nodePart.updated,
    },
    relationships: linkPart,
    before: linkPart.updated.map(({ value }) => movedFrom(value, endsOf) ?? value),
    displaced: linkPart.updated.flatMap(({ value }) => {
      const moved = movedFrom(value, endsOf);
      const isRetyped = states.relationships.get(value.id)?.type !== value.type;
      return moved || isRetyped ? [moved ?? value] : [];
    }),
    stubs: missingEnds([...linkPart.created, ...linkPart.updated], nodePart.kept, states.nodes).map(
      (stub) => ({
        ...stub,
        standsFor: batch.standsFor?.get(stub.id),
      }),
    ),
    claims: batch.claims.filter(
      ({ factId, reportId }) =>
        !rejectedNodes.has(factId) &&
        !rejectedLinks.has(factId) &&
        !erased.has(factId) &&
        !erased.has(reportId),
    ),
  };
}

const erasedProblem = (id: string): Problem => ({
  code: 'ERASED',
  message: `${id} was erased, and is not taken in again`,
});

const isManagedChange = (
  value: NodeValue,
  state: State | undefined,
  digests: PreparedBatch['digests'],
): boolean =>
  findNodeType(value.type)?.isManaged === true &&
  (state?.digest ?? null) !== null &&
  state!.digest !== digests.get(value);

/** A node as others may say it is: what only the service says lies under names that the service does not read. */
export function withoutManaged(value: NodeValue): NodeValue {
  if (!findNodeType(value.type)?.isManaged) return value;
  const managed = nodeProperties(value.type).filter(
    ({ name, isManaged }) => isManaged && name in value.properties,
  );
  if (managed.length === 0) return value;
  const properties: Record<string, Json> = { ...value.properties };
  const said: Record<string, Json> = {};
  for (const { name } of managed) {
    said[`x_atlas_${toSnakeCase(name)}`] = properties[name];
    delete properties[name];
  }
  const { customProperties } = properties;
  const custom = customProperties !== null && typeof customProperties === 'object' ? customProperties : {};
  return { ...value, properties: { ...properties, customProperties: { ...custom, ...said } } };
}

/** Type of a node as the batch says it, else the store, else its id; undefined where none of them knows. */
function typesOfEnds(
  batch: PreparedBatch,
  states: KnownStates,
  rejected: ReadonlyMap<string, Problem>,
): (id: string) => string | undefined {
  return (id) => {
    const node = batch.nodes.get(id);
    if (node && !rejected.has(id)) return node.type;
    const state = states.nodes.get(id);
    const known = state?.type ?? nodeTypeOfId(id);
    return known === 'Thing' && (state?.digest ?? null) === null ? undefined : known;
  };
}

/** Where the store has a relationship; undefined where it is where the value says, or new. */
export function movedFrom(value: RelationshipValue, endsOf: EndsOf): RelationshipKey | undefined {
  const ends = endsOf(value.id);
  if (!ends || (ends.from === value.from && ends.to === value.to)) return undefined;
  return { id: value.id, ...ends };
}

/** A relationship keeps its ends, unless a later version of its source leads elsewhere; an earlier one changes nothing. */
function endsProblem(value: RelationshipValue, endsOf: EndsOf, state?: State): Problem | undefined {
  const ends = movedFrom(value, endsOf);
  const [modified, known] = [modifiedOf(value), state?.modified ?? ''];
  if (!ends || isOlder(known, modified) || isOlder(modified, known)) return undefined;
  const message = `${value.id} already leads from ${ends.from} to ${ends.to}; a relationship keeps its ends`;
  return { code: 'ENDS_CHANGED', message };
}

/** A property that is null is one that is not there. */
export function digestOfValue({ type, properties }: NodeValue | RelationshipValue): string {
  const given = Object.entries(properties).filter(([, value]) => value !== null);
  return digestOf({
    type,
    properties: given.length < Object.keys(properties).length ? Object.fromEntries(given) : properties,
  });
}

function firstProblems<V>(
  values: ReadonlyMap<string, V>,
  problemsOf: (value: V) => readonly Problem[],
): Map<string, Problem> {
  const problems = new Map<string, Problem>();
  for (const [id, value] of values) {
    const [first] = problemsOf(value);
    if (first) problems.set(id, first);
  }
  return problems;
}

const modifiedOf = (value: { properties: { readonly [name: string]: Json } }): string =>
  (value.properties.modified as string | undefined) ?? '';

const isOlder = (a: string, b: string): boolean => timeOf(a) < timeOf(b);

/** One value per id: the one modified last, of equals the one given last. */
function latestById<V extends NodeValue | RelationshipValue>(values: readonly V[]): Map<string, V> {
  const latest = new Map<string, V>();
  for (const value of values) {
    const known = latest.get(value.id);
    if (!known || !isOlder(modifiedOf(value), modifiedOf(known))) latest.set(value.id, value);
  }
  return latest;
}

const uniqueById = <V extends { readonly id: string }>(values: readonly V[]): V[] => [
  ...new Map(values.map((value) => [value.id, value])).values(),
];

function judge(value: NodeValue | RelationshipValue, digest: string, state: State | undefined): Verdict {
  if (!state || state.digest === null) return { status: 'created' };
  if (state.digest === digest) return { status: 'unchanged' };
  const modified = modifiedOf(value);
  if (isOlder(modified, state.modified ?? '')) return { status: 'unchanged' };
  const isSameModified = modified !== '' && modified === state.modified;
  return { status: 'updated', warning: isSameModified ? 'SAME_MODIFIED_OTHER_CONTENT' : undefined };
}

/** Sorts values into created, updated and unchanged; a repeated id counts once, its repetitions as unchanged. */
function classify<V extends NodeValue | RelationshipValue>(
  given: readonly V[],
  latest: ReadonlyMap<string, V>,
  rejected: ReadonlyMap<string, Problem>,
  states: ReadonlyMap<string, State>,
  { digests, contradictions }: Pick<PreparedBatch, 'digests' | 'contradictions'>,
) {
  const items: ItemReport[] = [];
  const created: { value: V; digest: string }[] = [];
  const updated: { value: V; digest: string }[] = [];
  const kept = new Map<string, V>();
  for (const value of given) {
    const { id } = value;
    const problem = rejected.get(id);
    if (problem) {
      items.push({ id, status: 'rejected', problem });
      continue;
    }
    if (latest.get(id) !== value || kept.has(id)) {
      items.push({ id, status: 'unchanged' });
      continue;
    }
    kept.set(id, value);
    const digest = digests.get(value)!;
    const verdict = judge(value, digest, states.get(id));
    items.push({ id, ...verdict, ...warnedOf(contradictions.get(value)) });
    if (verdict.status === 'created') created.push({ value, digest });
    if (verdict.status === 'updated') updated.push({ value, digest });
  }
  return { items, created, updated, kept };
}

/** Ends of what is written that neither the store nor the batch has. */
function missingEnds(
  relationships: readonly DigestedRelationship[],
  nodes: ReadonlyMap<string, NodeValue>,
  states: ReadonlyMap<string, State>,
): { id: string; type: string }[] {
  const missing = new Set<string>();
  for (const { value } of relationships) {
    for (const id of [value.from, value.to]) if (!nodes.has(id) && !states.has(id)) missing.add(id);
  }
  return [...missing].map((id) => ({ id, type: nodeTypeOfId(id) }));
}

/** A new relationship with an end that nobody has described is reported as stubbed. */
function stubbed(
  items: readonly ItemReport[],
  relationships: ReadonlyMap<string, RelationshipValue>,
  nodes: ReadonlyMap<string, NodeValue>,
  states: ReadonlyMap<string, State>,
): ItemReport[] {
  const isDescribed = (id: string) => nodes.has(id) || (states.get(id)?.digest ?? null) !== null;
  return items.map((item) => {
    const value = relationships.get(item.id);
    if (item.status !== 'created' || !value || (isDescribed(value.from) && isDescribed(value.to)))
      return item;
    return { ...item, status: 'stubbed' };
  });
}
