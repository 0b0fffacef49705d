/** Reads what exports of this project carry in their extension, so that importing an export gives back what was exported. */
import {
  findNodeType,
  findRelationshipType,
  nodeProperties,
  type PropertySpec,
  relationshipProperties,
} from '../model/ontology/ontology';
import {
  CLAIM_PROPERTIES,
  EXTENSION_OBJECTS,
  extensionOfType,
  MODEL_EXTENSION,
  type ModelExtension,
  type StixObject,
  toExtensionName,
} from '../model/stix-extension';
import { isTimestamp, MAX_ID_LENGTH } from '../model/validate';
import type { ClaimValue, Json, NodeValue, Properties, RelationshipValue } from '../model/values';
import { isObject } from './json-document';

/** Whether an object only explains the extensions to other readers. */
export const isExtensionObject = (object: StixObject): boolean =>
  typeof object.id === 'string' && EXTENSION_OBJECTS.has(object.id);

/** An object without the extensions of this project, and what it carried in the one for properties. */
export interface PlainObject {
  readonly plain: StixObject;
  readonly extension?: ModelExtension;
}

/** Whether an export says that what an object names makes no relationships: it holds all there are. */
export const isUnlinked = (object: StixObject): boolean =>
  object.extensions !== undefined && splitExtension(object).extension?.unlinked === true;

/** An extension that is not as this version writes it stays where it is, as those of others do. */
export function splitExtension(object: StixObject): PlainObject {
  const { extensions, ...rest } = object;
  if (!isObject(extensions)) return { plain: object };
  const { [MODEL_EXTENSION]: given, ...rested } = extensions;
  const others: Record<string, Json> = rested;
  const ownType = typeof object.type === 'string' ? extensionOfType(object.type) : undefined;
  const extension = fits(given, object.type === 'relationship') ? given : undefined;
  if (given !== undefined && extension === undefined) return { plain: object };
  if (ownType !== undefined && isBare(others[ownType])) delete others[ownType];
  else if (given === undefined) return { plain: object };
  const plain = Object.keys(others).length > 0 ? { ...rest, extensions: others } : rest;
  return { plain: plain as StixObject, extension };
}

/** Says no more than that the object is of a new type. */
const isBare = (value: Json | undefined): boolean =>
  isObject(value) && value.extension_type === 'new-sdo' && Object.keys(value).length === 1;

const TEXTS = ['model_id', 'model_type', 'source_id', 'target_id'] as const;
const KNOWN: ReadonlySet<string> = new Set([
  ...TEXTS,
  'extension_type',
  'properties',
  'filled',
  'unlinked',
  'claims',
]);

function fits(value: Json | undefined, isRelationship: boolean): value is Json & ModelExtension {
  if (!isObject(value)) return false;
  const { model_type: type, properties, filled, unlinked, claims } = value;
  const findType = isRelationship ? findRelationshipType : findNodeType;
  return (
    Object.keys(value).every((key) => KNOWN.has(key)) &&
    TEXTS.every((name) => value[name] === undefined || isShortText(value[name])) &&
    (type === undefined || findType(type as string) !== undefined) &&
    (properties === undefined || isObject(properties)) &&
    (filled === undefined || (Array.isArray(filled) && filled.every((name) => typeof name === 'string'))) &&
    (unlinked === undefined || unlinked === true) &&
    (claims === undefined || (Array.isArray(claims) && claims.every(isClaim)))
  );
}

const isShortText = (value: Json | undefined): value is string =>
  typeof value === 'string' && value !== '' && value.length <= MAX_ID_LENGTH;

const isText = (value: Json): boolean => typeof value === 'string';
const isTexts = (value: Json): boolean => Array.isArray(value) && value.every(isText);
const isWithin = (least: number, greatest: number) => (value: Json) =>
  typeof value === 'number' && value >= least && value <= greatest;

const CLAIM_VALUES: Readonly<Record<(typeof CLAIM_PROPERTIES)[number], (value: Json) => boolean>> = {
  id: isShortText,
  reportId: isShortText,
  about: isTexts,
  says: isText,
  confidence: isWithin(0, 100),
  credibility: isWithin(1, 6),
  derivation: isText,
  originKey: isText,
  values: isObject,
  repeats: isTexts,
  validFrom: isTimestamp,
  validTo: isTimestamp,
  markings: isTexts,
  edited: (value) => typeof value === 'boolean',
  retractedAt: isTimestamp,
  retractedBy: isText,
  retractionReason: isText,
};

const CLAIM_NAMES = new Map(CLAIM_PROPERTIES.map((name) => [toExtensionName(name), name]));

const isClaim = (value: Json): boolean =>
  isObject(value) &&
  isShortText(value.id) &&
  value.id.startsWith('claim--') &&
  isShortText(value.report_id) &&
  Object.entries(value).every(([name, each]) => {
    const known = CLAIM_NAMES.get(name);
    return known !== undefined && CLAIM_VALUES[known](each);
  });

/** The node as it was exported. */
export function extendedNode(value: NodeValue, extension: ModelExtension): NodeValue {
  const id = extension.model_id ?? value.id;
  return { ...value, id, properties: extended(value.properties, nodeProperties(value.type), extension) };
}

/** The relationship as it was exported. */
export function extendedRelationship(value: RelationshipValue, extension: ModelExtension): RelationshipValue {
  return {
    id: extension.model_id ?? value.id,
    type: value.type,
    from: extension.source_id ?? value.from,
    to: extension.target_id ?? value.to,
    properties: extended(value.properties, relationshipProperties(value.type), extension),
  };
}

function extended(read: Properties, specs: readonly PropertySpec[], extension: ModelExtension): Properties {
  const names = new Map(specs.map((spec) => [toExtensionName(spec.name), spec.name]));
  const filled = new Set((extension.filled ?? []).map((name) => names.get(name) ?? name));
  const given = Object.entries(extension.properties ?? {});
  return Object.fromEntries([
    ...Object.entries(read).filter(([name]) => !filled.has(name)),
    ...given.map(([name, value]) => [names.get(name) ?? name, value] as const),
  ]);
}

/** Claims that an export carries along with a fact. */
export function carriedClaims(factId: string, extension: ModelExtension): readonly ClaimValue[] {
  return (extension.claims ?? []).map((claim) => {
    const said = Object.entries(claim).map(([name, value]) => [CLAIM_NAMES.get(name), value]);
    return { ...Object.fromEntries(said), factId } as ClaimValue;
  });
}
