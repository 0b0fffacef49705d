import { readFileSync } from 'node:fs';
import {
  buildSchema,
  GraphQLEnumType,
  GraphQLInputObjectType,
  type GraphQLNamedType,
  isIntrospectionType,
  isSpecifiedScalarType,
  validateSchema,
} from 'graphql';
import { apiSchema, schemaText } from '../../src/graphql/schema';
import { nodeProperties, nodeTypes, relationshipTypes } from '../../src/model/ontology/ontology';
import { RELATIONS } from '../../src/model/ontology/relations';

const schema = apiSchema();
const own = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

function fieldsOf(type: GraphQLNamedType): {
  name: string;
  description?: string | null;
  args?: readonly { name: string; description?: string | null }[];
}[] {
  if (type instanceof GraphQLEnumType || !('getFields' in type)) return [];
  return Object.values(type.getFields());
}

describe('schema', () => {
  it('is the committed schema.graphql, which is valid', () => {
    expect(readFileSync('schema.graphql', 'utf8') === schemaText()).toBe(true);
    expect(validateSchema(schema)).toEqual([]);
    expect(buildSchema(schemaText()).getQueryType()?.name).toBe('Query');
  });

  it('describes every type, field and argument', () => {
    const roots = new Set(['Query', 'Mutation', 'Subscription']);
    const bare = own.flatMap((type) => [
      ...(type.description || roots.has(type.name) ? [] : [type.name]),
      ...fieldsOf(type).flatMap((field) => [
        ...(field.description ? [] : [`${type.name}.${field.name}`]),
        ...(field.args ?? [])
          .filter((arg) => !arg.description)
          .map((arg) => `${type.name}.${field.name}(${arg.name})`),
      ]),
    ]);
    expect(bare).toEqual([]);
    expect(own.length).toBeGreaterThan(300);
  });

  it('has every node type with every property, and every relationship type', () => {
    for (const { name } of nodeTypes()) {
      const fields = fieldsOf(schema.getType(name)!).map((field) => field.name);
      expect(fields).toEqual(expect.arrayContaining(nodeProperties(name).map((spec) => spec.name)));
      const relations = RELATIONS.filter((relation) => relation.nearTypes.includes(name));
      for (const { name: relation, isOpen } of relations) {
        expect([relation, fields.includes(relation)]).toEqual([relation, !isOpen]);
      }
    }
    for (const { name } of relationshipTypes()) {
      const values = (schema.getType('RelationshipType') as GraphQLEnumType).getValues();
      expect(values.map((value) => value.value)).toContain(name);
    }
  });

  it('names both ends of every relation, each name once at a type', () => {
    for (const { name } of nodeTypes()) {
      const names = RELATIONS.filter((relation) => relation.nearTypes.includes(name)).map(
        (each) => each.name,
      );
      expect(new Set(names).size).toBe(names.length);
    }
    expect(
      RELATIONS.filter((relation) => relation.name.endsWith('From') && relation.direction === 'in')
        .map((each) => each.name)
        .sort(),
    ).toEqual(['relatedFrom', 'transfersFrom']);
  });

  it('has no field for what leads from anything to anything: `relations` follows that by its type', () => {
    const open = RELATIONS.filter(({ isOpen }) => isOpen).map(({ relationshipType }) => relationshipType);
    expect([...new Set(open)]).toEqual(['SAME_AS', 'LEASED_TO', 'CONTAINS', 'REVOKED_BY', 'RELATED_TO']);
    const args = fieldsOf(schema.getType('Operation')!).find(({ name }) => name === 'relations')?.args;
    expect(args?.map(({ name }) => name)).toEqual(expect.arrayContaining(['types', 'direction', 'where']));
    expect(fieldsOf(schema.getType('OperationWhere')!).map(({ name }) => name)).toContain('relations');
  });

  it('marks inputs of which exactly one field is given', () => {
    expect((schema.getType('FileContent') as GraphQLInputObjectType).isOneOf).toBe(true);
    expect(schemaText()).toContain('input FileContent @oneOf');
  });
});
