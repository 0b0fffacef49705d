/** Queries for nodes: by id, and one connection for every type and group. */

import type { ClassType } from 'type-graphql';
import { ID } from 'type-graphql';
import { AppError } from '../errors';
import { nodeTypes } from '../model/ontology/ontology';
import { typesNamed } from '../model/ontology/relations';
import { type Filter, readFilter, readRelationshipFilter } from '../service/filter.service';
import {
  type NodeItem,
  pageOfNodes,
  pageOfRelationships,
  pageSize,
  type RelationshipItem,
  readOrder,
  verticesWhere,
} from '../service/page.service';
import { type ConnectionSource, declareConnection } from './connections';
import type { GraphContext } from './context';
import { declared, declareRoot, type FieldResolver, type TypeRef } from './declare';
import { RelationshipOrderEnum } from './filter-inputs';
import type { RelationshipObject } from './objects';
import { statisticArgs } from './ontology-types';
import { type ConnectionArgs, connectionArgs, PAGE_ARGS } from './relation-fields';
import type { Selection } from './relation-statistics';
import { SafeInt } from './scalars';
import { distributionView, type SeriesArgs, seriesView } from './statistic-fields';

/** Home of the declared queries. */
export class NodeQueries {}
const target: ClassType<object> = NodeQueries;

/** Words that have no plural of their own. */
const UNCOUNTABLE = new Set(['Infrastructure', 'Malware', 'Software']);

/** `FinancialChannel` -> `financialChannels`: the query that lists a type. */
export function listName(type: string): string {
  const name = type[0].toLowerCase() + type.slice(1);
  if (UNCOUNTABLE.has(type)) return name;
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
}

function listResolver(name: string): FieldResolver<unknown, ConnectionArgs> {
  const types = typesNamed(name);
  return (_root, args, context): ConnectionSource<NodeItem> & { readonly selection: Selection } => {
    const { projection } = context;
    const where = readFilter(name, args.where);
    const page = pageOfNodes(projection, {
      types,
      where,
      order: readOrder(args.orderBy),
      first: pageSize(args.first, context.limits.pageSize),
      after: args.after,
    });
    return {
      page,
      load: (item) => context.loaders.node.load(item.nodeId),
      selection: { projection, vertices: () => verticesWhere(projection, types, where) },
    };
  };
}

function declareList(query: string, name: string, description: string): void {
  declareRoot(target, 'Query', {
    name: query,
    role: 'READER',
    type: () => declared(`${name}Connection`),
    isRequired: true,
    description,
    args: connectionArgs(name),
    resolve: listResolver(name),
  });
}

for (const { name, description } of nodeTypes()) {
  declareList(listName(name), name, `Nodes of type ${name}: ${description}`);
}
declareList('components', 'Component', 'Everything an operation can depend on and a measure can hit');
declareList('actors', 'Actor', 'Threat actors, and the clusters of activity that reporters see');
declareList('allNodes', 'Node', 'Nodes of every type');

const node: FieldResolver<unknown, { readonly id: string }> = (_root, { id }, { loaders }) =>
  loaders.node.load(id);
const nodes: FieldResolver<unknown, { readonly ids: readonly string[] }> = (_root, { ids }, context) => {
  const cap = context.limits.pageSize;
  if (ids.length > cap) throw new AppError('PAGE_TOO_LARGE', { got: ids.length, cap });
  return Promise.all(ids.map((id) => context.loaders.node.load(id)));
};
const relationship: FieldResolver<unknown, { readonly id: string }> = (
  _root,
  { id },
  { loaders, projection, services },
): Promise<RelationshipObject | null> | null => {
  const key = services.relationships.keyOf(projection, id);
  return key ? loaders.relationship.load(key) : null;
};

declareRoot(target, 'Query', {
  name: 'node',
  role: 'READER',
  type: () => declared('Node'),
  description: 'The node of an id, or null where there is none',
  args: [{ name: 'id', type: () => ID, isRequired: true, description: 'Id of the node' }],
  resolve: node,
});
declareRoot(target, 'Query', {
  name: 'nodes',
  role: 'READER',
  type: () => [declared('Node')] as TypeRef,
  isRequired: true,
  hasNullItems: true,
  description: 'The nodes of some ids, in the order asked; null where there is none',
  args: [{ name: 'ids', type: () => [ID] as TypeRef, isRequired: true, description: 'Ids of the nodes' }],
  resolve: nodes,
});
declareRoot(target, 'Query', {
  name: 'relationship',
  role: 'READER',
  type: () => declared('Relationship'),
  description: 'The relationship of an id, or null where there is none',
  args: [{ name: 'id', type: () => ID, isRequired: true, description: 'Id of the relationship' }],
  resolve: relationship,
});

interface RelationshipListArgs {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly where?: Filter | null;
  readonly orderBy?: readonly string[] | null;
}
const relationships: FieldResolver<unknown, RelationshipListArgs> = (
  _root,
  { first, after, where, orderBy },
  { projection, limits, loaders },
) => {
  const page = pageOfRelationships(projection, {
    where: readRelationshipFilter(where),
    order: readOrder(orderBy, []),
    first: pageSize(first, limits.pageSize),
    after,
  });
  return { page, load: (item) => loaders.relationship.load(item) } as ConnectionSource<RelationshipItem>;
};
declareConnection('Relationship', () => declared('Relationship'), 'relationships');
declareRoot(target, 'Query', {
  name: 'relationships',
  role: 'READER',
  type: () => declared('RelationshipConnection'),
  isRequired: true,
  description: 'Relationships of every type, by what they say and what they lead from and to',
  args: [
    ...PAGE_ARGS,
    { name: 'where', type: () => declared('RelationshipWhere'), description: 'Which of them to take' },
    {
      name: 'orderBy',
      type: () => [RelationshipOrderEnum] as TypeRef,
      description: 'Order of the list; by id if not given, and between equals',
    },
  ],
  resolve: relationships,
});

interface Filtered {
  readonly where?: Filter | null;
}
const selectionOf = ({ projection }: GraphContext, { where }: Filtered): Selection => ({
  projection,
  vertices: () => verticesWhere(projection, typesNamed('Node'), readFilter('Node', where)),
});
const count: FieldResolver<unknown, Filtered> = (_root, args, context) =>
  selectionOf(context, args).vertices().length;
const distribution: FieldResolver<unknown, Filtered & { readonly by: string }> = (_root, args, context) =>
  distributionView('Node', selectionOf(context, args), args, context);
const timeSeries: FieldResolver<unknown, Filtered & SeriesArgs> = (_root, { where, ...args }, context) =>
  seriesView(selectionOf(context, { where }), args);
const WHERE_ARG = { name: 'where', type: () => declared('NodeWhere'), description: 'Which nodes to take' };

declareRoot(target, 'Query', {
  name: 'count',
  role: 'READER',
  type: () => SafeInt,
  isRequired: true,
  description: 'How many nodes there are, of all types or as a filter says',
  args: [WHERE_ARG],
  resolve: count,
});
declareRoot(target, 'Query', {
  name: 'distribution',
  role: 'READER',
  type: () => declared('Distribution'),
  isRequired: true,
  description: 'How nodes of all types spread over the values of a column; lists of one type have their own',
  args: [...statisticArgs.get('Node')!.distribution, WHERE_ARG],
  resolve: distribution,
});
declareRoot(target, 'Query', {
  name: 'timeSeries',
  role: 'READER',
  type: () => declared('TimeSeries'),
  isRequired: true,
  description: 'How nodes of all types spread over time; lists of one type have their own',
  args: [...statisticArgs.get('Node')!.timeSeries, WHERE_ARG],
  resolve: timeSeries,
});
