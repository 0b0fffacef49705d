/** How a STIX object becomes a value of the model: by the ontology, with nothing of the object left out. */
import type { AddressKind } from '../model/address';
import { stixTypeOfId } from '../model/identity';
import { toRelationshipType } from '../model/naming';
import {
  findNodeType,
  findRelationshipType,
  isAllowed,
  nodeProperties,
  nodeTypeOfStix,
  type PropertySpec,
  relationshipProperties,
  stixNameOf,
} from '../model/ontology/ontology';
import type { StixObject } from '../model/stix-extension';
import { problemOf } from '../model/validate';
import type { Json, NodeValue, Properties, RelationshipValue } from '../model/values';
import type { TypeOf } from './reader';
import { observableName } from './stix-observables';

export type { StixObject } from '../model/stix-extension';

/** What the value itself carries, or what belongs to the serialisation and not to the object. */
const NODE_FRAME: ReadonlySet<string> = new Set(['type', 'id', 'spec_version']);
const RELATIONSHIP_FRAME: ReadonlySet<string> = new Set([
  ...NODE_FRAME,
  'relationship_type',
  'source_ref',
  'target_ref',
]);

/** Sources of external references that name a framework, by the names that ATT&CK and CAPEC bundles use. */
const FRAMEWORKS: ReadonlyMap<string, string> = new Map([
  ['mitre-attack', 'ATTACK'],
  ['mitre-mobile-attack', 'ATTACK'],
  ['mitre-ics-attack', 'ATTACK'],
  ['mitre-pre-attack', 'ATTACK'],
  ['capec', 'CAPEC'],
  ['mitre-fight', 'FIGHT'],
  ['mitre-f3', 'F3'],
  ['motif', 'MOTIF'],
]);

/** Kinds of infrastructure behind the observables that are addresses. */
const ADDRESS_TYPES: ReadonlyMap<string, AddressKind> = new Map([
  ['domain-name', 'domain-name'],
  ['ipv4-addr', 'ip-address'],
  ['ipv6-addr', 'ip-address'],
  ['url', 'url'],
  ['autonomous-system', 'asn'],
]);

/** Type of node that a STIX object becomes. Classes of identities are sectors, as the field uses them. */
export function nodeTypeOfObject(object: StixObject): string {
  if (object.type === 'identity' && object.identity_class === 'class') return 'Sector';
  return nodeTypeOfStix(object.type as string).name;
}

/** @param type type of the node, where something else than the STIX type says it */
export function nodeOf(object: StixObject, id: string, type = nodeTypeOfObject(object)): NodeValue {
  const properties = propertiesOf(object, namesOf(type, nodeProperties), NODE_FRAME);
  const stixType = object.type as string;
  if (findNodeType(type)?.stixTypes[0] !== stixType) properties.stixType = stixType;
  if (properties.name === undefined) assignDefined(properties, 'name', observableName(object));
  const addressType = type === 'Infrastructure' ? ADDRESS_TYPES.get(stixType) : undefined;
  if (addressType !== undefined) {
    assignDefined(properties, 'address', observableName(object));
    properties.infrastructureType = addressType;
  }
  const specs = namesOf(type, nodeProperties).own;
  if (specs.has('externalId')) Object.assign(properties, frameworkOf(object, specs));
  if (type === 'Vulnerability') assignDefined(properties, 'cve', externalIdFrom(object, ['cve', 'CVE']));
  if (!properties.aliases && isStrings(object.x_mitre_aliases)) properties.aliases = object.x_mitre_aliases;
  return { id, type, properties };
}

/** @param given type of the relationship, where something else than its name in STIX says it */
export function relationshipOf(object: StixObject, id: string, given?: string): RelationshipValue {
  const from = object.source_ref as string;
  const to = object.target_ref as string;
  const name = object.relationship_type as string;
  const type = given ?? relationshipTypeOf(name, from, to, () => undefined);
  const properties = propertiesOf(object, namesOf(type, relationshipProperties), RELATIONSHIP_FRAME);
  if (given === undefined) properties.stixType = name;
  return { id, type, from, to, properties };
}

/** The same relationship under another type, its properties sorted anew by what that type has room for. */
export function retyped(value: RelationshipValue, type: string): RelationshipValue {
  const { stixType, customProperties, ...known } = value.properties;
  const before = namesOf(value.type, relationshipProperties).own;
  const entries = Object.entries(known).map(([name, each]) => [stixNameOf(before.get(name)!) ?? name, each]);
  const object = Object.fromEntries([...entries, ...Object.entries(customProperties ?? {})]) as StixObject;
  const properties = propertiesOf(object, namesOf(type, relationshipProperties), RELATIONSHIP_FRAME);
  return { ...value, type, properties: { ...properties, stixType } };
}

/** The type of a STIX relationship: the one of its name where the ontology allows it between these ends. */
export function relationshipTypeOf(name: string, from: string, to: string, typeOf: TypeOf): string {
  const fromTypes = typesOf(from, typeOf);
  const toTypes = typesOf(to, typeOf);
  const mayBe = (type: string): boolean =>
    fromTypes.every((fromType) => toTypes.every((toType) => isAllowed(fromType, type, toType)));
  const named = toRelationshipType(name);
  const candidates = named === 'USES' ? ['USES_TECHNIQUE', 'USES'] : [named];
  const found = candidates.find((type) => findRelationshipType(type) && mayBe(type));
  return found ?? 'RELATED_TO';
}

/** Types that the node of an id may have: what the file says, or what the prefix of the id leaves open. */
function typesOf(id: string, typeOf: TypeOf): readonly string[] {
  const described = typeOf(id);
  if (described !== undefined) return [described];
  const prefix = stixTypeOfId(id) ?? '';
  const type = nodeTypeOfStix(prefix).name;
  return prefix === 'identity' ? [type, 'Sector'] : [type];
}

interface Names {
  readonly byStix: ReadonlyMap<string, PropertySpec>;
  readonly own: ReadonlyMap<string, PropertySpec>;
}

const namesByType = new Map<string, Names>();

function namesOf(type: string, specsOf: (type: string) => readonly PropertySpec[]): Names {
  let names = namesByType.get(type);
  if (!names) {
    const specs = specsOf(type);
    const stix = specs.flatMap((spec) => {
      const name = stixNameOf(spec);
      return name === null ? [] : [[name, spec] as const];
    });
    names = { byStix: new Map(stix), own: new Map(specs.map((spec) => [spec.name, spec])) };
    namesByType.set(type, names);
  }
  return names;
}

/** The property of a type of node or relationship that STIX calls by a name. */
export const specOfStix = (type: string, name: string): PropertySpec | undefined =>
  namesOf(type, findNodeType(type) ? nodeProperties : relationshipProperties).byStix.get(name);

/** Each property under its name in the model if the model has room for such a value, else under its own, apart. */
function propertiesOf(object: StixObject, names: Names, frame: ReadonlySet<string>): Record<string, Json> {
  const properties: Record<string, Json> = {};
  const custom: [string, Json][] = [];
  for (const name of Object.keys(object)) {
    if (frame.has(name)) continue;
    const value = object[name];
    const spec = names.byStix.get(name);
    if (spec !== undefined && value !== null && problemOf(spec, value) === undefined)
      properties[spec.name] = value;
    else custom.push([name, value]);
  }
  if (custom.length > 0) properties.customProperties = Object.fromEntries(custom);
  return properties;
}

/** Framework and id in it, from the first external reference of a source that is a framework. */
function frameworkOf(object: StixObject, specs: ReadonlyMap<string, PropertySpec>): Properties {
  for (const { source, id } of externalIdsOf(object)) {
    const framework = FRAMEWORKS.get(source);
    if (framework === undefined) continue;
    return specs.has('framework') ? { framework, externalId: id } : { externalId: id };
  }
  return {};
}

function externalIdFrom(object: StixObject, sources: readonly string[]): string | undefined {
  return externalIdsOf(object).find((each) => sources.includes(each.source))?.id;
}

function externalIdsOf(object: StixObject): { source: string; id: string }[] {
  const references = object.external_references;
  if (!Array.isArray(references)) return [];
  return references.flatMap((reference) => {
    if (reference === null || typeof reference !== 'object') return [];
    const { source_name: source, external_id: id } = reference as { source_name?: Json; external_id?: Json };
    return typeof source === 'string' && typeof id === 'string' && id !== '' ? [{ source, id }] : [];
  });
}

function assignDefined(properties: Record<string, Json>, name: string, value: string | undefined): void {
  if (value !== undefined) properties[name] = value;
}

const isStrings = (value: Json | undefined): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
