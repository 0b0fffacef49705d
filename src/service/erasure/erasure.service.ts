/**
 * Lawful erasure: an object goes with all that was ever recorded of it, and a blind tombstone stays. A legal hold on the object,
 * or on a relationship of it, keeps it.
 */
import { randomUUID } from 'node:crypto';
import { edgeOf } from '../../analysis';
import { AppError } from '../../errors';
import { appendChange, lockChanges } from '../../store/change.store';
import { findClaims } from '../../store/claim.store';
import { listGroupsOf } from '../../store/claim-group.store';
import type { StoreEngine, Transaction } from '../../store/engine';
import { findHolds } from '../../store/hold.store';
import {
  deleteRecords,
  findIncomingLinkRecords,
  findLinkRecords,
  findRecords,
  type LinkRecord,
  listRecordKeys,
  mergeLinkRecords,
  mergeRecords,
  type NodeRecord,
  recordLabels,
} from '../../store/record.store';
import { deleteRelationships, type RelationshipKey } from '../../store/relationship.store';
import { listTombstones, mergeTombstones, type TombstoneValue } from '../../store/tombstone.store';
import { recordsOf } from '../backup/backup.service';
import type { ChangeSignal } from '../change-signal';
import type { GraphView } from '../graph-view';
import { ERASE } from './erase-kind';
import { erasedAmong, tombstoneOf } from './tombstones';
import { TraceRemoval } from './trace-removal';

export interface ErasureOrder {
  readonly id: string;
  readonly reason: string;
  /** On what legal basis. */
  readonly basis: string;
}

export interface ErasureReport {
  readonly tombstone: string;
  readonly nodes: number;
  readonly relationships: number;
  readonly claims: number;
  readonly versions: number;
  /** Other records that mentioned it, and do so no more. */
  readonly mentions: number;
  readonly seq?: number;
}

const LINKS_A_PIECE = 2_000;

interface Target {
  readonly id: string;
  readonly isNode: boolean;
  readonly links: readonly RelationshipKey[];
}

export class ErasureService {
  constructor(
    private readonly engine: StoreEngine,
    private readonly signal: ChangeSignal,
    private readonly now: () => Date,
  ) {}

  /** @throws AppError OBJECT_NOT_FOUND, LEGAL_HOLD, BAD_INPUT */
  async erase(order: ErasureOrder, view: GraphView, isDryRun: boolean): Promise<ErasureReport> {
    for (const what of ['reason', 'basis'] as const) {
      if (order[what].trim() === '') throw new AppError('BAD_INPUT', { what, expected: 'words', got: '""' });
    }
    const undo = new Error('dry run');
    let report: ErasureReport | undefined;
    try {
      report = await this.engine.write(async (transaction) => {
        await lockChanges(transaction);
        report = await this.purge(transaction, order, view);
        if (isDryRun) throw undo;
        return report;
      });
    } catch (error) {
      if (error !== undo) throw error;
    }
    const { seq, ...counts } = report as ErasureReport;
    if (isDryRun) return counts;
    this.signal.give(seq as number);
    await this.engine.checkpoint({ isCompacting: true });
    return { seq, ...counts };
  }

  private async purge(
    transaction: Transaction,
    { id, reason, basis }: ErasureOrder,
    view: GraphView,
  ): Promise<ErasureReport> {
    const target =
      view.hasNode(id) || view.hasRelationship(id)
        ? await targetOf(transaction, id, keyIn(view, id))
        : undefined;
    if (!target) throw new AppError('OBJECT_NOT_FOUND', { id });
    const ids = [id, ...target.links.map((link) => link.id)];
    const holds = (await findHolds(transaction, ids)).filter((hold) => hold.liftedAt === undefined);
    if (holds.length > 0) {
      const [{ reason: why, placedBy }] = holds;
      throw new AppError('LEGAL_HOLD', { id, by: placedBy, reason: why });
    }
    const tombstone = await tombstoneOf(transaction, id);
    const counts = await removeObject(transaction, target, tombstone);
    const at = this.now().toISOString();
    const erasedBy = view.viewer.id;
    await mergeTombstones(transaction, [{ id: tombstone, at, erasedBy, reason, basis }]);
    const { seq } = await appendChange(transaction, {
      id: `change--${randomUUID()}`,
      at,
      kind: ERASE,
      actor: erasedBy,
      nodeIds: [],
      relationshipIds: [],
      fromIds: [],
      deletedIds: [tombstone],
      factIds: [],
    });
    return { tombstone, ...counts, seq };
  }

  /** Everything that was erased, in order of id. */
  tombstones(): Promise<TombstoneValue[]> {
    return listTombstones(this.engine);
  }

  /** Which of some ids are those of objects that were erased, in the order given. */
  async among(ids: readonly string[]): Promise<string[]> {
    const erased = await erasedAmong(this.engine, ids);
    return ids.filter((id) => erased.has(id));
  }
}

/** Erases what a store holds of objects whose tombstones it has: after a backup was restored that is older than they are. */
export async function eraseAgain(engine: StoreEngine): Promise<number> {
  const links = new Map<string, RelationshipKey>();
  const nodeIds = await listRecordKeys(engine, 'Entity');
  for (let from = 0; from < nodeIds.length; from += LINKS_A_PIECE) {
    for (const link of await findLinkRecords(engine, nodeIds.slice(from, from + LINKS_A_PIECE))) {
      const key = keyOf(link);
      links.set(key.id, key);
    }
  }
  const erased = await erasedAmong(engine, [...nodeIds, ...links.keys()]);
  for (const id of erased) {
    await engine.write(async (transaction) => {
      const target = await targetOf(transaction, id, links.get(id));
      if (target) await removeObject(transaction, target, await tombstoneOf(transaction, id));
    });
  }
  return erased.size;
}

function keyIn({ projection }: GraphView, id: string): RelationshipKey | undefined {
  const edge = edgeOf(projection, id);
  if (edge < 0) return undefined;
  const { ids } = projection.vertices;
  return { id, from: ids[projection.from[edge]], to: ids[projection.to[edge]] };
}

const keyOf = ({ properties, from, to }: LinkRecord): RelationshipKey => ({
  id: String(properties.id),
  from,
  to,
});

/** The object as the store has it: a node with all of its relationships, or one relationship; undefined where there is none. */
async function targetOf(
  transaction: Transaction,
  id: string,
  key: RelationshipKey | undefined,
): Promise<Target | undefined> {
  const [node] = await findRecords(transaction, 'Entity', [id]);
  if (node) {
    const links = [
      ...(await findLinkRecords(transaction, [id])),
      ...(await findIncomingLinkRecords(transaction, [id])),
    ];
    const keys = new Map(links.map((link) => [String(link.properties.id), keyOf(link)]));
    return { id, isNode: true, links: [...keys.values()] };
  }
  const found =
    key && (await findLinkRecords(transaction, [key.from])).find((link) => link.properties.id === id);
  return found && { id, isNode: false, links: [keyOf(found)] };
}

async function removeObject(
  transaction: Transaction,
  { id, isNode, links }: Target,
  tombstone: string,
): Promise<Omit<ErasureReport, 'tombstone' | 'seq'>> {
  const ids = [...new Set([id, ...links.map((link) => link.id)])];
  const claims = [...(await findClaims(transaction, ids)).values()].flat();
  await deleteRelationships(transaction, links);
  if (isNode) await deleteRecords(transaction, 'Entity', [id]);
  const claimIds = new Set(claims.map((claim) => claim.id));
  const groupIds = new Set(await listGroupsOf(transaction, ids));
  const counts = await removeTraces(transaction, new TraceRemoval(ids, claimIds, groupIds, tombstone));
  return { nodes: isNode ? 1 : 0, relationships: links.length, ...counts };
}

async function removeTraces(
  transaction: Transaction,
  removal: TraceRemoval,
): Promise<Pick<ErasureReport, 'claims' | 'versions' | 'mentions'>> {
  const counts = { claims: 0, versions: 0, mentions: 0 };
  for (const label of recordLabels) {
    const gone: string[] = [];
    const mended: NodeRecord[] = [];
    for await (const record of recordsOf(transaction, label)) {
      const verdict = removal.ofRecord(record);
      if (verdict === 'keep') continue;
      if (verdict === 'delete') gone.push(String(record.properties.id));
      else mended.push({ label, properties: verdict });
    }
    await deleteRecords(transaction, label, gone);
    await mergeRecords(transaction, mended);
    if (label === 'Claim' || label === 'GroupedClaim') counts.claims += gone.length;
    if (label === 'Version') counts.versions = gone.length;
    counts.mentions += mended.length;
  }
  const nodeIds = await listRecordKeys(transaction, 'Entity');
  for (let from = 0; from < nodeIds.length; from += LINKS_A_PIECE) {
    const links = await findLinkRecords(transaction, nodeIds.slice(from, from + LINKS_A_PIECE));
    const mended = links.flatMap((link) => {
      const verdict = removal.ofLink(link);
      return typeof verdict === 'string' ? [] : [{ ...link, properties: verdict }];
    });
    await mergeLinkRecords(transaction, mended);
    counts.mentions += mended.length;
  }
  return counts;
}
