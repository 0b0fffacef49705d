/**
 * Which values objects show after their claims have changed: of a property that a claim states, the preferred one. Only claims that
 * everybody who sees the object may see decide, or the value shown would tell of the others. A value that no claim has ever
 * stated was set by somebody's hand and stays.
 */
import { edgeOf, type Projection, vertexOf } from '../analysis';
import { AppError } from '../errors';
import { canonicalJson } from '../model/digest';
import type { Sharing } from '../model/marking';
import type { ClaimValue, Json, NodeValue, RelationshipValue } from '../model/values';
import { findChanges } from '../store/change.store';
import { findClaims, type StoredClaim } from '../store/claim.store';
import type { Reader, StoreEngine } from '../store/engine';
import { findNodeStates, findNodes } from '../store/node.store';
import { findRelationshipStates, findRelationships, type RelationshipKey } from '../store/relationship.store';
import { preferredValue, wasSaid } from './evidence/conflicts';
import { type RecordOf, reportRecords } from './evidence/report-record';
import { type ObjectState, readStates } from './object-states';

type Value = NodeValue | RelationshipValue;
type StoredValue = Value & { readonly changeId: string; readonly digest: string | null };

export interface Settled {
  readonly nodes: readonly NodeValue[];
  readonly relationships: readonly RelationshipValue[];
  /** Call it in the transaction. @throws AppError STORE_CONFLICT when an object has been written since */
  mustStand(reader: Reader): Promise<void>;
}

/** Stands for the change that is about to record claims: later than all that there are. */
const PENDING = { id: 'pending', seq: Number.MAX_SAFE_INTEGER, kind: '', actor: '', reportId: null };

export class ClaimSettlement {
  constructor(
    private readonly engine: StoreEngine,
    private readonly now: () => Date,
  ) {}

  /** What objects become with claims as they will be. */
  async settle(claims: readonly ClaimValue[], view: Projection): Promise<Settled> {
    const stating = claims.filter((claim) => claim.values !== undefined);
    const factIds = [...new Set(stating.map((claim) => claim.factId))];
    const keys = factIds.flatMap((id) => keyOf(view, id) ?? []);
    const nodeIds = factIds.filter((id) => vertexOf(view, id) >= 0);
    const objects = new Map<string, StoredValue>([
      ...(await findNodes(this.engine, nodeIds)),
      ...(await findRelationships(this.engine, keys)),
    ]);
    const states = await readStates(this.engine, nodeIds, keys);
    const before = await findClaims(this.engine, factIds);
    const settled: Value[] = [];
    for (const id of factIds) {
      const object = objects.get(id);
      if (!object || object.digest === null) continue;
      const after = withChanges(
        before.get(id) ?? [],
        stating.filter((claim) => claim.factId === id),
      );
      const properties = stating.flatMap((claim) =>
        claim.factId === id ? Object.keys(claim.values ?? {}) : [],
      );
      const shown = await this.shownBy(object, after, states.get(id) ?? [], new Set(properties), view);
      if (shown) settled.push(shown);
    }
    return {
      nodes: settled.filter((value): value is NodeValue => !('from' in value)),
      relationships: settled.filter((value): value is RelationshipValue => 'from' in value),
      mustStand: (reader) => mustStand(reader, objects, keys),
    };
  }

  private async shownBy(
    object: StoredValue,
    claims: readonly StoredClaim[],
    states: readonly ObjectState[],
    properties: ReadonlySet<string>,
    view: Projection,
  ): Promise<Value | undefined> {
    const open = await this.openClaims(object, claims);
    const changes = new Map(
      await findChanges(
        this.engine,
        open.map((claim) => claim.changeId),
      ),
    );
    changes.set(PENDING.id, { ...PENDING, at: this.now().toISOString() });
    const recordOf: RecordOf = reportRecords(view);
    const set: Record<string, Json> = {};
    for (const property of properties) {
      const stored = object.properties[property] ?? null;
      const isByHand =
        stored !== null &&
        !wasSaid(claims, property, canonicalJson(stored)) &&
        !isImplied(claims, states, property, stored);
      if (isByHand) continue;
      const preferred = preferredValue(
        { properties: object.properties, claims: open, states, changes },
        property,
        recordOf,
      );
      if (preferred !== undefined && canonicalJson(preferred) !== canonicalJson(stored))
        set[property] = preferred;
    }
    if (Object.keys(set).length === 0) return undefined;
    const { changeId: _, digest: __, ...value } = object;
    const modified = this.now().toISOString();
    return { ...value, properties: { ...value.properties, ...set, modified } };
  }

  /** Claims that are marked no more narrowly than their object, nor are their reports. */
  private async openClaims(object: StoredValue, claims: readonly StoredClaim[]): Promise<StoredClaim[]> {
    const own = new Set((object.properties.markings as readonly string[] | undefined) ?? []);
    const reports = await findNodes(this.engine, [...new Set(claims.map((claim) => claim.reportId))]);
    const recipients = (object.properties.sharedWith as readonly string[] | undefined) ?? [];
    const isOpen = (value: object | undefined): boolean => {
      const { markings = [], sharedWith = [] } = (value ?? {}) as Partial<Sharing>;
      if (!markings.every((marking) => own.has(marking))) return false;
      if (sharedWith.length === 0) return true;
      return recipients.length > 0 && recipients.every((name) => sharedWith.includes(name));
    };
    return claims.filter((claim) => isOpen(claim) && isOpen(reports.get(claim.reportId)?.properties));
  }
}

/** Whether a claim was recorded by the change that wrote the value. */
const isImplied = (
  claims: readonly StoredClaim[],
  states: readonly ObjectState[],
  property: string,
  stored: Json,
): boolean =>
  states.some(
    (state) =>
      canonicalJson(state.properties[property] ?? null) === canonicalJson(stored) &&
      claims.some((claim) => claim.changeId === state.change.id),
  );

function withChanges(before: readonly StoredClaim[], changes: readonly ClaimValue[]): StoredClaim[] {
  const after = new Map(before.map((claim) => [claim.id, claim]));
  for (const claim of changes) {
    const known = after.get(claim.id);
    const isSame =
      known &&
      canonicalJson({ ...known, changeId: '' } as never) ===
        canonicalJson({ ...claim, changeId: '' } as never);
    if (!isSame) after.set(claim.id, { ...claim, changeId: PENDING.id });
  }
  return [...after.values()];
}

async function mustStand(
  reader: Reader,
  objects: ReadonlyMap<string, StoredValue>,
  keys: readonly RelationshipKey[],
): Promise<void> {
  const nodeIds = [...objects.values()].filter((value) => !('from' in value)).map((value) => value.id);
  const now = new Map([
    ...(await findNodeStates(reader, nodeIds)),
    ...(await findRelationshipStates(reader, keys)),
  ]);
  for (const [id, { changeId }] of objects) {
    if (now.get(id)?.changeId !== changeId) throw new AppError('STORE_CONFLICT', { tries: 1 });
  }
}

function keyOf(view: Projection, id: string): RelationshipKey | undefined {
  const edge = edgeOf(view, id);
  if (edge < 0) return undefined;
  const { ids } = view.vertices;
  return { id, from: ids[view.from[edge]], to: ids[view.to[edge]] };
}
