/** Enums: the vocabularies of the model, and the names of its types. */
import { registerEnumType } from 'type-graphql';
import { toKebabCase } from '../model/naming';
import { nodeTypes, relationshipTypes } from '../model/ontology/ontology';
import { VOCABULARIES, VOCABULARY_DESCRIPTIONS, type VocabularyName } from '../model/vocabulary';
import { EXACTNESS } from '../service/exactness';

type EnumObject = Readonly<Record<string, string>>;

/** `data-leak-site` -> `DATA_LEAK_SITE`. */
export const enumName = (term: string): string => term.toUpperCase().replace(/[^A-Z0-9]+/g, '_');

function register(
  name: string,
  description: string,
  entries: Iterable<readonly [string, string]>,
): EnumObject {
  const values = Object.fromEntries(entries);
  registerEnumType(values, { name, description });
  return values;
}

const vocabularyEnums = new Map(
  (Object.keys(VOCABULARIES) as VocabularyName[]).map((name) => [
    name,
    register(
      name,
      VOCABULARY_DESCRIPTIONS[name],
      VOCABULARIES[name].map((term) => [enumName(term), term] as const),
    ),
  ]),
);

/** Enum of a vocabulary. */
export const vocabularyEnum = (name: VocabularyName): EnumObject => vocabularyEnums.get(name)!;

export const NodeTypeEnum = register(
  'NodeType',
  'Type of a node',
  nodeTypes().map(({ name }) => [enumName(toKebabCase(name)), name] as const),
);

export const RelationshipTypeEnum = register(
  'RelationshipType',
  'Type of a relationship',
  relationshipTypes().map(({ name }) => [name, name] as const),
);

export const DirectionEnum = register(
  'Direction',
  'Which way a relationship leads, seen from a node',
  ['OUT', 'IN', 'BOTH'].map((name) => [name, name] as const),
);

export const ExactnessEnum = register(
  'Exactness',
  'How far a figure can be trusted',
  EXACTNESS.map((name) => [name, name] as const),
);

export { register as registerEnum };
