/** Look-ups over the declarative ontology: which types there are, what they carry, and which ends may meet. */
import { toSnakeCase } from '../naming';
import type { NodeType } from './node-type';
import { NODE_PROPERTIES, NODE_TYPES } from './nodes';
import type { PropertySpec } from './property';
import { RELATIONSHIP_PROPERTIES, RELATIONSHIP_TYPES, type RelationshipType } from './relationships';

export type { NodeType } from './node-type';
export type { PropertySpec } from './property';
export type { RelationshipType } from './relationships';

const nodesByName = new Map(NODE_TYPES.map((each) => [each.name, each]));
const relationshipsByName = new Map(RELATIONSHIP_TYPES.map((each) => [each.name, each]));
const nodesByStix = new Map(
  NODE_TYPES.flatMap((each) => each.stixTypes.map((stix) => [stix, each] as const)),
);

export const nodeTypes = (): readonly NodeType[] => NODE_TYPES;
export const relationshipTypes = (): readonly RelationshipType[] => RELATIONSHIP_TYPES;
export const findNodeType = (name: string): NodeType | undefined => nodesByName.get(name);
export const findRelationshipType = (name: string): RelationshipType | undefined =>
  relationshipsByName.get(name);

/** The node type that objects of a STIX type become; `Thing` where the model has none. */
export const nodeTypeOfStix = (stixType: string): NodeType =>
  nodesByStix.get(stixType) ?? nodesByName.get('Thing')!;

const propertiesByNode = new Map<string, readonly PropertySpec[]>(
  NODE_TYPES.map((each) => [each.name, merged(each.properties, NODE_PROPERTIES)]),
);
const propertiesByRelationship = new Map<string, readonly PropertySpec[]>(
  RELATIONSHIP_TYPES.map((each) => [each.name, merged(each.properties, RELATIONSHIP_PROPERTIES)]),
);

/** Own properties first; a shared one of the same name gives way. */
function merged(own: readonly PropertySpec[], shared: readonly PropertySpec[]): readonly PropertySpec[] {
  const names = new Set(own.map((each) => each.name));
  return [...own, ...shared.filter((each) => !names.has(each.name))];
}

/** Every property a type of node may carry. */
export const nodeProperties = (type: string): readonly PropertySpec[] => propertiesByNode.get(type) ?? [];

/** Every property a type of relationship may carry. */
export const relationshipProperties = (type: string): readonly PropertySpec[] =>
  propertiesByRelationship.get(type) ?? [];

/** Name of a property in STIX 2.1, or null when STIX has no room for it. */
export const stixNameOf = (property: PropertySpec): string | null =>
  property.stix === undefined ? toSnakeCase(property.name) : property.stix;

/** Whether an end given as `*`, `Component` or a type name admits a node type. */
export function admits(ends: readonly string[], nodeType: string): boolean {
  return ends.some(
    (end) =>
      end === '*' ||
      end === nodeType ||
      (end === 'Component' && nodesByName.get(nodeType)?.isComponent === true),
  );
}

/** Whether the ontology allows a relationship between two types of node. */
export function isAllowed(from: string, type: string, to: string): boolean {
  const relationship = relationshipsByName.get(type);
  return relationship !== undefined && admits(relationship.from, from) && admits(relationship.to, to);
}

/** Labels of a node in the store: the shared one, its type, and `Component` where it is one. */
export function labelsOf(type: NodeType): readonly string[] {
  return type.isComponent ? ['Entity', type.name, 'Component'] : ['Entity', type.name];
}
