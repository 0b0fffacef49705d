/** Values as the fields of their types read them: properties beside the id, and the name of the type. */
import { type Relation, typesNamed } from '../model/ontology/relations';
import type { Json, RelationshipValue } from '../model/values';
import type { KnownNode } from '../service/node.service';

export type NodeObject = { readonly __typename: string; readonly id: string } & {
  readonly [property: string]: Json | undefined;
};

export type RelationshipObject = NodeObject & { readonly fromId: string; readonly toId: string };

export const nodeObject = ({ id, type, properties }: KnownNode): NodeObject => ({
  ...properties,
  __typename: type,
  id,
});

export const relationshipObject = ({
  id,
  type,
  from,
  to,
  properties,
}: RelationshipValue): RelationshipObject => ({
  ...properties,
  __typename: relationshipTypeName(type),
  id,
  fromId: from,
  toId: to,
});

/** `USES_TECHNIQUE` -> `UsesTechnique`. */
export const pascalCase = (type: string): string =>
  type
    .toLowerCase()
    .split('_')
    .map((word) => (word === '' ? '' : word[0].toUpperCase() + word.slice(1)))
    .join('');

/** `USES_TECHNIQUE` -> `UsesTechniqueRelationship`: the type of such relationships. */
export const relationshipTypeName = (type: string): string => `${pascalCase(type)}Relationship`;

/** `UsesTechniqueTarget`: what connections over a relation are called. */
export const relationBaseName = (relation: Relation): string =>
  `${pascalCase(relation.relationshipType)}${relation.direction === 'out' ? 'Target' : 'Source'}`;

/** Whether a name stands for several types. */
export const isGroup = (name: string): boolean => typesNamed(name).length > 1;
