/** Checks values against the ontology: what a store never holds, however it came in. */
import { stixTypeOfId } from './identity';
import {
  findNodeType,
  findRelationshipType,
  isAllowed,
  nodeProperties,
  nodeTypeOfStix,
  type PropertySpec,
  relationshipProperties,
} from './ontology/ontology';
import type { Json, NodeValue, Properties, RelationshipValue } from './values';
import { VOCABULARIES } from './vocabulary';

/** Why a value cannot be kept, by a stable code. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
}

export type ProblemCode =
  | 'MISSING_ID'
  | 'UNKNOWN_TYPE'
  | 'UNKNOWN_PROPERTY'
  | 'BAD_VALUE'
  | 'OUT_OF_RANGE'
  | 'NOT_IN_VOCABULARY'
  | 'NOT_ALLOWED_BETWEEN'
  | 'ENDS_CHANGED'
  | 'TYPE_CHANGED'
  | 'MISSING_END'
  | 'ERASED'
  | 'IDENTITY_CONTRADICTION'
  | 'MANAGED'
  | 'MARKING_NOT_ALLOWED'
  | 'PERSON_WITHOUT_BASIS'
  | 'CONTRADICTION';

/** Longest id that a store keeps: index keys have a limit. */
export const MAX_ID_LENGTH = 512;

/** RFC 3339 with a full date and time. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

/** Times seen lately: a file repeats few times often. */
const times = new Map<string, number>();
const MAX_TIMES = 20_000;

/** Milliseconds of an RFC 3339 time; NaN for anything else. */
export function timeOf(value: unknown): number {
  if (typeof value !== 'string') return Number.NaN;
  let time = times.get(value);
  if (time === undefined) {
    time = TIMESTAMP.test(value) && isDayOfMonth(value) ? Date.parse(value) : Number.NaN;
    if (times.size >= MAX_TIMES) times.clear();
    if (value.length < 40) times.set(value, time);
  }
  return time;
}

/** Date.parse lets 30 February pass; the calendar does not. */
function isDayOfMonth(time: string): boolean {
  const day = Number(time.slice(8, 10));
  return (
    day < 29 || day <= new Date(Date.UTC(Number(time.slice(0, 4)), Number(time.slice(5, 7)), 0)).getUTCDate()
  );
}

export const isTimestamp = (value: unknown): value is string => !Number.isNaN(timeOf(value));

const hasKind: Record<PropertySpec['kind'], (value: Json) => boolean> = {
  string: (value) => typeof value === 'string',
  int: (value) => Number.isSafeInteger(value),
  float: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  datetime: isTimestamp,
  strings: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  json: () => true,
};

/** What is wrong with a value for a property, or undefined. */
export function problemOf(spec: PropertySpec, value: Json): Problem | undefined {
  if (value === null) return undefined;
  if (!hasKind[spec.kind](value)) {
    return { code: 'BAD_VALUE', message: `${spec.name} expects ${spec.kind}, got ${brief(value)}` };
  }
  if (spec.range && typeof value === 'number' && (value < spec.range[0] || value > spec.range[1])) {
    return {
      code: 'OUT_OF_RANGE',
      message: `${spec.name} must lie in ${spec.range.join(' to ')}, got ${value}`,
    };
  }
  if (spec.vocabulary) {
    const terms: readonly string[] = VOCABULARIES[spec.vocabulary];
    const wrong = (Array.isArray(value) ? value : [value]).find((each) => !terms.includes(each as string));
    if (wrong !== undefined) {
      return {
        code: 'NOT_IN_VOCABULARY',
        message: `${spec.name} has no term ${brief(wrong)} (${spec.vocabulary})`,
      };
    }
  }
  return undefined;
}

export function problemsOfNode(value: NodeValue): Problem[] {
  if (!isUsableId(value.id)) return [missingId(value.id)];
  if (!findNodeType(value.type)) return [unknownType(value.type)];
  return [...problemsOf(value.properties, nodeProperties(value.type)), ...problemsOfPerson(value)];
}

/** What must be said of a natural person before anything is kept: in what standing, on what basis, until when. */
const PERSON_NEEDS = ['standing', 'legalBasis', 'reviewAt'] as const;

function problemsOfPerson({ id, type, properties }: NodeValue): Problem[] {
  if (type !== 'ThreatActor' || properties.kind !== 'PERSON' || properties.revoked === true) return [];
  const missing = PERSON_NEEDS.filter((name) => {
    const value = properties[name];
    return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
  });
  if (missing.length === 0) return [];
  const message = `${id} is a natural person and is kept only with ${PERSON_NEEDS.join(', ')}; missing: ${missing.join(', ')}`;
  return [{ code: 'PERSON_WITHOUT_BASIS', message }];
}

/** Problems of a relationship but for the types of its ends. */
export function problemsOfRelationship(value: RelationshipValue): Problem[] {
  if (!isUsableId(value.id)) return [missingId(value.id)];
  if (!findRelationshipType(value.type)) return [unknownType(value.type)];
  if (!isUsableId(value.from) || !isUsableId(value.to)) {
    return [{ code: 'MISSING_END', message: `${value.id} needs the ids of both ends` }];
  }
  return problemsOf(value.properties, relationshipProperties(value.type));
}

/**
 * What contradicts itself within one value: an end before its beginning, a low estimate above the high one, a term without
 * the number it needs. People are told to mend it; what a source says is kept, as docs/import.md says.
 */
export function contradictionsOf(value: NodeValue | RelationshipValue): Problem[] {
  if (!isUsableId(value.id)) return [];
  const isLink = 'from' in value;
  const specs = isLink ? relationshipProperties(value.type) : nodeProperties(value.type);
  const found = bounding(specs).flatMap((spec) => contradictionsIn(spec, value.properties));
  const named = isLink ? undefined : typeNamedIn(value.id);
  if (named !== undefined && named !== value.type) found.push(`its id says ${named}, its type ${value.type}`);
  if (isLink && value.from === value.to && findRelationshipType(value.type)?.mayLoop === false)
    found.push(`${value.type} leads from ${brief(value.from)} to itself`);
  return found.map((message) => ({ code: 'CONTRADICTION', message: `${value.id}: ${message}` }));
}

/** Type that the prefix of an id says beyond doubt. Identities are organisations and sectors, and STIX knows more types. */
function typeNamedIn(id: string): string | undefined {
  const prefix = stixTypeOfId(id);
  if (prefix === undefined || prefix === 'identity') return undefined;
  const { name, stixTypes } = nodeTypeOfStix(prefix);
  return stixTypes.includes(prefix) ? name : undefined;
}

const boundingSpecs = new WeakMap<readonly PropertySpec[], readonly PropertySpec[]>();

/** Properties that say something of others. */
function bounding(specs: readonly PropertySpec[]): readonly PropertySpec[] {
  let found = boundingSpecs.get(specs);
  if (!found) {
    found = specs.filter(({ notBelow, onlyWith }) => notBelow !== undefined || onlyWith !== undefined);
    boundingSpecs.set(specs, found);
  }
  return found;
}

function contradictionsIn(spec: PropertySpec, properties: Properties): string[] {
  const value = properties[spec.name] ?? null;
  const found: string[] = [];
  for (const name of value === null ? [] : (spec.notBelow ?? [])) {
    const low = properties[name] ?? null;
    if (low !== null && magnitude(spec, value) < magnitude(spec, low))
      found.push(`${spec.name} ${brief(value)} lies below ${name} ${brief(low)}`);
  }
  if (spec.onlyWith === undefined) return found;
  const [name, term] = spec.onlyWith;
  const isNeeded = properties[name] === term;
  if (isNeeded && value === null) found.push(`${name} ${term} needs ${spec.name}`);
  if (!isNeeded && value !== null)
    found.push(`${spec.name} ${brief(value)} is for ${name} ${term}, got ${brief(properties[name] ?? null)}`);
  return found;
}

/** What is no time or number compares as neither below nor above. */
const magnitude = ({ kind }: PropertySpec, value: Json): number =>
  kind === 'datetime' ? timeOf(value) : typeof value === 'number' ? value : Number.NaN;

/** Why a relationship may not lead between two types of node, each undefined while nobody knows it. */
export function problemOfEnds(type: string, fromType?: string, toType?: string): Problem | undefined {
  if (fromType === undefined || toType === undefined || isAllowed(fromType, type, toType)) return undefined;
  return { code: 'NOT_ALLOWED_BETWEEN', message: `${type} does not lead from ${fromType} to ${toType}` };
}

/** Half of a surrogate pair is no character: stores keep all of them as one and the same. */
const LONE_SURROGATE = /\p{Surrogate}/u;

const isUsableId = (id: unknown): boolean =>
  typeof id === 'string' && id !== '' && id.length <= MAX_ID_LENGTH && !LONE_SURROGATE.test(id);

const missingId = (id: unknown): Problem => ({
  code: 'MISSING_ID',
  message: `an id is text of 1 to ${MAX_ID_LENGTH} characters, got ${brief(id as Json)}`,
});

const unknownType = (type: string): Problem => ({
  code: 'UNKNOWN_TYPE',
  message: `the ontology has no type ${brief(type)}`,
});

const specsByName = new WeakMap<readonly PropertySpec[], ReadonlyMap<string, PropertySpec>>();

function namedSpecs(specs: readonly PropertySpec[]): ReadonlyMap<string, PropertySpec> {
  let byName = specsByName.get(specs);
  if (!byName) {
    byName = new Map(specs.map((spec) => [spec.name, spec]));
    specsByName.set(specs, byName);
  }
  return byName;
}

function problemsOf(properties: Properties, specs: readonly PropertySpec[]): Problem[] {
  const byName = namedSpecs(specs);
  const problems: Problem[] = [];
  for (const name in properties) {
    const value = properties[name];
    const spec = byName.get(name);
    if (!spec)
      problems.push({
        code: 'UNKNOWN_PROPERTY',
        message: `the ontology has no property ${brief(name)} here`,
      });
    else {
      const problem = problemOf(spec, value);
      if (problem) problems.push(problem);
    }
  }
  return problems;
}

/** A value in a message: short, whatever it is. */
export function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
