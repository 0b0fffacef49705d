/** One batch of an undone import: what becomes of each object, and the writing of it. */
import { randomUUID } from 'node:crypto';
import { canonicalJson } from '../model/digest';
import { nodeTypeOfId } from '../model/identity';
import type { NodeValue, Properties, RelationshipValue } from '../model/values';
import { appendChange, findChanges } from '../store/change.store';
import { deleteFoundClaims, findClaims, type StoredClaim } from '../store/claim.store';
import type { Reader, Transaction } from '../store/engine';
import { deleteNodeContents, deleteNodes, findNodes, mergeNodes, mergeStubs } from '../store/node.store';
import type { Stored } from '../store/record';
import {
  createRelationships,
  deleteRelationships,
  findRelationships,
  type RelationshipKey,
} from '../store/relationship.store';
import { appendVersions, CLAIM_VERSION, findVersions, type VersionValue } from '../store/version.store';
import { digestOfValue } from './write-plan';

export interface UndoBatch {
  readonly kind: 'nodes' | 'relationships';
  readonly ids: readonly string[];
  /** What describes the import itself: it stays whole while anything leads to it. */
  readonly isFrame: boolean;
}

export interface UndoContext {
  readonly reportId: string;
  readonly keyOf: (id: string) => RelationshipKey | undefined;
  /** Whether relationships lead to a node that the undoing leaves. */
  readonly hasOtherLinks: (id: string) => boolean;
}

type State = Pick<VersionValue, 'changeId' | 'type' | 'from' | 'to' | 'properties'>;

export interface UndoDecision {
  readonly id: string;
  readonly verdict: 'deleted' | 'restored' | 'stubbed' | 'kept' | 'absent';
  /** Where a relationship is found. */
  readonly key?: RelationshipKey;
  /** As it is now. */
  readonly before?: State;
  /** As it will be, of what is restored. */
  readonly after?: State;
  /** Claims of the import on it. */
  readonly claims: readonly StoredClaim[];
  /** Claims of others on it. */
  readonly others: readonly StoredClaim[];
}

/** Decides on every object of a batch, from the store as the reader sees it. */
export async function decideBatch(
  reader: Reader,
  batch: UndoBatch,
  context: UndoContext,
): Promise<UndoDecision[]> {
  const keys = new Map(batch.ids.map((id) => [id, batch.kind === 'nodes' ? undefined : context.keyOf(id)]));
  const found: ReadonlyMap<string, Stored<NodeValue> | Stored<RelationshipValue>> =
    batch.kind === 'nodes'
      ? await findNodes(reader, batch.ids)
      : await findRelationships(
          reader,
          [...keys.values()].filter((key) => key !== undefined),
        );
  const claims = await findClaims(reader, batch.ids);
  const versions = versionsByObject(await findVersions(reader, batch.ids));
  const changes = await findChanges(reader, [
    ...[...found.values()].map(({ changeId }) => changeId),
    ...[...versions.values()].flat().map(({ changeId }) => changeId),
    ...[...claims.values()].flat().map(({ changeId }) => changeId),
  ]);
  return batch.ids.map((id) => {
    const reportOf = (change: string): string | null => changes.get(change)?.reportId ?? null;
    const all = claims.get(id) ?? [];
    // An export that was read brings claims of others along: they came by this import too.
    const isOwn = ({ reportId, changeId }: StoredClaim): boolean =>
      reportId === context.reportId || reportOf(changeId) === context.reportId;
    const own = all.filter(isOwn);
    const othersClaims = all.filter((claim) => !isOwn(claim));
    const others = new Set(othersClaims.map(({ reportId }) => reportId));
    const current = found.get(id);
    if (!current) return { id, verdict: 'absent', claims: own, others: othersClaims };
    const before = stateOf(current);
    // A state counts if somebody wrote it by hand, or a report wrote it that still says so.
    const standing = historyOf(before, versions.get(id) ?? []).find(({ changeId }) => {
      const report = reportOf(changeId);
      return report === null || others.has(report);
    });
    const base = { id, key: keys.get(id), before, claims: own, others: othersClaims };
    if (!standing && others.size === 0) {
      const isLinked = batch.kind === 'nodes' && context.hasOtherLinks(id);
      return { ...base, verdict: !isLinked ? 'deleted' : batch.isFrame ? 'kept' : 'stubbed' };
    }
    const isRestored = standing !== undefined && !isSame(standing, before);
    return isRestored ? { ...base, verdict: 'restored', after: standing } : { ...base, verdict: 'kept' };
  });
}

/** @returns the number of the change, undefined when there is nothing to write */
export async function executeBatch(
  transaction: Transaction,
  { kind }: UndoBatch,
  decisions: readonly UndoDecision[],
  { at, actor, reportId }: { readonly at: string; readonly actor: string; readonly reportId: string },
): Promise<number | undefined> {
  const changeId = `change--${randomUUID()}`;
  const changed = decisions.filter(({ verdict }) => verdict !== 'kept' && verdict !== 'absent');
  const claims = decisions.flatMap((decision) => decision.claims);
  if (changed.length === 0 && claims.length === 0) return undefined;
  await appendVersions(transaction, [
    ...changed.map((each) => supersededState(each, changeId)),
    ...claims.map((claim) => supersededClaim(claim, changeId)),
  ]);
  const of = (verdict: UndoDecision['verdict']): UndoDecision[] =>
    changed.filter((each) => each.verdict === verdict);
  const ids = (list: readonly UndoDecision[]): string[] => list.map(({ id }) => id);
  if (kind === 'nodes') {
    await deleteNodes(transaction, ids(of('deleted')));
    await deleteNodeContents(
      transaction,
      of('stubbed').map(({ id }) => ({ id, type: nodeTypeOfId(id) })),
      changeId,
    );
    await mergeNodes(
      transaction,
      of('restored').map(({ id, after }) =>
        digested({ id, type: after!.type, properties: after!.properties as Properties }),
      ),
      changeId,
    );
  } else {
    const ends = of('restored').flatMap((each) => [relationshipOf(each).from, relationshipOf(each).to]);
    await mergeStubs(
      transaction,
      ends.map((id) => ({ id, type: nodeTypeOfId(id) })),
      changeId,
    );
    await deleteRelationships(
      transaction,
      changed.flatMap(({ key }) => key ?? []),
    );
    // None of them is there any more, and a MERGE would look for each among all between its ends.
    await createRelationships(
      transaction,
      of('restored').map((each) => digested(relationshipOf(each))),
      changeId,
    );
  }
  await deleteFoundClaims(transaction, claims);
  const kept = [...of('stubbed'), ...of('restored')];
  const { seq } = await appendChange(transaction, {
    id: changeId,
    at,
    kind: 'undo-import',
    actor,
    reportId,
    nodeIds: kind === 'nodes' ? ids(kept) : [],
    relationshipIds: kind === 'relationships' ? ids(kept) : [],
    fromIds: kind === 'relationships' ? [...new Set(kept.map((each) => relationshipOf(each).from))] : [],
    deletedIds: ids(of('deleted')),
    factIds: decisions
      .filter(({ verdict, claims: own }) => verdict === 'kept' && own.length > 0)
      .map(({ id }) => id),
  });
  return seq;
}

const digested = <V extends NodeValue | RelationshipValue>(value: V): { value: V; digest: string } => ({
  value,
  digest: digestOfValue(value),
});

const relationshipOf = ({ id, key, before, after }: UndoDecision): RelationshipValue => ({
  id,
  type: (after ?? before!).type,
  from: after?.from ?? key!.from,
  to: after?.to ?? key!.to,
  properties: (after ?? before!).properties as Properties,
});

const stateOf = (value: Stored<NodeValue> | Stored<RelationshipValue>): State => ({
  changeId: value.changeId,
  type: value.type,
  properties: value.properties,
  ...('from' in value ? { from: value.from, to: value.to } : {}),
});

const isSame = (a: State, b: State): boolean =>
  a.type === b.type &&
  a.from === b.from &&
  a.to === b.to &&
  canonicalJson(a.properties) === canonicalJson(b.properties);

/** The states of an object from now back to its first. */
function historyOf(current: State, versions: readonly VersionValue[]): State[] {
  const states = [current];
  for (let version = supersededBy(versions, current); version; version = supersededBy(versions, version)) {
    if (states.includes(version)) break;
    states.push(version);
  }
  return states;
}

const supersededBy = (versions: readonly VersionValue[], { changeId }: State): VersionValue | undefined =>
  versions.find((version) => version.supersededBy === changeId);

function versionsByObject(versions: readonly VersionValue[]): Map<string, VersionValue[]> {
  const byObject = new Map<string, VersionValue[]>();
  for (const version of versions) {
    if (version.type === CLAIM_VERSION) continue;
    byObject.set(version.objectId, [...(byObject.get(version.objectId) ?? []), version]);
  }
  return byObject;
}

const supersededState = ({ id, before }: UndoDecision, changeId: string): VersionValue => ({
  ...(before as State),
  objectId: id,
  supersededBy: changeId,
});

function supersededClaim({ changeId: written, ...claim }: StoredClaim, changeId: string): VersionValue {
  return {
    objectId: claim.id,
    changeId: written,
    supersededBy: changeId,
    type: CLAIM_VERSION,
    properties: { ...claim } as unknown as Properties,
  };
}
