/** Inputs that hold an object of the ontology: one for each type, and the ones that hold exactly one of them. */
import { Float, ID } from 'type-graphql';
import {
  nodeProperties,
  nodeTypes,
  relationshipProperties,
  relationshipTypes,
} from '../model/ontology/ontology';
import type { PropertySpec } from '../model/ontology/property';
import type { Json } from '../model/values';
import type { GivenNode, GivenRelationship } from '../service/edit.service';
import { declared, declareInput, type InputFieldSpec, markOneOf, type TypeRef } from './declare';
import { vocabularyEnum } from './enums';
import { pascalCase } from './objects';
import { DateTime, JsonValue, SafeInt } from './scalars';

/** GraphQL type of a property. */
export function typeOfProperty(spec: PropertySpec): TypeRef {
  const one = spec.vocabulary ? vocabularyEnum(spec.vocabulary) : undefined;
  switch (spec.kind) {
    case 'string':
      return one ?? String;
    case 'strings':
      return [one ?? String] as TypeRef;
    case 'int':
      return SafeInt;
    case 'float':
      return Float;
    case 'boolean':
      return Boolean;
    case 'datetime':
      return DateTime;
    case 'json':
      return JsonValue;
  }
}

/** What the service says itself is not for callers to say. */
const OWN = new Set(['stub']);

const propertyInputs = (specs: readonly PropertySpec[]): InputFieldSpec[] =>
  specs
    .filter((spec) => !OWN.has(spec.name) && !spec.isManaged)
    .map((spec) => ({ name: spec.name, type: () => typeOfProperty(spec), description: spec.description }));

const idInput: InputFieldSpec = {
  name: 'id',
  type: () => ID,
  description: 'Id; made from the type and the name, or the ends, if not given. Not for changes',
};

const lowerFirst = (text: string): string => text[0].toLowerCase() + text.slice(1);

for (const { name, description } of nodeTypes()) {
  declareInput(`${name}Input`, `A node to write: ${lowerFirst(description)}`, [
    idInput,
    ...propertyInputs(nodeProperties(name)),
  ]);
}
for (const { name, description } of relationshipTypes()) {
  declareInput(
    `${pascalCase(name)}RelationshipInput`,
    `A relationship to write: ${lowerFirst(description)} (${name})`,
    [
      idInput,
      { name: 'from', type: () => ID, description: 'Id of the node it leaves; required but for changes' },
      { name: 'to', type: () => ID, description: 'Id of the node it enters; required but for changes' },
      ...propertyInputs(relationshipProperties(name)),
    ],
  );
}

/** Field of the inputs that hold one of all types, and the type it stands for. */
export const nodeTypeOfField = new Map(nodeTypes().map(({ name }) => [lowerFirst(name), name]));
export const relationshipTypeOfField = new Map(
  relationshipTypes().map(({ name }) => [lowerFirst(pascalCase(name)), name]),
);

markOneOf(
  declareInput(
    'NodeInput',
    'A node of some type: give exactly one of the fields',
    [...nodeTypeOfField].map(([field, name]) => ({
      name: field,
      type: () => declared(`${name}Input`),
      description: `A node of type ${name}`,
    })),
  ),
);
markOneOf(
  declareInput(
    'RelationshipInput',
    'A relationship of some type: give exactly one of the fields',
    [...relationshipTypeOfField].map(([field, name]) => ({
      name: field,
      type: () => declared(`${pascalCase(name)}RelationshipInput`),
      description: `A relationship of type ${name}`,
    })),
  ),
);
markOneOf(
  declareInput('ObjectInput', 'A node or a relationship: give exactly one of the fields', [
    { name: 'node', type: () => declared('NodeInput'), description: 'A node' },
    { name: 'relationship', type: () => declared('RelationshipInput'), description: 'A relationship' },
  ]),
);

type Given = { readonly [field: string]: unknown };

/** The one field of a oneOf input that was given. */
const only = (input: Given): [string, Given] => Object.entries(input)[0] as [string, Given];

export function readNode(input: Given): GivenNode {
  const [field, { id, ...properties }] = only(input);
  return {
    type: nodeTypeOfField.get(field)!,
    id: id as string | undefined,
    properties: properties as Properties,
  };
}

export function readRelationship(input: Given): GivenRelationship {
  const [field, { id, from, to, ...properties }] = only(input);
  return {
    type: relationshipTypeOfField.get(field)!,
    id: id as string | undefined,
    from: from as string,
    to: to as string,
    properties: properties as Properties,
  };
}

export function readObject(input: Given): GivenNode | GivenRelationship {
  const [field, value] = only(input);
  return field === 'node' ? readNode(value) : readRelationship(value);
}

type Properties = { readonly [name: string]: Json | undefined };
