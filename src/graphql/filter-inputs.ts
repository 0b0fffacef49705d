/** Inputs that filter and order: one of each per node type and group, from the columns and relations of the ontology. */
import { Float, ID, Int } from 'type-graphql';
import { toSnakeCase } from '../model/naming';
import type { PropertySpec } from '../model/ontology/property';
import {
  filterColumns,
  ownRelationsOf,
  RELATIONSHIP_COLUMNS,
  type Relation,
} from '../model/ontology/relations';
import { VOCABULARIES, type VocabularyName } from '../model/vocabulary';
import { type ArgSpec, declared, declareInput, type InputFieldSpec, type TypeRef } from './declare';
import { DirectionEnum, NodeTypeEnum, RelationshipTypeEnum, registerEnum, vocabularyEnum } from './enums';
import { isGroup } from './objects';
import { DateTime, SafeInt } from './scalars';

const operator = (name: string, type: () => TypeRef, description: string): InputFieldSpec => ({
  name,
  type,
  description,
});

const equality = (type: () => TypeRef): InputFieldSpec[] => [
  operator('eq', type, 'Equals'),
  operator('ne', type, 'Does not equal; also where there is no value'),
  operator('in', () => [type()] as TypeRef, 'Is one of'),
  operator('notIn', () => [type()] as TypeRef, 'Is none of; also where there is no value'),
];

const isNull = operator('isNull', () => Boolean, 'Whether there is no value');

const ordered = (type: () => TypeRef): InputFieldSpec[] => [
  ...equality(type),
  operator('lt', type, 'Is less than'),
  operator('lte', type, 'Is at most'),
  operator('gt', type, 'Is greater than'),
  operator('gte', type, 'Is at least'),
  isNull,
];

declareInput(
  'IdFilter',
  'Conditions on an id; all of them must hold',
  equality(() => ID),
);
declareInput('StringFilter', 'Conditions on a text; all of them must hold', [
  ...equality(() => String),
  operator('eqFolded', () => String, 'Equals without regard to case'),
  operator('contains', () => String, 'Contains, without regard to case'),
  operator('startsWith', () => String, 'Starts with, without regard to case'),
  operator('endsWith', () => String, 'Ends with, without regard to case'),
  isNull,
]);
declareInput(
  'IntFilter',
  'Conditions on a whole number; all of them must hold',
  ordered(() => SafeInt),
);
declareInput(
  'FloatFilter',
  'Conditions on a number; all of them must hold',
  ordered(() => Float),
);
declareInput(
  'DateTimeFilter',
  'Conditions on a date and time; all of them must hold',
  ordered(() => DateTime),
);
declareInput('BooleanFilter', 'Conditions on a yes or no; all of them must hold', [
  operator('eq', () => Boolean, 'Equals'),
  operator('ne', () => Boolean, 'Does not equal; also where there is no value'),
  isNull,
]);
declareInput('ActiveFilter', 'Condition on whether a node is active', [
  operator('eq', () => Boolean, 'Is, or is not, active: neither revoked nor deprecated nor a placeholder'),
]);
declareInput(
  'NodeTypeFilter',
  'Conditions on the type of a node; all of them must hold',
  equality(() => NodeTypeEnum),
);
for (const name of Object.keys(VOCABULARIES) as VocabularyName[]) {
  declareInput(`${name}Filter`, `Conditions on a term of ${name}; all of them must hold`, [
    ...equality(() => vocabularyEnum(name)),
    isNull,
  ]);
}

function filterOf(spec: PropertySpec): string {
  if (spec.vocabulary) return `${spec.vocabulary}Filter`;
  const byKind: Partial<Record<PropertySpec['kind'], string>> = {
    string: 'StringFilter',
    int: 'IntFilter',
    float: 'FloatFilter',
    boolean: 'BooleanFilter',
    datetime: 'DateTimeFilter',
  };
  return byKind[spec.kind]!;
}

function relationFilter(relation: Relation): InputFieldSpec {
  return {
    name: relation.name,
    type: () => declared(`${relation.farName}RelationFilter`),
    description: `Condition on the nodes at the other end: ${lowerFirst(relation.description)}`,
  };
}

const lowerFirst = (text: string): string => text[0].toLowerCase() + text.slice(1);

const COUNT_OPERATORS = [
  ['eq', 'Exactly so many'],
  ['ne', 'Not so many'],
  ['lt', 'Fewer'],
  ['lte', 'At most so many'],
  ['gt', 'More'],
  ['gte', 'At least so many'],
] as const;

const relationshipSelf = () => declared('RelationshipWhere');
declareInput(
  'RelationshipTypeFilter',
  'Conditions on the type of a relationship; all of them must hold',
  equality(() => RelationshipTypeEnum),
);
declareInput('RelationshipWhere', 'Which relationships to take; all conditions given must hold', [
  operator('AND', () => [relationshipSelf()] as TypeRef, 'All of these hold'),
  operator('OR', () => [relationshipSelf()] as TypeRef, 'At least one of these holds'),
  operator('NOT', relationshipSelf, 'This does not hold'),
  operator('id', () => declared('IdFilter'), 'Id'),
  operator('type', () => declared('RelationshipTypeFilter'), 'Type'),
  operator('active', () => declared('ActiveFilter'), 'Neither revoked nor deprecated'),
  operator('from', () => declared('NodeWhere'), 'What the node is that it leaves'),
  operator('to', () => declared('NodeWhere'), 'What the node is that it enters'),
  ...RELATIONSHIP_COLUMNS.map((spec) =>
    operator(
      spec.name,
      () => declared(filterOf(spec)),
      `${spec.description}; no value where its type has none`,
    ),
  ),
]);

/** Orders of relationships of any type. */
export const RelationshipOrderEnum = registerEnum(
  'RelationshipOrderBy',
  'Orders of relationships; those without a value come last',
  [{ name: 'type' }, ...RELATIONSHIP_COLUMNS].flatMap(({ name }) => [
    [`${toSnakeCase(name).toUpperCase()}_ASC`, `${name}:asc`] as const,
    [`${toSnakeCase(name).toUpperCase()}_DESC`, `${name}:desc`] as const,
  ]),
);

/** What the types of relationship that are followed are where none is named. */
export const RELATION_TYPES = 'Types of relationship to follow; all but judgements (SAME_AS) if not given';

/** Argument by which relationships are chosen. */
export const RELATIONSHIP_ARG: ArgSpec = {
  name: 'relationship',
  type: () => declared('RelationshipWhere'),
  description: 'Which relationships to take',
};

/** What a condition on related nodes asks of them. */
const quantifiers = (name: string): InputFieldSpec[] => {
  const where = () => declared(`${name}Where`);
  return [
    operator('some', where, 'At least one is such'),
    operator('none', where, 'None is such'),
    operator('every', where, 'All are such, or there are none'),
    operator('count', () => declared(`${name}RelationCount`), 'So many are such'),
    operator('relationship', relationshipSelf, 'Which relationships count at all; all if not given'),
  ];
};
declareInput('RelationsFilter', 'Condition on nodes related over relationships of any type', [
  operator('types', () => [RelationshipTypeEnum] as TypeRef, RELATION_TYPES),
  operator('direction', () => DirectionEnum, 'Which way to follow them; both if not given'),
  ...quantifiers('Node'),
]);

/** Declares `XWhere`, `XRelationFilter` and the enum `XOrderBy` of a type or group. */
export function declareFilters(name: string): void {
  const where = `${name}Where`;
  const self = () => declared(where);
  declareInput(where, `Which ${name} nodes to take; all conditions given must hold`, [
    operator('AND', () => [self()] as TypeRef, 'All of these hold'),
    operator('OR', () => [self()] as TypeRef, 'At least one of these holds'),
    operator('NOT', self, 'This does not hold'),
    operator('id', () => declared('IdFilter'), 'Id'),
    operator('active', () => declared('ActiveFilter'), 'Neither revoked nor deprecated nor a placeholder'),
    ...(isGroup(name) ? [operator('type', () => declared('NodeTypeFilter'), 'Type')] : []),
    ...filterColumns(name).map((spec) =>
      operator(spec.name, () => declared(filterOf(spec)), spec.description),
    ),
    ...ownRelationsOf(name).map(relationFilter),
    operator(
      'relations',
      () => declared('RelationsFilter'),
      'Condition on the nodes at the other end of relationships of any type',
    ),
  ]);
  declareInput(`${name}RelationFilter`, `Condition on related ${name} nodes`, quantifiers(name));
  declareInput(`${name}RelationCount`, `How many different ${name} nodes are related`, [
    operator('where', self, 'Which of them count; all if not given'),
    ...COUNT_OPERATORS.map(([each, description]) => operator(each, () => Int, description)),
  ]);
  orderEnums.set(
    name,
    registerEnum(
      `${name}OrderBy`,
      `Orders of ${name} nodes; those without a value come last`,
      filterColumns(name).flatMap(({ name: column }) => [
        [`${toSnakeCase(column).toUpperCase()}_ASC`, `${column}:asc`] as const,
        [`${toSnakeCase(column).toUpperCase()}_DESC`, `${column}:desc`] as const,
      ]),
    ),
  );
}

const orderEnums = new Map<string, Readonly<Record<string, string>>>();

/** Enum of the orders of a type or group. */
export const orderEnum = (name: string): Readonly<Record<string, string>> => orderEnums.get(name)!;
