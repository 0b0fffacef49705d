/** The attributes of a selection, for formats that declare them before the first value. */
import { edgeCell } from '../../analysis';
import { nodeProperties, type PropertySpec, relationshipProperties } from '../../model/ontology/ontology';
import type { Json } from '../../model/values';
import { TYPE_COLUMN } from '../projection.service';
import { type ExportGraph, plainText, selectedTypes } from './export-entry';

export type AttributeType = 'text' | 'whole' | 'real' | 'flag';

export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
}

const TYPES: Partial<Record<PropertySpec['kind'], AttributeType>> = {
  int: 'whole',
  float: 'real',
  boolean: 'flag',
};

/** Attributes that nodes and relationships of a selection may have, the type first, the others by name. */
export function attributesOf(
  graph: ExportGraph,
): Readonly<Record<'node' | 'relationship', readonly Attribute[]>> {
  const { projection, selection } = graph;
  const linkTypes = new Set<string>();
  for (const edge of selection.edges) linkTypes.add(String(edgeCell(projection, TYPE_COLUMN, edge)));
  return {
    node: merged(selectedTypes(graph).map(nodeProperties)),
    relationship: merged([...linkTypes].map(relationshipProperties)),
  };
}

/** A name that two types use for values of different kinds is text. */
function merged(lists: readonly (readonly PropertySpec[])[]): readonly Attribute[] {
  const types = new Map<string, AttributeType>();
  for (const { name, kind } of lists.flat()) {
    const type = TYPES[kind] ?? 'text';
    types.set(name, (types.get(name) ?? type) === type ? type : 'text');
  }
  const attributes = [...types].map(([name, type]) => ({ name, type }));
  return [{ name: TYPE_COLUMN, type: 'text' }, ...attributes.sort((a, b) => (a.name < b.name ? -1 : 1))];
}

/** A value as text: whole numbers and others as JavaScript writes them, lists and JSON as JSON. */
export const attributeText = (value: Json): string => plainText(value);
