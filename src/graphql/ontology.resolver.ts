/** The ontology itself: which types there are, what they carry, and what they may be linked by. */
import type { ClassType } from 'type-graphql';
import {
  nodeProperties,
  nodeTypes,
  relationshipProperties,
  relationshipTypes,
  stixNameOf,
} from '../model/ontology/ontology';
import type { PropertySpec } from '../model/ontology/property';
import { isFilterColumn, RELATIONS } from '../model/ontology/relations';
import { VOCABULARIES, VOCABULARY_DESCRIPTIONS, type VocabularyName } from '../model/vocabulary';
import {
  declared,
  declareObject,
  declareRoot,
  type FieldResolver,
  type FieldSpec,
  type TypeRef,
} from './declare';
import { DirectionEnum, NodeTypeEnum, RelationshipTypeEnum } from './enums';

/** Home of the declared queries. */
export class OntologyQueries {}
const target: ClassType<object> = OntologyQueries;

const text = (name: string, description: string, isRequired = true): FieldSpec => ({
  name,
  type: () => String,
  isRequired,
  description,
});
const flag = (name: string, description: string): FieldSpec => ({
  name,
  type: () => Boolean,
  isRequired: true,
  description,
});
const list = (name: string, type: () => TypeRef, description: string): FieldSpec => ({
  name,
  type: () => [type()] as TypeRef,
  isRequired: true,
  description,
});

declareObject('OntologyProperty', 'A property that nodes or relationships of a type may carry', [
  text('name', 'Name'),
  text('kind', 'string, int, float, boolean, datetime, strings or json'),
  text('description', 'What it means'),
  text('vocabulary', 'Closed vocabulary of its terms', false),
  flag('isColumn', 'Filters and orders lists'),
  text('stixName', 'Its name in STIX 2.1; null where STIX has no room for it', false),
]);
declareObject('OntologyRelation', 'A relation at one of its ends', [
  text('name', 'Name of the field at this end'),
  {
    name: 'relationshipType',
    type: () => RelationshipTypeEnum,
    isRequired: true,
    description: 'Type of relationship',
  },
  {
    name: 'direction',
    type: () => DirectionEnum,
    isRequired: true,
    description: 'Which way it leads from here',
  },
  list('farTypes', () => NodeTypeEnum, 'Types of node at the other end'),
]);
declareObject('OntologyNodeType', 'A type of node', [
  { name: 'type', type: () => NodeTypeEnum, isRequired: true, description: 'The type' },
  text('name', 'Name of its type in this schema'),
  text('description', 'What it is'),
  flag('isComponent', 'An operation can depend on it and a measure can hit it'),
  flag('isReference', 'One node for each natural key, shared by all sources'),
  list('stixTypes', () => String, 'STIX types that become it'),
  list('properties', () => declared('OntologyProperty'), 'Properties it may carry'),
  list('relations', () => declared('OntologyRelation'), 'Relations it may have'),
]);
declareObject('OntologyRelationshipType', 'A type of relationship', [
  { name: 'type', type: () => RelationshipTypeEnum, isRequired: true, description: 'The type' },
  text('description', 'What it says'),
  text(
    'dependency',
    'How failure travels along it: hard, mutual, provider, requirement; null: it does not',
    false,
  ),
  list('from', () => NodeTypeEnum, 'Types of node it may leave'),
  list('to', () => NodeTypeEnum, 'Types of node it may enter'),
  list('properties', () => declared('OntologyProperty'), 'Properties it may carry'),
]);
declareObject('OntologyVocabulary', 'A closed vocabulary', [
  text('name', 'Name'),
  text('description', 'What its terms say'),
  list('terms', () => String, 'Terms, as sources write them'),
]);
declareObject('Ontology', 'What the graph can hold', [
  list('nodeTypes', () => declared('OntologyNodeType'), 'Types of node'),
  list('relationshipTypes', () => declared('OntologyRelationshipType'), 'Types of relationship'),
  list('vocabularies', () => declared('OntologyVocabulary'), 'Closed vocabularies'),
]);

const propertyView = (spec: PropertySpec) => ({
  ...spec,
  isColumn: isFilterColumn(spec),
  stixName: stixNameOf(spec),
});

function ontologyView() {
  return {
    nodeTypes: nodeTypes().map((type) => ({
      ...type,
      type: type.name,
      properties: nodeProperties(type.name).map(propertyView),
      relations: RELATIONS.filter((relation) => relation.nearTypes.includes(type.name)).map((relation) => ({
        ...relation,
        direction: relation.direction.toUpperCase(),
      })),
    })),
    relationshipTypes: relationshipTypes().map((type) => {
      const relation = RELATIONS.find(
        (each) => each.relationshipType === type.name && each.direction === 'out',
      );
      return {
        ...type,
        type: type.name,
        from: relation?.nearTypes ?? [],
        to: relation?.farTypes ?? [],
        properties: relationshipProperties(type.name).map(propertyView),
      };
    }),
    vocabularies: (Object.keys(VOCABULARIES) as VocabularyName[]).map((name) => ({
      name,
      description: VOCABULARY_DESCRIPTIONS[name],
      terms: VOCABULARIES[name],
    })),
  };
}

const ontology: FieldResolver<unknown> = () => ontologyView();
declareRoot(target, 'Query', {
  name: 'ontology',
  role: 'READER',
  isTimeless: true,
  type: () => declared('Ontology'),
  isRequired: true,
  description: 'Which types of node and relationship there are, what they carry and how they may be linked',
  resolve: ontology,
});
