/**
 * The one write path. A batch is one transaction: what is new or changed is merged, what it supersedes is kept as a
 * version, and one Change is appended. Writing the same batch again writes nothing.
 */
import { randomUUID } from 'node:crypto';
import { edgeOf, type Projection } from '../analysis';
import type { Batch, ClaimValue, NodeValue, Properties, RelationshipValue } from '../model/values';
import { appendChange, findLatestSeq, listChanges, lockChanges } from '../store/change.store';
import { type ChangedClaims, findChangedClaims, mergeClaims } from '../store/claim.store';
import type { Reader, StoreEngine, Transaction } from '../store/engine';
import { createNodes, findNodeStates, findNodes, mergeNodes, mergeStubs } from '../store/node.store';
import {
  createRelationships,
  deleteRelationships,
  findRelationshipStates,
  findRelationships,
  mergeRelationships,
} from '../store/relationship.store';
import { WriteConflict } from '../store/retry';
import { appendVersions, CLAIM_VERSION, type VersionValue } from '../store/version.store';
import { ChangeSignal } from './change-signal';
import { erasedAmong } from './erasure/tombstones';
import type { SupposedWrites } from './supposed-writes';
import {
  type EndsOf,
  type ItemReport,
  type KnownStates,
  movedFrom,
  type PreparedBatch,
  planWrite,
  prepareBatch,
  type State,
  type Stub,
  type WritePlan,
  type WriteRights,
} from './write-plan';

export type { ItemReport, WriteStatus } from './write-plan';

export interface WriteReport {
  readonly items: readonly ItemReport[];
  /** Number of the change, or undefined when nothing changed. */
  readonly seq?: number;
  /** Claims that are new, and ones that say something else. Of a dry run, where analysts judge them. */
  readonly claims?: Pick<ChangedClaims, 'created' | 'replaced'>;
}

export interface WriteIntent extends WriteRights {
  /** What kind of change it is, as the history shows it. */
  readonly kind: string;
  /** Who makes it. */
  readonly actor: string;
  /** Report that what is written comes from, where it is an import. */
  readonly reportId?: string;
  /** Classify and report, but write nothing. */
  readonly isDryRun?: boolean;
  /** What a dry run would have written before: it counts as written, and takes in what this would write. */
  readonly supposed?: SupposedWrites;
  /** What the writer knows of the store already, so that it need not be asked. */
  readonly basis?: WriteBasis;
  /** Whether analysts judge the claims: what they say counts, whatever a report said before. */
  readonly isClaimEdit?: boolean;
  /** Called in the transaction with what would become of each item; what it throws refuses the write. */
  readonly check?: (reader: Reader, items: readonly ItemReport[]) => Promise<void>;
}

/** What one change wrote, in full: whoever follows the graph need not read it from the store. */
export interface Written {
  /** Number of the change. */
  readonly seq: number;
  readonly nodes: readonly NodeValue[];
  readonly stubs: readonly Stub[];
  readonly relationships: readonly RelationshipValue[];
}

/** What is known of the store as of a change. It is used only while that change is still the last one. */
export interface WriteBasis {
  /** Number of that change. */
  readonly seq: number;
  isNewNode(id: string): boolean;
  /** Type of a node that is described; null when there is none, undefined when the store is to be asked. */
  typeOfEnd(id: string): string | null | undefined;
  isNewRelationship(id: string): boolean;
  /** Whether no claim of a report is there. */
  isNewReport(id: string): boolean;
}

/** Ends by the projection as last loaded: exact for what this process wrote, and never wrong, since ends do not change. */
export const endsFrom =
  (projections: { readonly known: Projection }): EndsOf =>
  (relationshipId) => {
    const { known } = projections;
    const edge = edgeOf(known, relationshipId);
    if (edge < 0) return undefined;
    return { from: known.vertices.ids[known.from[edge]], to: known.vertices.ids[known.to[edge]] };
  };

export class WriteService {
  constructor(
    private readonly engine: StoreEngine,
    private readonly endsOf: EndsOf,
    private readonly now: () => Date,
    private readonly signal: ChangeSignal = new ChangeSignal(),
    private readonly onWritten: (written: Written) => void = () => undefined,
  ) {}

  /** Does for a batch what needs no store, so that it can be done while another batch is being written. */
  prepare(batch: Batch): PreparedBatch {
    return prepareBatch(batch);
  }

  /** Writes a batch in one transaction and reports on every item. */
  async write(batch: Batch | PreparedBatch, intent: WriteIntent): Promise<WriteReport> {
    const prepared = 'given' in batch ? batch : prepareBatch(batch, intent);
    if (intent.isDryRun) {
      const plan = await this.plan(this.engine, prepared, intent, intent.basis);
      const { items, claims } = plan;
      intent.supposed?.note(plan);
      await intent.check?.(this.engine, items);
      if (!intent.isClaimEdit) return { items };
      return {
        items,
        claims: await changedClaims(this.engine, claims, { carriedIds: new Set(), isEdit: true }),
      };
    }
    let tries = 0;
    const { plan: done, ...report } = await this.engine.write(async (transaction) => {
      tries += 1;
      // Who was too late once takes the lock of all writers first, and so comes through.
      const seen = tries === 1 ? await findLatestSeq(transaction) : await lockChanges(transaction);
      const basis = intent.basis?.seq === seen ? intent.basis : undefined;
      const plan = await this.plan(transaction, prepared, intent, basis);
      await intent.check?.(transaction, plan.items);
      const { carriedIds } = prepared;
      const claims = await changedClaims(transaction, plan.claims, {
        basis,
        carriedIds,
        isEdit: intent.isClaimEdit,
      });
      const seq = await this.execute(transaction, plan, claims, intent);
      if (seq !== undefined) await refuseOutdated(transaction, prepared, seen, seq);
      return { plan, items: plan.items, seq, claims };
    });
    if (report.seq !== undefined) {
      this.onWritten(writtenBy(done, report.seq));
      this.signal.give(report.seq);
    }
    return report;
  }

  /** Nodes as they are, by id; one that nobody has described has no entry. */
  async current(ids: readonly string[]): Promise<Map<string, NodeValue>> {
    const found = [...(await findNodes(this.engine, ids)).values()].filter((node) => node.digest !== null);
    return new Map(found.map(({ id, type, properties }) => [id, { id, type, properties }]));
  }

  /** Makes what was written durable against power loss where the engine does that in groups. */
  checkpoint(): Promise<void> {
    return this.engine.checkpoint();
  }

  private async plan(
    reader: Reader,
    batch: PreparedBatch,
    { supposed, ...rights }: WriteRights & Pick<WriteIntent, 'supposed'>,
    basis: WriteBasis | undefined,
  ): Promise<WritePlan> {
    const nodes = await nodeStates(reader, batch, basis);
    const endsOf = supposed?.endsOver(this.endsOf) ?? this.endsOf;
    const keyed = [...batch.relationships.values()].flatMap((value) => {
      const moved = movedFrom(value, this.endsOf);
      if (moved) return [moved];
      const isNew = !nodes.has(value.from) || !nodes.has(value.to) || basis?.isNewRelationship(value.id);
      return isNew ? [] : [value];
    });
    const stored: KnownStates = { nodes, relationships: await findRelationshipStates(reader, keyed) };
    const erased = await erasedAmong(reader, idsOf(batch));
    const asked = { nodes: idsOf(batch), relationships: batch.relationships.keys() };
    return planWrite(batch, supposed?.over(stored, asked) ?? stored, endsOf, { ...rights, erased });
  }

  /** @returns the number of the change, or undefined when there was nothing to write */
  private async execute(
    transaction: Transaction,
    plan: WritePlan,
    claims: ChangedClaims,
    intent: WriteIntent,
  ): Promise<number | undefined> {
    const { nodes, relationships, displaced, stubs } = plan;
    const mergedNodes = [...nodes.described, ...nodes.updated];
    const changedNodes = [...nodes.created, ...mergedNodes];
    const changedLinks = [...relationships.created, ...relationships.updated];
    const claimCount = claims.created.length + claims.replaced.length;
    if (changedNodes.length + changedLinks.length + claimCount === 0) return undefined;
    const changeId = `change--${randomUUID()}`;
    const superseded = await supersededBy(transaction, plan, claims, changeId);
    await appendVersions(transaction, superseded);
    await deleteRelationships(transaction, displaced);
    await createNodes(transaction, nodes.created, changeId);
    await mergeNodes(transaction, mergedNodes, changeId);
    await mergeStubs(transaction, stubs, changeId);
    await createRelationships(transaction, relationships.created, changeId);
    await mergeRelationships(transaction, relationships.updated, changeId);
    const created = new Set([...nodes.created, ...relationships.created].map(({ value }) => value.id));
    await mergeClaims(transaction, claims, changeId, (factId) => created.has(factId));
    const written = new Set([...changedNodes, ...changedLinks].map((each) => each.value.id));
    const claimed = [...claims.created, ...claims.replaced].map((claim) => claim.factId);
    const { seq } = await appendChange(transaction, {
      id: changeId,
      at: this.now().toISOString(),
      kind: intent.kind,
      actor: intent.actor,
      nodeIds: [...changedNodes.map((each) => each.value.id), ...stubs.map((stub) => stub.id)],
      relationshipIds: changedLinks.map((each) => each.value.id),
      fromIds: [...new Set(changedLinks.map((each) => each.value.from))],
      deletedIds: [],
      factIds: [...new Set(claimed)].filter((id) => !written.has(id)),
      reportId: intent.reportId,
    });
    return seq;
  }
}

function writtenBy({ nodes, stubs, relationships }: WritePlan, seq: number): Written {
  const valuesOf = <V>(...lists: (readonly { readonly value: V }[])[]): V[] =>
    lists.flatMap((list) => list.map((each) => each.value));
  return {
    seq,
    nodes: valuesOf(nodes.created, nodes.described, nodes.updated),
    stubs,
    relationships: valuesOf(relationships.created, relationships.updated),
  };
}

/** Every id that a batch brings: objects, their ends, and reports that claim something. */
function* idsOf(batch: PreparedBatch): Generator<string> {
  yield* batch.nodes.keys();
  for (const { id, from, to } of batch.relationships.values()) yield* [id, from, to];
  for (const { factId, reportId } of batch.claims) yield* [factId, reportId];
}

/** States of the nodes of a batch and of the ends of its relationships, asked for where the basis does not know. */
async function nodeStates(
  reader: Reader,
  batch: PreparedBatch,
  basis: WriteBasis | undefined,
): Promise<Map<string, State>> {
  const asked = new Set<string>();
  const known = new Map<string, State>();
  for (const id of batch.nodes.keys()) if (typeof id === 'string' && !basis?.isNewNode(id)) asked.add(id);
  for (const { from, to } of batch.relationships.values()) {
    for (const id of [from, to]) {
      if (typeof id !== 'string' || batch.nodes.has(id) || known.has(id)) continue;
      const type = basis?.typeOfEnd(id);
      if (type === undefined) asked.add(id);
      else if (type !== null) known.set(id, { type, digest: '', modified: null });
    }
  }
  for (const [id, state] of await findNodeStates(reader, [...asked])) known.set(id, state);
  return known;
}

async function changedClaims(
  reader: Reader,
  claims: readonly ClaimValue[],
  {
    basis,
    carriedIds,
    isEdit,
  }: { readonly basis?: WriteBasis; readonly carriedIds: ReadonlySet<string>; readonly isEdit?: boolean },
): Promise<ChangedClaims> {
  const fresh = basis ? claims.filter((claim) => basis.isNewReport(claim.reportId)) : [];
  if (fresh.length === claims.length) return { created: claims, replaced: [], superseded: [] };
  const others = basis ? claims.filter((claim) => !basis.isNewReport(claim.reportId)) : claims;
  const changed = await findChangedClaims(reader, others, isEdit);
  const mayChange = ({ id }: { readonly id: string }): boolean => !carriedIds.has(id);
  return {
    created: [...fresh, ...changed.created],
    replaced: changed.replaced.filter(mayChange),
    superseded: changed.superseded.filter(mayChange),
  };
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
  batch: PreparedBatch,
  seen: number,
  seq: number,
): Promise<void> {
  const between = seq - seen - 1;
  if (between === 0) return;
  const ids = new Set<string>([...batch.nodes.keys(), ...batch.relationships.keys()]);
  for (const { from, to } of batch.relationships.values()) ids.add(from).add(to);
  for (const { factId } of batch.claims) ids.add(factId);
  for (const change of await listChanges(transaction, seen, between)) {
    const touched = [...change.nodeIds, ...change.relationshipIds, ...change.deletedIds, ...change.factIds];
    const shared = touched.find((id) => ids.has(id));
    if (shared !== undefined) throw new WriteConflict(`change ${change.seq} wrote ${shared} meanwhile`);
  }
}

/** What the updates of a plan supersede, as versions. */
async function supersededBy(
  transaction: Transaction,
  plan: WritePlan,
  claims: ChangedClaims,
  changeId: string,
): Promise<VersionValue[]> {
  const nodes = await findNodes(
    transaction,
    plan.nodes.updated.map((each) => each.value.id),
  );
  const relationships = await findRelationships(transaction, plan.before);
  const stamped = (before: { readonly id: string; readonly changeId: string }) => ({
    objectId: before.id,
    changeId: before.changeId,
    supersededBy: changeId,
  });
  return [
    ...[...nodes.values()].map((before) => ({
      ...stamped(before),
      type: before.type,
      properties: before.properties,
    })),
    ...[...relationships.values()].map((before) => ({
      ...stamped(before),
      type: before.type,
      from: before.from,
      to: before.to,
      properties: before.properties,
    })),
    ...claims.superseded.map(({ changeId: _, ...before }) => ({
      objectId: before.id,
      changeId: _,
      supersededBy: changeId,
      type: CLAIM_VERSION,
      properties: before as unknown as Properties,
    })),
  ];
}
