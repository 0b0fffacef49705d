/** Paths between two nodes, and the neighbourhood of one. */
import { type ClassType, ID, Int } from 'type-graphql';
import { type Filter, readFilter, readRelationshipFilter } from '../service/filter.service';
import { pageSize } from '../service/page.service';
import {
  type NeighbourhoodView,
  neighbourhoodOf,
  type PathsView,
  type PathView,
  pathsBetween,
} from '../service/path.service';
import {
  type ArgSpec,
  declared,
  declareObject,
  declareRoot,
  type FieldResolver,
  type FieldSpec,
  type TypeRef,
} from './declare';
import { DirectionEnum, RelationshipTypeEnum, registerEnum } from './enums';
import { RELATIONSHIP_ARG } from './filter-inputs';
import { SafeInt } from './scalars';

/** Home of the declared queries. */
export class PathQueries {}
const target: ClassType<object> = PathQueries;

const PathStatus = registerEnum('PathStatus', 'Whether all paths asked for were found', [
  ['COMPLETE', 'complete'],
  ['TRUNCATED', 'truncated'],
  ['STOPPED', 'stopped'],
]);

const nodes: FieldResolver<PathView> = async ({ nodeIds }, _args, { loaders }) => {
  const loaded = await Promise.all(nodeIds.map((id) => loaders.node.load(id)));
  return loaded.filter((node) => node !== null);
};
const relationships: FieldResolver<PathView> = async (path, _args, { loaders }) => {
  const loaded = await Promise.all(path.relationships.map((key) => loaders.relationship.load(key)));
  return loaded.filter((relationship) => relationship !== null);
};
const nodesField = (description: string): FieldSpec => ({
  name: 'nodes',
  type: () => [declared('Node')] as TypeRef,
  isRequired: true,
  description,
  resolve: nodes,
});
const relationshipsField = (description: string): FieldSpec => ({
  name: 'relationships',
  type: () => [declared('Relationship')] as TypeRef,
  isRequired: true,
  description,
  resolve: relationships,
});

declareObject('Path', 'A way from one node to another that visits no node twice', [
  {
    name: 'length',
    type: () => SafeInt,
    isRequired: true,
    description: 'Number of relationships',
    resolve: ((path) => path.relationships.length) as FieldResolver<PathView>,
  },
  nodesField('Nodes, from the first to the last'),
  relationshipsField('Relationships, in the order in which they are followed'),
]);
declareObject('Paths', 'Ways from one node to another', [
  {
    name: 'paths',
    type: () => [declared('Path')] as TypeRef,
    isRequired: true,
    description: 'Paths, the shortest first',
  },
  {
    name: 'status',
    type: () => PathStatus,
    isRequired: true,
    description:
      'COMPLETE: all within the length; TRUNCATED: there are more than asked for; STOPPED: the search was too long',
  },
  {
    name: 'explored',
    type: () => SafeInt,
    isRequired: true,
    description: 'Relationships that were looked at',
  },
]);
declareObject('DistanceCount', 'How many nodes lie at a distance', [
  { name: 'distance', type: () => SafeInt, isRequired: true, description: 'Relationships from the node' },
  { name: 'count', type: () => SafeInt, isRequired: true, description: 'Nodes at that distance' },
]);
declareObject('Neighbourhood', 'What lies around a node', [
  nodesField('Nodes by distance, the node itself first'),
  relationshipsField('Relationships among them'),
  { name: 'isTruncated', type: () => Boolean, isRequired: true, description: 'Whether nodes were left out' },
  {
    name: 'distances',
    type: () => [declared('DistanceCount')] as TypeRef,
    isRequired: true,
    description: 'How many nodes lie at each distance, those left out too',
  },
]);

interface PathArgs {
  readonly from: string;
  readonly to: string;
  readonly direction: 'OUT' | 'IN' | 'BOTH';
  readonly types?: readonly string[] | null;
  readonly maxLength: number;
  readonly first?: number | null;
}

const PATH_ARGS: readonly ArgSpec[] = [
  { name: 'from', type: () => ID, isRequired: true, description: 'Id of the first node' },
  { name: 'to', type: () => ID, isRequired: true, description: 'Id of the last node' },
  {
    name: 'types',
    type: () => [RelationshipTypeEnum] as TypeRef,
    description: 'Relationships to follow; all but judgements (SAME_AS) if not given',
  },
  {
    name: 'direction',
    type: () => DirectionEnum,
    description: 'Which way to follow them',
    defaultValue: 'BOTH',
  },
  { name: 'first', type: () => Int, description: 'How many paths to list; 50 if not given' },
];

const find =
  (isShortestOnly: boolean): FieldResolver<unknown, PathArgs> =>
  (_root, args, { projection, limits }): PathsView =>
    pathsBetween(projection, {
      from: args.from,
      to: args.to,
      direction: args.direction,
      relationshipTypes: args.types,
      maxLength: args.maxLength,
      first: pageSize(args.first, limits.pageSize),
      isShortestOnly,
    });

declareRoot(target, 'Query', {
  name: 'shortestPaths',
  role: 'READER',
  type: () => declared('Paths'),
  isRequired: true,
  description: 'The shortest paths between two nodes, all of one length',
  args: [
    ...PATH_ARGS,
    { name: 'maxLength', type: () => Int, description: 'Most relationships, up to 12', defaultValue: 8 },
  ],
  resolve: find(true),
});
declareRoot(target, 'Query', {
  name: 'paths',
  role: 'READER',
  type: () => declared('Paths'),
  isRequired: true,
  description: 'Paths between two nodes, the shortest first',
  args: [
    ...PATH_ARGS,
    { name: 'maxLength', type: () => Int, description: 'Most relationships, up to 12', defaultValue: 4 },
  ],
  resolve: find(false),
});

interface NeighbourhoodArgs {
  readonly id: string;
  readonly depth: number;
  readonly types?: readonly string[] | null;
  readonly relationship?: Filter | null;
  readonly where?: Filter | null;
  readonly first?: number | null;
}
const around: FieldResolver<unknown, NeighbourhoodArgs> = (
  _root,
  { id, types, depth, first, relationship, where },
  { projection, limits },
): NeighbourhoodView =>
  neighbourhoodOf(projection, {
    id,
    relationshipTypes: types,
    over: readRelationshipFilter(relationship),
    where: readFilter('Node', where),
    depth,
    first: pageSize(first, limits.pageSize),
  });

declareRoot(target, 'Query', {
  name: 'neighbourhood',
  role: 'READER',
  type: () => declared('Neighbourhood'),
  isRequired: true,
  description: 'What lies within some steps of a node, nearest first',
  args: [
    { name: 'id', type: () => ID, isRequired: true, description: 'Id of the node' },
    { name: 'depth', type: () => Int, description: 'Steps, up to 4', defaultValue: 1 },
    {
      name: 'types',
      type: () => [RelationshipTypeEnum] as TypeRef,
      description: 'Relationships to follow; all but judgements (SAME_AS) if not given',
    },
    RELATIONSHIP_ARG,
    {
      name: 'where',
      type: () => declared('NodeWhere'),
      description: 'Which nodes to show and to go through; the node itself is there in any case',
    },
    { name: 'first', type: () => Int, description: 'Most nodes; 50 if not given' },
  ],
  resolve: around,
});
