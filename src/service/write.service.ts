/**
 * The one write path. A batch is one transaction: what is new or changed is merged, what it supersedes is kept as a
 * version, and one Change is appended. Writing the same batch again writes nothing.
 */
import { randomUUID } from 'node:crypto';
import { edgeOf, type Projection } from '../analysis';
import type { Batch, ClaimValue } from '../model/values';
import { appendChange, findLatestSeq } from '../store/change.store';
import { findChangedClaims, mergeClaims } from '../store/claim.store';
import type { Reader, StoreEngine, Transaction } from '../store/engine';
import { findNodeStates, findNodes, mergeNodes, mergeStubs } from '../store/node.store';
import {
  deleteRelationships,
  findRelationshipStates,
  findRelationships,
  mergeRelationships,
} from '../store/relationship.store';
import { appendVersions, type VersionValue } from '../store/version.store';
import {
  type EndsOf,
  type ItemReport,
  type KnownStates,
  type PreparedBatch,
  planWrite,
  prepareBatch,
  type State,
  type WritePlan,
} from './write-plan';

export type { ItemReport, WriteStatus } from './write-plan';

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
  /** What the writer knows of the store already, so that it need not be asked. */
  readonly basis?: WriteBasis;
}

/**
 * What is known of the store as of a change. It is used only while that change is still the last one when the batch begins
 * and, under the lock that orders writers, when it ends: else the batch starts over and asks the store.
 */
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

/** Somebody else wrote since the basis of a batch. */
class StaleBasis extends Error {}

/** Ends by the projection as last loaded: exact for what this process wrote, and never wrong, since ends do not change. */
export const endsFrom =
  (projections: { readonly known: Projection }): EndsOf =>
  (relationshipId) => {
    const { known } = projections;
    const edge = edgeOf(known, relationshipId);
    if (edge < 0) return undefined;
    return { from: known.vertices.ids[known.from[edge]], to: known.vertices.ids[known.to[edge]] };
  };

type Claims = Awaited<ReturnType<typeof findChangedClaims>>;

export class WriteService {
  constructor(
    private readonly engine: StoreEngine,
    private readonly endsOf: EndsOf,
    private readonly now: () => Date,
  ) {}

  /** Does for a batch what needs no store, so that it can be done while another batch is being written. */
  prepare(batch: Batch): PreparedBatch {
    return prepareBatch(batch);
  }

  /** Writes a batch in one transaction and reports on every item. */
  async write(batch: Batch | PreparedBatch, intent: WriteIntent): Promise<WriteReport> {
    const prepared = 'given' in batch ? batch : prepareBatch(batch);
    if (intent.isDryRun) return { items: (await this.plan(this.engine, prepared, intent.basis)).items };
    try {
      return await this.engine.write((transaction) => this.writeWithin(transaction, prepared, intent));
    } catch (error) {
      if (!(error instanceof StaleBasis)) throw error;
      return this.write(prepared, { ...intent, basis: undefined });
    }
  }

  /** Makes what was written durable against power loss where the engine does that in groups. */
  checkpoint(): Promise<void> {
    return this.engine.checkpoint();
  }

  private async writeWithin(
    transaction: Transaction,
    batch: PreparedBatch,
    intent: WriteIntent,
  ): Promise<WriteReport> {
    const { basis } = intent;
    if (basis && (await findLatestSeq(transaction)) !== basis.seq) throw new StaleBasis();
    const plan = await this.plan(transaction, batch, basis);
    const claims = await changedClaims(transaction, plan.claims, basis);
    const seq = await this.execute(transaction, plan, claims, intent);
    if (basis && seq !== undefined && seq !== basis.seq + 1) throw new StaleBasis();
    return { items: plan.items, seq };
  }

  private async plan(
    reader: Reader,
    batch: PreparedBatch,
    basis: WriteBasis | undefined,
  ): Promise<WritePlan> {
    const nodes = await nodeStates(reader, batch, basis);
    const keyed = [...batch.relationships.values()].filter(
      ({ id, from, to }) => nodes.has(from) && nodes.has(to) && !basis?.isNewRelationship(id),
    );
    const states: KnownStates = { nodes, relationships: await findRelationshipStates(reader, keyed) };
    return planWrite(batch, states, this.endsOf);
  }

  /** @returns the number of the change, or undefined when there was nothing to write */
  private async execute(
    transaction: Transaction,
    plan: WritePlan,
    claims: Claims,
    intent: WriteIntent,
  ): Promise<number | undefined> {
    const { nodes, relationships, retyped, stubs } = plan;
    const changedNodes = [...nodes.created, ...nodes.updated];
    const changedLinks = [...relationships.created, ...relationships.updated];
    const claimCount = claims.created.length + claims.replaced.length;
    if (changedNodes.length + changedLinks.length + claimCount === 0) return undefined;
    const changeId = `change--${randomUUID()}`;
    await appendVersions(transaction, await supersededBy(transaction, plan, changeId));
    await deleteRelationships(transaction, retyped);
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
  basis: WriteBasis | undefined,
): Promise<Claims> {
  const fresh = basis ? claims.filter((claim) => basis.isNewReport(claim.reportId)) : [];
  if (fresh.length === claims.length) return { created: claims, replaced: [] };
  const others = basis ? claims.filter((claim) => !basis.isNewReport(claim.reportId)) : claims;
  const { created, replaced } = await findChangedClaims(reader, others);
  return { created: [...fresh, ...created], replaced };
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
