/** Fields that lead from a node along its relations: one for each relation with an end of its own, and a general one. */
import { ID, Int } from 'type-graphql';
import { vertexOf } from '../analysis';
import { FOLLOWED_TYPES, RELATIONS, type Relation, typesNamed } from '../model/ontology/relations';
import {
  DIRECTIONS,
  type Filter,
  ofTypes,
  readFilter,
  readRelationshipFilter,
} from '../service/filter.service';
import { type Page, pageOfRelations, pageSize, type RelationItem, readOrder } from '../service/page.service';
import { type ConnectionSource, declareConnection } from './connections';
import type { GraphContext } from './context';
import { type ArgSpec, declared, type FieldResolver, type FieldSpec, type TypeRef } from './declare';
import { DirectionEnum, NodeTypeEnum, RelationshipTypeEnum } from './enums';
import { orderEnum, RELATION_TYPES, RELATIONSHIP_ARG } from './filter-inputs';
import { type NodeObject, relationBaseName, relationshipTypeName } from './objects';

export interface ConnectionArgs {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly where?: Filter | null;
  readonly orderBy?: readonly string[] | null;
}

interface RelationArgs extends ConnectionArgs {
  readonly relationship?: Filter | null;
}

/** `first` and `after`. */
export const PAGE_ARGS: readonly ArgSpec[] = [
  { name: 'first', type: () => Int, description: 'How many; 50 if not given' },
  { name: 'after', type: () => ID, description: 'Cursor of the item to begin after' },
];

/** Arguments of a connection over nodes of a type or group. */
export const connectionArgs = (name: string): readonly ArgSpec[] => [
  ...PAGE_ARGS,
  { name: 'where', type: () => declared(`${name}Where`), description: 'Which of them to take' },
  {
    name: 'orderBy',
    type: () => [orderEnum(name)] as TypeRef,
    description: 'Order; by name if not given, then by id',
  },
];

const NOTHING: Page<RelationItem> = {
  items: [],
  totalCount: 0,
  hasNextPage: false,
  hasPreviousPage: false,
};

const sourceOf = (context: GraphContext, page: Page<RelationItem>): ConnectionSource<RelationItem> => ({
  page,
  load: (item) => context.loaders.node.load(item.nodeId),
});

const relationship: FieldResolver<RelationItem> = (item, _args, { loaders }) =>
  loaders.relationship.load({ id: item.relationshipId, from: item.from, to: item.to });

function relationshipField(typeName: string): FieldSpec {
  return {
    name: 'relationship',
    type: () => declared(typeName),
    description: 'The relationship with its own properties; null only when it was deleted meanwhile',
    resolve: relationship,
  };
}

for (const relation of RELATIONS.filter(({ isOpen }) => !isOpen)) {
  declareConnection(
    relationBaseName(relation),
    () => declared(relation.farName),
    `nodes over ${relation.relationshipType}`,
    [relationshipField(relationshipTypeName(relation.relationshipType))],
  );
}
declareConnection('Relation', () => declared('Node'), 'nodes over any relationship', [
  relationshipField('Relationship'),
]);

/** The field of one relation. */
export function relationField(relation: Relation): FieldSpec {
  const far = ofTypes(typesNamed(relation.farName));
  const relationshipTypes = new Set([relation.relationshipType]);
  const directions = [relation.direction];
  const resolve: FieldResolver<NodeObject, RelationArgs> = ({ id }, args, context) => {
    const { projection, limits } = context;
    const first = pageSize(args.first, limits.pageSize);
    const order = readOrder(args.orderBy);
    const vertex = vertexOf(projection, id);
    if (vertex < 0) return sourceOf(context, NOTHING);
    const where = args.where
      ? ({ kind: 'all', of: [far, readFilter(relation.farName, args.where)] } as const)
      : far;
    const page = pageOfRelations(projection, {
      vertex,
      directions,
      relationshipTypes,
      far: where,
      over: args.relationship ? readRelationshipFilter(args.relationship) : undefined,
      order,
      first,
      after: args.after,
    });
    return sourceOf(context, page);
  };
  return {
    name: relation.name,
    type: () => declared(`${relationBaseName(relation)}Connection`),
    isRequired: true,
    description: relation.description,
    args: [...connectionArgs(relation.farName), RELATIONSHIP_ARG],
    resolve,
  };
}

interface RelationsArgs extends RelationArgs {
  readonly types?: readonly string[] | null;
  readonly direction: 'OUT' | 'IN' | 'BOTH';
  readonly nodeTypes?: readonly string[] | null;
}

const relations: FieldResolver<NodeObject, RelationsArgs> = ({ id }, args, context) => {
  const { projection, limits } = context;
  const first = pageSize(args.first, limits.pageSize);
  const vertex = vertexOf(projection, id);
  if (vertex < 0) return sourceOf(context, NOTHING);
  const far = readFilter('Node', args.where);
  const page = pageOfRelations(projection, {
    vertex,
    directions: DIRECTIONS[args.direction],
    relationshipTypes: args.types ? new Set(args.types) : FOLLOWED_TYPES,
    far: args.nodeTypes ? { kind: 'all', of: [ofTypes(args.nodeTypes), far] } : far,
    over: args.relationship ? readRelationshipFilter(args.relationship) : undefined,
    order: readOrder(args.orderBy),
    first,
    after: args.after,
  });
  return sourceOf(context, page);
};

/** The field that leads along relationships of any type. */
export const RELATIONS_FIELD: FieldSpec = {
  name: 'relations',
  type: () => declared('RelationConnection'),
  isRequired: true,
  description: 'Nodes that relationships of any type lead to or come from',
  args: [
    ...connectionArgs('Node'),
    {
      name: 'types',
      type: () => [RelationshipTypeEnum] as TypeRef,
      description: RELATION_TYPES,
    },
    {
      name: 'direction',
      type: () => DirectionEnum,
      description: 'Which way to follow them',
      defaultValue: 'BOTH',
    },
    {
      name: 'nodeTypes',
      type: () => [NodeTypeEnum] as TypeRef,
      description: 'Types of node to take; all if not given',
    },
    RELATIONSHIP_ARG,
  ],
  resolve: relations,
};
