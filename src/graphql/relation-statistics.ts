/** Figures over what the nodes of a list are related to: counts, paths of relations, and what pairs share. */
import { Int } from 'type-graphql';
import type { Projection } from '../analysis';
import { AppError } from '../errors';
import { toSnakeCase } from '../model/naming';
import { RELATIONS, relationsOf } from '../model/ontology/relations';
import { type Filter, readFilter, readRelationshipFilter } from '../service/filter.service';
import { pageSize } from '../service/page.service';
import {
  distributionAlong,
  pairsSharing,
  type RelationStep,
  type SharedSpread,
  type Spread,
} from '../service/statistic.service';
import type { GraphContext } from './context';
import {
  type ArgSpec,
  declared,
  declareInput,
  declareObject,
  type FieldResolver,
  type FieldSpec,
  type TypeRef,
} from './declare';
import { registerEnum } from './enums';
import { RELATIONSHIP_ARG } from './filter-inputs';
import { SafeInt } from './scalars';

/** What figures are taken over. */
export interface Selection {
  readonly projection: Projection;
  readonly vertices: () => Uint32Array;
}

/** What the connection of a list gives to its figures. */
export type StatisticSource = { readonly selection: Selection };

/** What figures are taken over, on the graph that they are asked of: it may have columns that the list did without. */
export const selectionOn = ({ selection }: StatisticSource, { projection }: GraphContext): Selection =>
  projection.vertices.ids === selection.projection.vertices.ids ? { ...selection, projection } : selection;

export const whole = (name: string, description: string): FieldSpec => ({
  name,
  type: () => SafeInt,
  isRequired: true,
  description,
});
export const spreadFields = (bucket: string): FieldSpec[] => [
  whole('total', 'Nodes in the list'),
  whole('missing', 'Nodes without a value'),
  whole('distinct', 'Different values in all'),
  {
    name: 'buckets',
    type: () => [declared(bucket)] as TypeRef,
    isRequired: true,
    description: 'Values with their counts, the most frequent first',
  },
];
export const firstArg: ArgSpec = {
  name: 'first',
  type: () => Int,
  description: 'How many values to list; 50 if not given',
};

const relatedNode: FieldResolver<{ readonly value: string }> = ({ value }, _args, { loaders }) =>
  loaders.node.load(value);
declareObject('RelatedBucket', 'A node and how many nodes of the list are related to it', [
  { name: 'node', type: () => declared('Node'), description: 'The related node', resolve: relatedNode },
  whole('count', 'Nodes of the list that are related to it'),
]);
declareObject(
  'RelatedDistribution',
  'How nodes spread over what they are related to; one node may count in several buckets',
  spreadFields('RelatedBucket'),
);
type SharedPairView = SharedSpread['pairs'][number];
const pairNodes: FieldResolver<SharedPairView> = async ({ nodeIds }, _args, { loaders }) =>
  (await Promise.all(nodeIds.map((id) => loaders.node.load(id)))).filter((node) => node !== null);
declareObject('SharedPair', 'Two nodes and how many related nodes they share', [
  {
    name: 'nodes',
    type: () => [declared('Node')] as TypeRef,
    isRequired: true,
    description: 'The two, by external id, name and id',
    resolve: pairNodes,
  },
  whole('count', 'Related nodes that both have'),
]);
declareObject('SharedPairs', 'Pairs of nodes that share related nodes', [
  whole('total', 'Pairs that share any'),
  {
    name: 'pairs',
    type: () => [declared('SharedPair')] as TypeRef,
    isRequired: true,
    description: 'Pairs, those that share most first',
  },
]);
const AnyRelationEnum = registerEnum(
  'AnyRelation',
  'Relations of any type, by the names of their fields',
  [...new Set(RELATIONS.map(({ name }) => name))].map(
    (name) => [toSnakeCase(name).toUpperCase(), name] as const,
  ),
);
declareInput('RelationStepInput', 'One step along a relation', [
  { name: 'relation', type: () => AnyRelationEnum, isRequired: true, description: 'Relation to follow' },
  { name: 'where', type: () => declared('NodeWhere'), description: 'Which nodes it may lead to' },
  {
    name: 'relationship',
    type: () => declared('RelationshipWhere'),
    description: 'Which relationships to follow',
  },
  {
    name: 'orStay',
    type: () => Boolean,
    description: 'Stay at a node from which the step leads nowhere; otherwise the path ends there',
  },
]);
declareInput('RelationPathInput', 'Steps from a node of the list', [
  {
    name: 'steps',
    type: () => [declared('RelationStepInput')] as TypeRef,
    isRequired: true,
    description: 'The steps; up to 10',
  },
]);
interface StepArgs {
  readonly relation: string;
  readonly where?: Filter | null;
  readonly relationship?: Filter | null;
}
interface OverArgs extends StepArgs {
  readonly first?: number | null;
}

const stepOf = (
  name: string,
  { relation, where, relationship }: StepArgs,
  mayStay = false,
): RelationStep => ({
  relation: relationsOf(name).find((each) => each.name === relation)!,
  where: readFilter('Node', where),
  over: relationship ? readRelationshipFilter(relationship) : undefined,
  mayStay,
});

function overView(
  name: string,
  selection: Selection,
  args: OverArgs,
  { limits }: GraphContext,
): Spread<string> {
  const first = pageSize(args.first, limits.pageSize);
  return distributionAlong(selection.projection, selection.vertices(), [[stepOf(name, args)]], first);
}

interface AlongArgs {
  readonly paths: readonly { readonly steps: readonly (StepArgs & { readonly orStay?: boolean | null })[] }[];
  readonly first?: number | null;
}

/** Paths of one list, and steps of one path. */
const MAX_PATHS = 10;

function alongView(
  { projection, vertices }: Selection,
  args: AlongArgs,
  { limits }: GraphContext,
): Spread<string> {
  const sizes = [args.paths.length, ...args.paths.map(({ steps }) => steps.length)];
  const wrong = sizes.find((size) => size < 1 || size > MAX_PATHS);
  if (wrong !== undefined) {
    throw new AppError('BAD_INPUT', {
      what: 'paths',
      expected: `1 to ${MAX_PATHS} paths of as many steps`,
      got: wrong,
    });
  }
  const paths = args.paths.map(({ steps }) => steps.map((step) => anyStep(step)));
  return distributionAlong(projection, vertices(), paths, pageSize(args.first, limits.pageSize));
}

/** A step over a relation of any type: its name decides the relationship and the direction. */
function anyStep({
  relation,
  where,
  relationship,
  orStay,
}: AlongArgs['paths'][number]['steps'][number]): RelationStep {
  return {
    relation: RELATIONS.find((each) => each.name === relation)!,
    where: readFilter('Node', where),
    over: relationship ? readRelationshipFilter(relationship) : undefined,
    mayStay: orStay ?? false,
  };
}

const sharingView = (name: string, selection: Selection, args: OverArgs, { limits }: GraphContext) =>
  pairsSharing(
    selection.projection,
    selection.vertices(),
    stepOf(name, args),
    pageSize(args.first, limits.pageSize),
  );

/** Fields of the connection of a type or group, by an enum of its relations. */
export function relationStatistics(name: string, relations: TypeRef): readonly FieldSpec[] {
  const over: FieldResolver<StatisticSource, OverArgs> = (source, given, context) =>
    overView(name, selectionOn(source, context), given, context);
  const along: FieldResolver<StatisticSource, AlongArgs> = (source, given, context) =>
    alongView(selectionOn(source, context), given, context);
  const sharing: FieldResolver<StatisticSource, OverArgs> = (source, given, context) =>
    sharingView(name, selectionOn(source, context), given, context);
  const relationArgs: ArgSpec[] = [
    { name: 'relation', type: () => relations, isRequired: true, description: 'Relation to count by' },
    { name: 'where', type: () => declared('NodeWhere'), description: 'Which related nodes to take' },
    RELATIONSHIP_ARG,
    firstArg,
  ];
  return [
    {
      name: 'distributionOver',
      type: () => declared('RelatedDistribution'),
      isRequired: true,
      description:
        'How all nodes of the list spread over what they are related to; of equals, by external id, name and id',
      args: relationArgs,
      resolve: over,
    },
    {
      name: 'distributionAlong',
      type: () => declared('RelatedDistribution'),
      isRequired: true,
      description:
        'How all nodes of the list spread over what some paths of relations lead to, each node counted once however it gets there',
      args: [
        {
          name: 'paths',
          type: () => [declared('RelationPathInput')] as TypeRef,
          isRequired: true,
          description: 'The paths; up to 10',
        },
        firstArg,
      ],
      resolve: along,
    },
    {
      name: 'pairsSharing',
      type: () => declared('SharedPairs'),
      isRequired: true,
      description: 'Pairs of nodes of the list by how many related nodes they share',
      args: relationArgs,
      resolve: sharing,
    },
  ];
}
