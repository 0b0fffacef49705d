/**
 * Nodes and relationships as STIX 2.1 objects. What STIX has room for stands where it expects it; whatever reading that back
 * would not give is added in the extension of this project, so that import and export undo each other exactly.
 */

import { isStixTime, misfit } from '../../ingest/stix-faults';
import { nodeOf, relationshipOf, relationshipTypeOf } from '../../ingest/stix-mapping';
import { linksOf } from '../../ingest/stix-references';
import { canonicalJson } from '../../model/digest';
import { stixTypeOfId, uuidV5 } from '../../model/identity';
import { toStixRelationship } from '../../model/naming';
import {
  findNodeType,
  nodeProperties,
  type PropertySpec,
  relationshipProperties,
  stixNameOf,
} from '../../model/ontology/ontology';
import {
  CLAIM_PROPERTIES,
  EXTENSION_OBJECTS,
  extensionOfType,
  FALLBACK_STIX_TYPE,
  MODEL_EXTENSION,
  type StixObject,
  toExtensionName,
} from '../../model/stix-extension';
import type { ClaimValue, Json, NodeValue, Properties, RelationshipValue } from '../../model/values';
import { markingRefs } from './markings';
import {
  fillRequired,
  hasRoom,
  isObservable,
  isPropertyName,
  isRelationshipName,
  isStandardName,
  isTypeName,
} from './stix-properties';

type Draft = Record<string, Json>;

/** When an object was first and last written, as RFC 3339: for objects whose source does not say. */
export interface WrittenAt {
  readonly first: string;
  readonly last: string;
}

/** A node that a relationship leads to, as far as its STIX id depends on it. */
export interface EndNode {
  readonly id: string;
  readonly type: string;
  /** Type of the object at its source. */
  readonly stixType?: string;
  /** Nobody has described it: the export has no object for it. */
  readonly isStub: boolean;
}

const STIX_ID = /^[a-z][a-z0-9-]*--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The STIX type of a node: what its source called it, what its id says, or the one of its type. */
export function stixTypeOf({ id, type, stixType }: Pick<EndNode, 'id' | 'type' | 'stixType'>): string {
  if (stixType !== undefined && isTypeName(stixType) && stixType !== 'relationship') return stixType;
  const known = findNodeType(type)?.stixTypes ?? [];
  const prefix = stixTypeOfId(id);
  if (prefix !== undefined && known.includes(prefix)) return prefix;
  if (known.length > 0) return known[0];
  const isOpen = prefix !== undefined && STIX_ID.test(id) && prefix !== 'relationship' && prefix !== 'bundle';
  return isOpen && isTypeName(prefix) ? prefix : FALLBACK_STIX_TYPE;
}

/** The id itself where STIX takes it for the type, else one that is always the same for it. */
const exportedId = (id: string, stixType: string): string =>
  STIX_ID.test(id) && stixTypeOfId(id) === stixType ? id : `${stixType}--${uuidV5(`exported\u0000${id}`)}`;

/** Id of a relationship in STIX. */
export const relationshipStixId = (id: string): string => exportedId(id, 'relationship');

export const stixIdOf = (node: EndNode): string => exportedId(node.id, stixTypeOf(node));

/** A node as a STIX object. */
export function stixNode(
  node: NodeValue,
  at: WrittenAt,
  claims: readonly ClaimValue[],
  hasRelationship: (id: string) => boolean,
): StixObject {
  const stixType = stixTypeOf({ ...node, stixType: node.properties.stixType as string | undefined });
  const object: Draft = { type: stixType, spec_version: '2.1', id: exportedId(node.id, stixType) };
  writeProperties(object, node, nodeProperties(node.type));
  writeTimes(object, at);
  writeReferences(object, node);
  fillRequired(object);
  const typeExtension = extensionOfType(stixType);
  const known = nodeOf(object, node.id);
  const hasType = known.type === node.type;
  const read = hasType ? known : nodeOf(object, node.id, node.type);
  return extended(object, typeExtension, {
    ...(object.id === node.id ? {} : { model_id: node.id }),
    ...(hasType ? {} : { model_type: node.type }),
    ...difference(read.properties, node.properties),
    ...(isLinked(object, node.id, hasRelationship) ? {} : { unlinked: true }),
    ...claimsPart(claims),
  });
}

/** Whether everything that reading the object would link is linked, so that reading it adds nothing. */
function isLinked(object: StixObject, id: string, hasRelationship: (id: string) => boolean): boolean {
  if (object.type === 'attack-flow') return false;
  return linksOf(object, id).every((item) => item.kind !== 'relationship' || hasRelationship(item.value.id));
}

/** A relationship as a STIX object. */
export function stixRelationship(
  value: RelationshipValue,
  ends: { readonly from: EndNode; readonly to: EndNode },
  at: WrittenAt,
  claims: readonly ClaimValue[],
): StixObject {
  const said = value.properties.stixType as string | undefined;
  const name = said !== undefined && isRelationshipName(said) ? said : toStixRelationship(value.type);
  const [from, to] = [stixIdOf(ends.from), stixIdOf(ends.to)];
  const object: Draft = {
    type: 'relationship',
    spec_version: '2.1',
    id: relationshipStixId(value.id),
    relationship_type: name,
    source_ref: from,
    target_ref: to,
  };
  writeProperties(object, value, relationshipProperties(value.type));
  writeTimes(object, at);
  const types = new Map([ends.from, ends.to].map((end) => [end.id, end.isStub ? undefined : end.type]));
  const derived = relationshipTypeOf(name, value.from, value.to, (id) => types.get(id));
  const read = relationshipOf(object, value.id, value.type).properties;
  const asNamed = difference({ ...read, stixType: name }, value.properties);
  // A reader settles the type of what only a name tells; what the extension adds is for a type that it knows.
  const isTold = said === name && derived === value.type && Object.keys(asNamed).length === 0;
  return extended(object, undefined, {
    ...(object.id === value.id ? {} : { model_id: value.id }),
    ...(isTold ? {} : { model_type: value.type, ...difference(read, value.properties) }),
    ...(from === value.from ? {} : { source_id: value.from }),
    ...(to === value.to ? {} : { target_id: value.to }),
    ...claimsPart(claims),
  });
}

/** What the model holds under the names of STIX, and what a source said beyond, as it came. */
function writeProperties(
  object: Draft,
  { type, properties }: NodeValue | RelationshipValue,
  specs: readonly PropertySpec[],
): void {
  const stixType = object.type as string;
  const custom = (properties.customProperties ?? {}) as Properties;
  const isMap = typeof custom === 'object' && !Array.isArray(custom);
  for (const [name, value] of Object.entries(isMap ? custom : {})) {
    const isOurs = name === 'extensions' && !mayStay(value);
    if (!isPropertyName(name) || value === null || isOurs || FRAME.has(name)) continue;
    const isStandard = isStandardName(stixType, name);
    // What STIX would not take under its own name travels in the extension.
    if (isStandard && misfit(stixType, type, name, value) !== undefined) continue;
    object[name] = isStandard && isStixTime(stixType, name) ? inUtc(value as string) : value;
  }
  for (const spec of specs) {
    const name = stixNameOf(spec);
    const value = properties[spec.name];
    if (name === null || value === undefined || value === null || !hasRoom(stixType, name)) continue;
    // Reading takes the aliases from there, so they need not be said twice.
    if (name === 'aliases' && object.x_mitre_aliases !== undefined && object.aliases === undefined) {
      if (canonicalJson(object.x_mitre_aliases) === canonicalJson(value)) continue;
    }
    const written = writtenValue(spec, value);
    if (written !== undefined) object[name] = written;
  }
}

const FRAME: ReadonlySet<string> = new Set(['relationship_type', 'source_ref', 'target_ref', 'type', 'id']);

const isPlainMap = (value: Json): boolean =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Extensions of others stay where they are; anything else under that name travels in ours. */
const mayStay = (extensions: Json): boolean =>
  isPlainMap(extensions) &&
  Object.keys(extensions as object).length > 0 &&
  Object.keys(extensions as object).every((id) => !EXTENSION_OBJECTS.has(id));

const inUtc = (time: string): string => (/T.*Z$/.test(time) ? time : new Date(time).toISOString());

/** Times in UTC, markings by their identifiers, and no empty lists: STIX has none. */
function writtenValue(spec: PropertySpec, value: Json): Json | undefined {
  if (spec.name === 'markings') {
    const refs = markingRefs(value as readonly string[]);
    return refs.length > 0 ? refs : undefined;
  }
  if (spec.kind === 'datetime') return inUtc(value as string);
  return Array.isArray(value) && value.length === 0 ? undefined : value;
}

function writeTimes(object: Draft, at: WrittenAt): void {
  const stixType = object.type as string;
  if (isObservable(stixType)) return;
  const modified = object.modified as string | undefined;
  object.created ??= modified !== undefined && modified < at.first ? modified : at.first;
  if (stixType === 'marking-definition' || modified !== undefined) return;
  object.modified = (object.created as string) > at.last ? object.created : at.last;
}

const SOURCE_NAMES: Readonly<Record<string, string>> = {
  ATTACK: 'mitre-attack',
  CAPEC: 'capec',
  FIGHT: 'mitre-fight',
  F3: 'mitre-f3',
  MOTIF: 'motif',
};

/** The identifier in a framework, where other tools look for it. */
function writeReferences(object: Draft, { properties }: NodeValue): void {
  if (object.external_references !== undefined || isObservable(object.type as string)) return;
  const { cve, framework, externalId } = properties;
  const source = typeof framework === 'string' ? SOURCE_NAMES[framework] : undefined;
  if (typeof cve === 'string') object.external_references = [{ source_name: 'cve', external_id: cve }];
  else if (source !== undefined && typeof externalId === 'string') {
    object.external_references = [{ source_name: source, external_id: externalId }];
  }
}

/** What turns the properties as they will be read into those that are meant. */
function difference(read: Properties, meant: Properties): { properties?: Properties; filled?: string[] } {
  const properties: Record<string, Json> = {};
  for (const [name, value] of Object.entries(meant)) {
    if (value === null || value === undefined) continue;
    const known = read[name];
    if (known === undefined || canonicalJson(known) !== canonicalJson(value))
      properties[toExtensionName(name)] = value;
  }
  const filled = Object.keys(read).filter((name) => meant[name] === undefined || meant[name] === null);
  return {
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(filled.length > 0 ? { filled: filled.map(toExtensionName).sort() } : {}),
  };
}

function claimsPart(claims: readonly ClaimValue[]): { claims?: Json } {
  if (claims.length === 0) return {};
  const parts = claims.map((claim) =>
    Object.fromEntries(
      CLAIM_PROPERTIES.filter((name) => claim[name] !== undefined).map((name) => [
        toExtensionName(name),
        claim[name] as Json,
      ]),
    ),
  );
  return { claims: parts };
}

function extended(object: Draft, typeExtension: string | undefined, part: Draft): StixObject {
  const extensions: Draft = { ...((object.extensions ?? {}) as Draft) };
  if (typeExtension !== undefined) extensions[typeExtension] = { extension_type: 'new-sdo' };
  if (Object.keys(part).length > 0) {
    extensions[MODEL_EXTENSION] = { extension_type: 'property-extension', ...part };
  }
  if (Object.keys(extensions).length > 0) object.extensions = extensions;
  return object;
}
