import { readFileSync } from 'node:fs';
import {
  buildSchema,
  GraphQLEnumType,
  GraphQLInputObjectType,
  type GraphQLNamedType,
  getNamedType,
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

  describe('as docs/api.md says', () => {
    const docs = readFileSync('docs/api.md', 'utf8');
    const namedIn = (start: string, end: string): string[] => {
      const from = docs.indexOf(start);
      const sentence = docs.slice(from, docs.indexOf(end, from));
      return [...sentence.matchAll(/`(\w+)(?: [^`]*)?`/g)].map((match) => match[1]);
    };
    const hasArg = (field: { args?: readonly { name: string }[] }, name: string) =>
      field.args?.some((arg) => arg.name === name) === true;

    it('every query takes asOf but those that are named', () => {
      const timeless = fieldsOf(schema.getQueryType()!).filter((field) => !hasArg(field, 'asOf'));
      const named = namedIn('Those that are about something else do not:', 'What has not begun');
      expect(timeless.map(({ name }) => name).sort()).toEqual(named.sort());
    });

    it('every mutation takes dryRun, in one and the same way, but those that record nothing', () => {
      const mutations = Object.values(schema.getMutationType()!.getFields());
      const without = mutations.filter((field) => !hasArg(field, 'dryRun')).map(({ name }) => name);
      const inInput = without.filter((name) => {
        const input = mutations.find((each) => each.name === name)!.args.find((arg) => arg.name === 'input');
        const type = input && getNamedType(input.type);
        return type instanceof GraphQLInputObjectType && 'dryRun' in type.getFields();
      });
      expect(inInput.sort()).toEqual(['importBundle', 'importFiles', 'importTaxii']);
      const recordNothing = without.filter((name) => !inInput.includes(name) && !name.startsWith('analyse'));
      const named = namedIn('What records nothing takes none:', 'which end one');
      expect(recordNothing.sort()).toEqual(named.sort());
      for (const { name, args } of mutations) {
        const dryRun = args.find((arg) => arg.name === 'dryRun');
        if (dryRun)
          expect([name, String(dryRun.type), dryRun.defaultValue]).toEqual([name, 'Boolean!', false]);
      }
    });
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
