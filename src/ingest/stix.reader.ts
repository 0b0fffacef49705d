/** Reads STIX 2.0 and 2.1: bundles, bare objects, bare arrays of objects, in any order. */
import { AppError } from '../errors';
import type { ModelExtension } from '../model/stix-extension';
import { brief, MAX_ID_LENGTH } from '../model/validate';
import type { Json, NodeValue, RelationshipValue } from '../model/values';
import { FlowCollector } from './attack-flow';
import { TacticCollector } from './attack-tactics';
import { isObject, jsonPieces, listOf } from './json-document';
import {
  carriedClaims,
  extendedNode,
  extendedRelationship,
  isExtensionObject,
  isUnlinked,
  splitExtension,
} from './model-extension';
import type { Content, Evidence, Fault, FormatReader, ReadItem, TypeOf } from './reader';
import { faultsOf } from './stix-faults';
import { nodeOf, relationshipOf, relationshipTypeOf, retyped, type StixObject } from './stix-mapping';
import { embeddedObservables } from './stix-observables';
import { linkOf, linksOf } from './stix-references';

const STREAMED: ReadonlySet<string> = new Set(['objects']);

const reject = (id: Json | undefined, code: string, message: string): ReadItem => ({
  kind: 'rejected',
  id: typeof id === 'string' ? brief(id) : '',
  code,
  message,
});

const isId = (value: Json | undefined): value is string =>
  typeof value === 'string' && value !== '' && value.length <= MAX_ID_LENGTH;

/** One STIX object as an entry; what cannot be kept says why. */
export function itemOf(object: Json, offset: number): ReadItem {
  const where = `the object at byte ${offset}`;
  if (object === null || typeof object !== 'object' || Array.isArray(object)) {
    return reject('', 'NOT_AN_OBJECT', `${where} is ${brief(object)}`);
  }
  const { plain: stix, extension } = splitExtension(object as StixObject);
  const { id, type } = stix;
  if (!isId(id)) {
    const expected = `an id of 1 to ${MAX_ID_LENGTH} characters`;
    return reject(id, 'MISSING_ID', `${where} needs ${expected}, got ${brief(id)}`);
  }
  if (typeof type !== 'string' || type === '') {
    return reject(id, 'MISSING_TYPE', `${where} needs a type, got ${brief(type)}`);
  }
  const evidence = evidenceOf(stix);
  if (type !== 'relationship') {
    const value = nodeOf(stix, id, extension?.model_type);
    return {
      kind: 'node',
      evidence,
      ...faulty(stix, value),
      ...(extension ? extendedItem(extendedNode(value, extension), extension) : { value }),
    };
  }
  if (!isId(stix.source_ref) || !isId(stix.target_ref)) {
    return reject(id, 'MISSING_END', `${where} is a relationship without the ids of both ends`);
  }
  if (typeof stix.relationship_type !== 'string' || stix.relationship_type === '') {
    return reject(id, 'MISSING_TYPE', `${where} is a relationship without a relationship_type`);
  }
  const value = relationshipOf(stix, id, extension?.model_type);
  if (!extension) return { kind: 'relationship', value, evidence, ...faulty(stix, value) };
  const isSettled = extension.model_type === undefined ? {} : { isSettled: true as const };
  return {
    kind: 'relationship',
    evidence,
    ...faulty(stix, value),
    ...extendedItem(extendedRelationship(value, extension), extension),
    ...isSettled,
  };
}

function faulty(
  { type }: StixObject,
  value: NodeValue | RelationshipValue,
): { readonly faults?: readonly Fault[] } {
  const faults = faultsOf(type as string, value);
  return faults.length > 0 ? { faults } : {};
}

/** A value as it was exported, with the claims that came along. */
function extendedItem<V extends NodeValue | RelationshipValue>(value: V, extension: ModelExtension) {
  const claims = carriedClaims(value.id, extension);
  return claims.length > 0 ? { value, claims } : { value };
}

/** What STIX says about the word of its source: how sure it is, and whose word it is. */
function evidenceOf(object: StixObject): Evidence | undefined {
  const { confidence, created_by_ref: author } = object;
  const isSure = typeof confidence === 'number' && confidence >= 0 && confidence <= 100;
  if (!isSure && typeof author !== 'string') return undefined;
  return {
    ...(isSure ? { confidence } : {}),
    ...(typeof author === 'string' ? { originKey: author } : {}),
  };
}

/** Whether an object looks like STIX at all: a file in which none does is something else. */
const isStixLike = (object: Json): object is StixObject =>
  isObject(object) && 'type' in object && 'id' in object;

/** An id with the type of its object in front: a lone object of something else may have an id too. */
const isTypedId = (id: Json): boolean => typeof id === 'string' && id.includes('--');

/** Turns objects into entries while they come, and gathers what only all of them together say. */
class ObjectTaker {
  /** How many look like STIX. */
  alike = 0;
  private items: ReadItem[] = [];
  private readonly flows = new FlowCollector();
  private readonly tactics = new TacticCollector();

  take(object: Json, offset: number, isAlike = isStixLike(object)): void {
    // A bundle is no object, wherever it stands: what it holds is.
    if (isObject(object) && object.type === 'bundle') {
      this.alike++;
      for (const each of listOf(object.objects)) this.take(each, offset);
      return;
    }
    if (isAlike) this.alike++;
    if (isStixLike(object) && isExtensionObject(object)) return;
    const item = itemOf(object, offset);
    this.items.push(item);
    if (item.kind === 'rejected' || isUnlinked(object as StixObject)) return;
    this.flows.add(object as StixObject);
    if (item.kind !== 'node') return;
    this.tactics.add(object as StixObject, item.value.id);
    this.items.push(...carriedAlong(object as StixObject, item.value.id));
  }

  /** The entries since the last time. */
  taken(): ReadItem[] {
    const { items } = this;
    this.items = [];
    return items;
  }

  /** What follows from all objects. */
  together(): ReadItem[] {
    return [...this.flows.items(), ...this.tactics.items()];
  }
}

async function* read(content: Content): AsyncIterable<readonly ReadItem[]> {
  const taker = new ObjectTaker();
  let isEmpty = true;
  for await (const pieces of jsonPieces(content, STREAMED)) {
    isEmpty = false;
    for (const { value, offset, ...piece } of pieces) {
      if (piece.kind === 'element') taker.take(value, offset);
      else if (piece.elements === 0) taker.take(value, offset, isStixLike(value) && isTypedId(value.id));
    }
    const items = taker.taken();
    if (items.length > 0) yield items;
  }
  if (taker.alike === 0 && !isEmpty)
    throw new AppError('NOT_STIX', { file: content.name, reason: 'no object in it has a type and an id' });
  yield taker.together();
}

/** What an object says by naming others, and the observables that STIX 2.0 keeps inside it. */
function carriedAlong(object: StixObject, id: string): readonly ReadItem[] {
  const inside = object.type === 'observed-data' ? embeddedObservables(object, id) : [];
  return [
    ...linksOf(object, id),
    ...inside.flatMap((each): ReadItem[] => {
      const own = each as StixObject;
      const ownId = own.id as string;
      const value = nodeOf(own, ownId);
      const node: ReadItem = { kind: 'node', value, isShared: true, implied: true, ...faulty(own, value) };
      return [node, linkOf('CONTAINS', id, ownId, 'object'), ...linksOf(own, ownId)];
    }),
  ];
}

function settle(value: RelationshipValue, typeOf: TypeOf): RelationshipValue {
  const name = value.properties.stixType as string;
  const type = relationshipTypeOf(name, value.from, value.to, typeOf);
  return type === value.type ? value : retyped(value, type);
}

export const stixReader: FormatReader = { format: 'stix', read, settle };
