/** How a value lies in the store: flat properties of the kinds both engines keep, JSON as text, and the stamp of its last change. */
import { nodeProperties, type PropertySpec, relationshipProperties } from '../model/ontology/ontology';
import { TEXT_KINDS } from '../model/ontology/property';
import type { Json, NodeValue, Properties, RelationshipValue } from '../model/values';

export type StoredProperties = Readonly<Record<string, unknown>>;

/** A value as it was found, with the stamp of the change that last wrote it. */
export type Stored<V> = V & { readonly changeId: string; readonly digest: string | null };

function encode(properties: Properties, specs: readonly PropertySpec[]): Record<string, unknown> {
  const stored: Record<string, unknown> = {};
  for (const spec of specs) {
    const value = properties[spec.name];
    if (value === undefined || value === null) continue;
    stored[spec.name] = spec.kind === 'json' ? JSON.stringify(value) : value;
  }
  return stored;
}

function decode(stored: StoredProperties, specs: readonly PropertySpec[]): Properties {
  const properties: Record<string, Json> = {};
  for (const spec of specs) {
    const value = stored[spec.name];
    if (value === undefined || value === null) continue;
    properties[spec.name] = spec.kind === 'json' ? JSON.parse(value as string) : (value as Json);
  }
  return properties;
}

/** The texts of the rows of a statement, each once: rows have their places. */
export class TextTable {
  private readonly places = new Map<string, number>();

  get texts(): string[] {
    return [...this.places.keys()];
  }

  placeOf(text: string): number {
    const place = this.places.get(text) ?? this.places.size;
    this.places.set(text, place);
    return place;
  }
}

const isText: ReadonlySet<string> = new Set(TEXT_KINDS);

/** Values by the places that a statement for new objects knows them at; those at the end that are not there are left out. */
function placed(
  row: unknown[],
  properties: Properties,
  specs: readonly PropertySpec[],
  table: TextTable,
): unknown[] {
  let length = row.length;
  for (const { name, kind } of specs) {
    const value = properties[name] ?? null;
    if (value === null) row.push(null);
    else if (isText.has(kind)) row.push(table.placeOf(value as string));
    else row.push(kind === 'json' ? JSON.stringify(value) : value);
    if (value !== null) length = row.length;
  }
  row.length = length;
  return row;
}

/** The row of a node that is not there yet. */
export const placeNode = ({ id, type, properties }: NodeValue, digest: string, table: TextTable): unknown[] =>
  placed([id, digest], properties, nodeProperties(type), table);

/** The row of a relationship that is not there yet. */
export const placeRelationship = (
  { id, type, from, to, properties }: RelationshipValue,
  digest: string,
  table: TextTable,
): unknown[] => placed([id, from, to, digest], properties, relationshipProperties(type), table);

export function encodeNode(value: NodeValue, digest: string, changeId: string): Record<string, unknown> {
  return {
    ...encode(value.properties, nodeProperties(value.type)),
    id: value.id,
    type: value.type,
    digest,
    changeId,
  };
}

export function decodeNode(stored: StoredProperties): Stored<NodeValue> {
  const type = stored.type as string;
  return {
    id: stored.id as string,
    type,
    properties: decode(stored, nodeProperties(type)),
    changeId: stored.changeId as string,
    digest: (stored.digest as string | undefined) ?? null,
  };
}

export function encodeRelationship(
  value: RelationshipValue,
  digest: string,
  changeId: string,
): Record<string, unknown> {
  return {
    ...encode(value.properties, relationshipProperties(value.type)),
    id: value.id,
    digest,
    changeId,
  };
}

export function decodeRelationship(row: {
  type: string;
  from: string;
  to: string;
  properties: StoredProperties;
}): Stored<RelationshipValue> {
  return {
    id: row.properties.id as string,
    type: row.type,
    from: row.from,
    to: row.to,
    properties: decode(row.properties, relationshipProperties(row.type)),
    changeId: row.properties.changeId as string,
    digest: (row.properties.digest as string | undefined) ?? null,
  };
}
