/**
 * The one write path. A batch is one transaction: what is new or changed is merged, what it supersedes is kept as a
 * version, and one Change is appended. Writing the same batch again writes nothing.
 */
import { randomUUID } from 'node:crypto';
import { digestOf } from '../model/digest';
import { nodeTypeOfId } from '../model/identity';
import { type Problem, problemsOfNode, problemsOfRelationship } from '../model/validate';
import type { Batch, Json, NodeValue, RelationshipValue } from '../model/values';
import { appendChange, findLatestSeq, listChanges, lockChanges } from '../store/change.store';
import { findChangedClaims, mergeClaims } from '../store/claim.store';
import type { Reader, StoreEngine, Transaction } from '../store/engine';
import {
  type DigestedNode,
  findNodeStates,
  findNodes,
  mergeNodes,
  mergeStubs,
  type NodeState,
} from '../store/node.store';
import {
  type DigestedRelationship,
  findRelationshipStates,
  findRelationships,
  mergeRelationships,
} from '../store/relationship.store';
import { WriteConflict } from '../store/retry';
import { appendVersions, type VersionValue } from '../store/version.store';

export type WriteStatus = 'created' | 'updated' | 'unchanged' | 'stubbed' | 'rejected';

/** What became of one value of a batch, in the order in which it was given: nodes, then relationships. */
export interface ItemReport {
  readonly id: string;
  readonly status: WriteStatus;
  /** Why it was rejected. */
  readonly problem?: Problem;
  /** Something to look at although it was kept. */
  readonly warning?: 'SAME_MODIFIED_OTHER_CONTENT';
}

export interface WriteReport {
  readonly items: readonly ItemReport[];
  /** Number of the change, or undefined when nothing changed. */
  readonly seq?: number;
}

export interface WriteIntent {
  /** What kind of change it is, as the history shows it. */
  readonly kind: string;
  /** Who makes it. */
  readonly actor: string;
  /** Classify and report, but write nothing. */
  readonly isDryRun?: boolean;
}

interface State {
  readonly digest: string | null;
  readonly modified: string | null;
}

interface Verdict {
  readonly status: 'created' | 'updated' | 'unchanged';
  readonly warning?: ItemReport['warning'];
}

/** Everything a batch does to the store, decided before the first write. */
interface WritePlan {
  readonly items: ItemReport[];
  readonly nodes: { readonly created: DigestedNode[]; readonly updated: DigestedNode[] };
  readonly relationships: {
    readonly created: DigestedRelationship[];
    readonly updated: DigestedRelationship[];
  };
  readonly stubs: { readonly id: string; readonly type: string }[];
  readonly claims: Awaited<ReturnType<typeof findChangedClaims>>;
}

/** Ends of a relationship that exists under an id, as the projection knows them. */
export type EndsOf = (relationshipId: string) => { readonly from: string; readonly to: string } | undefined;

export class WriteService {
  constructor(
    private readonly engine: StoreEngine,
    private readonly endsOf: EndsOf,
    private readonly now: () => Date,
  ) {}

  /** Writes a batch in one transaction and reports on every item. */
  async write(batch: Batch, intent: WriteIntent): Promise<WriteReport> {
    if (intent.isDryRun) return { items: (await this.plan(this.engine, batch)).items };
    let tries = 0;
    return this.engine.write(async (transaction) => {
      tries += 1;
      // Who was too late once takes the lock of all writers first, and so comes through.
      const seen = tries === 1 ? await findLatestSeq(transaction) : await lockChanges(transaction);
      const plan = await this.plan(transaction, batch);
      const seq = await this.execute(transaction, plan, intent);
      if (seq !== undefined) await refuseOutdated(transaction, batch, seen, seq);
      return { items: plan.items, seq };
    });
  }

  private async plan(reader: Reader, batch: Batch): Promise<WritePlan> {
    const nodes = latestById(batch.nodes);
    const relationships = latestById(batch.relationships);
    const ids = new Set(nodes.keys());
    for (const each of relationships.values()) ids.add(each.from).add(each.to);
    const nodeStates = await findNodeStates(
      reader,
      [...ids].filter((id) => typeof id === 'string'),
    );
    const keyed = [...relationships.values()].filter(
      (each) => nodeStates.has(each.from) && nodeStates.has(each.to),
    );
    const relationshipStates = await findRelationshipStates(reader, keyed);
    const rejected = new Map<string, Problem>();
    for (const [id, value] of nodes) {
      note(rejected, id, problemsOfNode(value));
      const known = nodeStates.get(id);
      if (known?.digest) note(rejected, id, typeChange(value, known.type));
    }
    const typeOf = (id: unknown): string | undefined => {
      if (typeof id !== 'string') return undefined;
      const node = nodes.get(id);
      if (node && !rejected.has(id)) return node.type;
      const known = nodeStates.get(id)?.type ?? nodeTypeOfId(id);
      return known === 'Thing' && !nodeStates.get(id)?.digest ? undefined : known;
    };
    for (const [id, value] of relationships) {
      note(rejected, id, problemsOfRelationship(value, typeOf(value.from), typeOf(value.to)));
      note(rejected, id, typeChange(value, relationshipStates.get(id)?.type));
      const ends = this.endsOf(id);
      if (ends && (ends.from !== value.from || ends.to !== value.to)) {
        const message = `${id} already leads from ${ends.from} to ${ends.to}; a relationship keeps its ends`;
        note(rejected, id, [{ code: 'NOT_ALLOWED_BETWEEN', message }]);
      }
    }
    const nodePart = classify(batch.nodes, nodes, rejected, (id) => nodeStates.get(id));
    const linkPart = classify(batch.relationships, relationships, rejected, (id) =>
      relationshipStates.get(id),
    );
    const stubs = missingEnds(linkPart.kept, nodePart.kept, nodeStates);
    const items = [...nodePart.items, ...stubbed(linkPart.items, relationships, nodePart.kept, nodeStates)];
    const claims = batch.claims.filter((claim) => !rejected.has(claim.factId));
    return {
      items,
      nodes: nodePart,
      relationships: linkPart,
      stubs,
      claims: await findChangedClaims(reader, uniqueById(claims)),
    };
  }

  /** @returns the number of the change, or undefined when there was nothing to write */
  private async execute(
    transaction: Transaction,
    plan: WritePlan,
    intent: WriteIntent,
  ): Promise<number | undefined> {
    const { nodes, relationships, claims, stubs } = plan;
    const changedNodes = [...nodes.created, ...nodes.updated];
    const changedLinks = [...relationships.created, ...relationships.updated];
    const changedClaims = claims.created.length + claims.replaced.length;
    if (changedNodes.length + changedLinks.length + changedClaims === 0) return undefined;
    const changeId = `change--${randomUUID()}`;
    await appendVersions(transaction, await supersededBy(transaction, plan, changeId));
    await mergeNodes(transaction, changedNodes, changeId);
    await mergeStubs(transaction, stubs, changeId);
    await mergeRelationships(transaction, changedLinks, changeId);
    await mergeClaims(transaction, claims, changeId);
    const { seq } = await appendChange(transaction, {
      id: changeId,
      at: this.now().toISOString(),
      kind: intent.kind,
      actor: intent.actor,
      nodeIds: [...changedNodes.map((each) => each.value.id), ...stubs.map((stub) => stub.id)],
      relationshipIds: changedLinks.map((each) => each.value.id),
      fromIds: [...new Set(changedLinks.map((each) => each.value.from))],
      deletedIds: [],
    });
    return seq;
  }
}

/**
 * Refuses a write whose plan rests on states that another writer has replaced since. The number just taken keeps others
 * from committing, so the changes between are all there are.
 *
 * @param seen number of the latest change before the plan was made
 * @param seq number that this write took
 */
async function refuseOutdated(
  transaction: Transaction,
  batch: Batch,
  seen: number,
  seq: number,
): Promise<void> {
  const between = seq - seen - 1;
  if (between === 0) return;
  const ids = new Set<string>(batch.nodes.map((each) => each.id));
  for (const { id, from, to } of batch.relationships) ids.add(id).add(from).add(to);
  for (const change of await listChanges(transaction, seen, between)) {
    const touched = [...change.nodeIds, ...change.relationshipIds, ...change.deletedIds];
    const shared = touched.find((id) => ids.has(id));
    if (shared !== undefined) throw new WriteConflict(`change ${change.seq} wrote ${shared} meanwhile`);
  }
}

/** What the updates of a plan supersede, as versions. */
async function supersededBy(
  transaction: Transaction,
  plan: WritePlan,
  changeId: string,
): Promise<VersionValue[]> {
  const nodes = await findNodes(
    transaction,
    plan.nodes.updated.map((each) => each.value.id),
  );
  const relationships = await findRelationships(
    transaction,
    plan.relationships.updated.map((each) => each.value),
  );
  return [...nodes.values(), ...relationships.values()].map((before) => ({
    objectId: before.id,
    changeId: before.changeId,
    supersededBy: changeId,
    properties: before.properties,
  }));
}

const modifiedOf = (value: { properties: { readonly [name: string]: Json } }): string =>
  (value.properties.modified as string | undefined) ?? '';

const isOlder = (a: string, b: string): boolean => a !== '' && b !== '' && Date.parse(a) < Date.parse(b);

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

function note(rejected: Map<string, Problem>, id: string, problems: readonly Problem[]): void {
  if (problems.length > 0 && !rejected.has(id)) rejected.set(id, problems[0]);
}

/** A property that is null is one that is not there. */
function contentDigest({ type, properties }: NodeValue | RelationshipValue): string {
  const given = Object.entries(properties).filter(([, value]) => value !== null);
  return digestOf({ type, properties: Object.fromEntries(given) });
}

function typeChange(value: NodeValue | RelationshipValue, known: string | undefined): Problem[] {
  if (known === undefined || known === value.type) return [];
  return [{ code: 'TYPE_CHANGED', message: `${value.id} is a ${known} and cannot become a ${value.type}` }];
}

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
  stateOf: (id: string) => State | undefined,
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
    const digest = contentDigest(value);
    const verdict = judge(value, digest, stateOf(id));
    items.push({ id, ...verdict });
    if (verdict.status === 'created') created.push({ value, digest });
    if (verdict.status === 'updated') updated.push({ value, digest });
  }
  return { items, created, updated, kept };
}

/** Ends that neither the store nor the batch has. */
function missingEnds(
  relationships: ReadonlyMap<string, RelationshipValue>,
  nodes: ReadonlyMap<string, NodeValue>,
  states: ReadonlyMap<string, NodeState>,
): { id: string; type: string }[] {
  const missing = new Set<string>();
  for (const { from, to } of relationships.values()) {
    for (const id of [from, to]) if (!nodes.has(id) && !states.has(id)) missing.add(id);
  }
  return [...missing].map((id) => ({ id, type: nodeTypeOfId(id) }));
}

/** A new relationship with an end that nobody has described is reported as stubbed. */
function stubbed(
  items: readonly ItemReport[],
  relationships: ReadonlyMap<string, RelationshipValue>,
  nodes: ReadonlyMap<string, NodeValue>,
  states: ReadonlyMap<string, NodeState>,
): ItemReport[] {
  const isDescribed = (id: string) => nodes.has(id) || (states.get(id)?.digest ?? null) !== null;
  return items.map((item) => {
    const value = relationships.get(item.id);
    if (item.status !== 'created' || !value || (isDescribed(value.from) && isDescribed(value.to)))
      return item;
    return { ...item, status: 'stubbed' };
  });
}
