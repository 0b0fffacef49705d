/** One valid value for every property, and one valid value of every type, straight from the ontology. */
import {
  admits,
  nodeProperties,
  nodeTypes,
  type PropertySpec,
  type RelationshipType,
  relationshipProperties,
} from '../../src/model/ontology/ontology';
import type { Json, NodeValue, RelationshipValue } from '../../src/model/values';
import { VOCABULARIES } from '../../src/model/vocabulary';
import { node, relationship } from './values';

export function sampleOf(spec: PropertySpec): Json {
  const terms: readonly string[] = spec.vocabulary ? VOCABULARIES[spec.vocabulary] : [];
  switch (spec.kind) {
    case 'int':
      return spec.range?.[0] ?? 7;
    case 'float':
      return (spec.range?.[0] ?? 0) + 0.25;
    case 'boolean':
      return true;
    case 'datetime':
      return '2024-02-29T23:59:59.123Z';
    case 'strings':
      return spec.vocabulary ? [...terms] : ['β', 'a', ''];
    case 'json':
      return { nested: [1, null, { deep: 'ü' }], constructor: true };
    default:
      return spec.vocabulary ? terms[terms.length - 1] : `text of ${spec.name}`;
  }
}

const filled = (specs: readonly PropertySpec[]): Record<string, Json> =>
  Object.fromEntries(specs.filter((spec) => spec.name !== 'stub').map((spec) => [spec.name, sampleOf(spec)]));

/** A node of a type with a value for every property it may carry. */
export const fullNode = (type: string, key: string): NodeValue =>
  node(type, key, filled(nodeProperties(type)));

/** A relationship of a type with a value for every property, and nodes that it may lead between. */
export function fullRelationship(type: RelationshipType): {
  from: NodeValue;
  to: NodeValue;
  value: RelationshipValue;
} {
  const endOf = (ends: readonly string[], side: string) =>
    node(nodeTypes().find((each) => admits(ends, each.name))!.name, `${type.name} ${side}`);
  const from = endOf(type.from, 'from');
  const to = endOf(type.to, 'to');
  return { from, to, value: relationship(type.name, from, to, filled(relationshipProperties(type.name))) };
}
