/** What is told of a node or relationship by its id, and lists of such things. */
import { ID } from 'type-graphql';
import { type PageArgs, pageSize } from '../service/page.service';
import { type ConnectionSource, pageOfList, readListCursor } from './connections';
import type { GraphContext } from './context';
import { type ArgSpec, declared, type FieldResolver, type FieldSpec, type TypeRef } from './declare';
import { NodeTypeEnum, RelationshipTypeEnum } from './enums';

export interface FactRef {
  readonly id: string;
}

/** Ends of a relationship, by which the store finds it; undefined for anything else. */
export const keyOf = ({ services, projection }: GraphContext, id: string) =>
  services.relationships.keyOf(projection, id);

export const loadRelationship = (id: string, context: GraphContext) => {
  const key = keyOf(context, id);
  return key ? context.loaders.relationship.load(key) : null;
};

const node: FieldResolver<FactRef> = ({ id }, _args, { loaders }) => loaders.node.load(id);
const relationship: FieldResolver<FactRef> = ({ id }, _args, context) => loadRelationship(id, context);

/** Fields of what stands for a node or relationship. */
export const FACT_FIELDS: readonly FieldSpec[] = [
  { name: 'id', type: () => ID, isRequired: true, description: 'Id of the node or relationship' },
  { name: 'node', type: () => declared('Node'), description: 'The node, if it is one', resolve: node },
  {
    name: 'relationship',
    type: () => declared('Relationship'),
    description: 'The relationship, if it is one',
    resolve: relationship,
  },
];

/** A page of a list in order of id. */
export function listOf<T extends { readonly id: string }>(
  items: readonly T[],
  args: PageArgs,
  { limits }: GraphContext,
  load: (item: T) => unknown = (item) => item,
): ConnectionSource {
  const page = pageOfList(items, pageSize(args.first, limits.pageSize), readListCursor(args.after));
  return { page, load } as unknown as ConnectionSource;
}

export interface TypesArgs {
  readonly nodeTypes?: readonly string[] | null;
  readonly relationshipTypes?: readonly string[] | null;
}

/** Types of nodes and relationships that are asked for; null for all. */
export const typesOf = ({ nodeTypes, relationshipTypes }: TypesArgs): readonly string[] | null =>
  nodeTypes || relationshipTypes ? [...(nodeTypes ?? []), ...(relationshipTypes ?? [])] : null;

export const TYPE_ARGS: readonly ArgSpec[] = [
  { name: 'nodeTypes', type: () => [NodeTypeEnum] as TypeRef, description: 'Nodes of these types' },
  {
    name: 'relationshipTypes',
    type: () => [RelationshipTypeEnum] as TypeRef,
    description: 'Relationships of these types; with nodeTypes, either',
  },
];
