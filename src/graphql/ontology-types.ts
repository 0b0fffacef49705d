/** Object types of the nodes and relationships of the ontology, and the interfaces they share. */
import { ID } from 'type-graphql';
import { nodeTypes, relationshipProperties, relationshipTypes } from '../model/ontology/ontology';
import type { PropertySpec } from '../model/ontology/property';
import {
  NODE_GROUPS,
  type NodeGroup,
  ownRelationsOf,
  propertiesOf,
  typesNamed,
} from '../model/ontology/relations';
import { RELATIONSHIP_PROPERTIES } from '../model/ontology/relationships';
import { declareConnection } from './connections';
import { declared, declareInterface, declareObject, type FieldResolver, type FieldSpec } from './declare';
import { NodeTypeEnum, RelationshipTypeEnum } from './enums';
import { EVIDENCE_FIELDS } from './evidence-fields';
import { declareFilters } from './filter-inputs';
import { typeOfProperty } from './object-inputs';
import { type NodeObject, type RelationshipObject, relationshipTypeName } from './objects';
import { RELATIONS_FIELD, relationField } from './relation-fields';
import { SafeInt } from './scalars';
import { declareStatistics, type StatisticArgs } from './statistic-fields';
import { warningFields } from './warning-fields';

const propertyField = (spec: PropertySpec): FieldSpec => ({
  name: spec.name,
  type: () => typeOfProperty(spec),
  description: spec.description,
});

const isActive: FieldResolver<NodeObject> = ({ revoked, deprecated, stub }) =>
  revoked !== true && deprecated !== true && stub !== true;
const revision: FieldResolver<NodeObject> = ({ id }, _args, { loaders }) => loaders.revision.load(id);
const typeName: FieldResolver<NodeObject> = ({ __typename }) => __typename;

const NODE_FIELDS: readonly FieldSpec[] = [
  { name: 'id', type: () => ID, isRequired: true, description: 'Id, for ever the same' },
  { name: 'type', type: () => NodeTypeEnum, isRequired: true, description: 'Type', resolve: typeName },
  {
    name: 'active',
    type: () => Boolean,
    isRequired: true,
    description: 'Neither revoked nor deprecated nor a placeholder',
    resolve: isActive,
  },
  {
    name: 'revision',
    type: () => SafeInt,
    isRequired: true,
    description:
      'How often it was written: 1 after it was created. Pass it as `expectedRevision` of a change',
    resolve: revision,
  },
  RELATIONS_FIELD,
  ...EVIDENCE_FIELDS,
];

/** Fields of a type or group that none of the groups around it gives already. */
function fieldsOf(name: string, inherited: ReadonlySet<string>): FieldSpec[] {
  return [...propertiesOf(name).map(propertyField), ...ownRelationsOf(name).map(relationField)].filter(
    (field) => !inherited.has(field.name),
  );
}

const inheritedNames = (groups: readonly NodeGroup[]): Set<string> =>
  new Set(
    groups.flatMap((group) => [
      ...NODE_FIELDS.map((field) => field.name),
      ...propertiesOf(group.name).map((spec) => spec.name),
      ...ownRelationsOf(group.name).map((relation) => relation.name),
    ]),
  );

const resolveType = (value: { readonly __typename: string }): string => value.__typename;

const groupsAround = (types: readonly string[], name: string): NodeGroup[] =>
  NODE_GROUPS.filter((group) => group.name !== name && types.every((type) => group.types.includes(type)));

for (const { name, description } of NODE_GROUPS) {
  const around = groupsAround(typesNamed(name), name);
  const own = name === 'Node' ? NODE_FIELDS : [];
  declareInterface(
    name,
    description,
    [...own, ...fieldsOf(name, inheritedNames(around))],
    resolveType,
    around.map((group) => declared(group.name)),
  );
}
for (const { name, description } of nodeTypes()) {
  const groups = groupsAround([name], name);
  declareObject(
    name,
    description,
    [...fieldsOf(name, inheritedNames(groups)), ...warningFields(name)],
    groups.map((group) => declared(group.name)),
  );
}
/** Arguments of figures over a type or group. */
export const statisticArgs = new Map<string, StatisticArgs>();
for (const name of [...NODE_GROUPS.map((group) => group.name), ...nodeTypes().map((type) => type.name)]) {
  declareFilters(name);
  const statistics = declareStatistics(name);
  statisticArgs.set(name, statistics.args);
  declareConnection(name, () => declared(name), `${name} nodes`, [], statistics.fields);
}

const endOf =
  (end: 'fromId' | 'toId'): FieldResolver<RelationshipObject> =>
  (relationship, _args, { loaders }) =>
    loaders.node.load(relationship[end]);
const relationshipType: FieldResolver<RelationshipObject> = ({ __typename }) => typeByName.get(__typename);
const typeByName = new Map(relationshipTypes().map(({ name }) => [relationshipTypeName(name), name]));

declareInterface(
  'Relationship',
  'A fact that links two nodes',
  [
    { name: 'id', type: () => ID, isRequired: true, description: 'Id, for ever the same' },
    {
      name: 'type',
      type: () => RelationshipTypeEnum,
      isRequired: true,
      description: 'Type',
      resolve: relationshipType,
    },
    { name: 'fromId', type: () => ID, isRequired: true, description: 'Id of the node it leaves' },
    { name: 'toId', type: () => ID, isRequired: true, description: 'Id of the node it enters' },
    { name: 'from', type: () => declared('Node'), description: 'Node it leaves', resolve: endOf('fromId') },
    { name: 'to', type: () => declared('Node'), description: 'Node it enters', resolve: endOf('toId') },
    ...EVIDENCE_FIELDS,
    ...RELATIONSHIP_PROPERTIES.map(propertyField),
  ],
  resolveType,
);
const sharedNames = new Set(RELATIONSHIP_PROPERTIES.map((spec) => spec.name));
for (const { name, description } of relationshipTypes()) {
  declareObject(
    relationshipTypeName(name),
    `${description} (${name})`,
    relationshipProperties(name)
      .filter((spec) => !sharedNames.has(spec.name))
      .map(propertyField),
    [declared('Relationship')],
  );
}
