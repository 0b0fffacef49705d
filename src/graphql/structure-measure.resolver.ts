/** Measures, groups, cuts and dominators of a chosen part of the graph, as jobs. */
import { Float, ID, Int } from 'type-graphql';
import { enumName } from '../model/naming';
import { type CutParameters, type CutResult, checkCut, cutAnalysis } from '../service/structure/cut.analysis';
import {
  type Dominator,
  type DominatorsParameters,
  type DominatorsResult,
  dominatorsAnalysis,
} from '../service/structure/dominators.analysis';
import {
  GROUPINGS,
  type GroupsParameters,
  type GroupsResult,
  groupsAnalysis,
} from '../service/structure/groups.analysis';
import { CENTRALITY_MEASURES } from '../service/structure/measure';
import {
  type MeasureParameters,
  type MeasureResult,
  measureAnalysis,
} from '../service/structure/measure.analysis';
import { refuseOutside } from '../service/structure/subgraph';
import { declared, declareObject, type FieldResolver, required, type TypeRef } from './declare';
import { declareAnalysis } from './declare-analysis';
import { registerEnum } from './enums';
import { SafeInt } from './scalars';
import {
  COUNT_FIELDS,
  checkCount,
  type DirectedArgs,
  directionArg,
  GRAPH_ARG,
  type GraphArgs,
  graphOf,
  limitArg,
  refuseEmpty,
  SEED_ARG,
} from './subgraph-args';

const byName = (names: readonly string[]) => names.map((name) => [enumName(name), name] as const);
const nodeOf =
  (field: string): FieldResolver<Readonly<Record<string, string | null>>> =>
  (value, _args, { loaders }) =>
    value[field] === null ? null : loaders.node.load(value[field]);
const nodesOf: FieldResolver<{ readonly ids: readonly string[] }> = async ({ ids }, _args, { loaders }) =>
  (await Promise.all(ids.map((id) => loaders.node.load(id)))).filter((node) => node !== null);

const StructureMeasure = registerEnum(
  'StructureMeasure',
  'What to measure of each node. SEPARATED_PAIRS: the pairs of others that are linked only through it; K_CORE: the densest core it is in',
  byName(CENTRALITY_MEASURES),
);
declareObject('MeasuredNode', 'A node with its value', [
  required('id', () => ID, 'Id of the node'),
  required('value', () => Float, 'Its value; not normalised'),
  { name: 'node', type: () => declared('Node'), description: 'The node', resolve: nodeOf('id') },
]);
const values: FieldResolver<MeasureResult> = (result) =>
  result.ids.map((id, i) => ({ id, value: result.values[i] }));

interface MeasureArgs extends DirectedArgs {
  readonly measure: MeasureParameters['measure'];
  readonly samples?: number | null;
  readonly seed: number;
  readonly limit: number;
}
declareAnalysis<MeasureParameters, MeasureResult, MeasureArgs>({
  kind: measureAnalysis,
  mutation: 'analyseStructure',
  description: 'How central each node is, by one of the measures of the field',
  args: [
    {
      name: 'measure',
      type: () => StructureMeasure,
      isRequired: true,
      description: 'What to measure of each node',
    },
    GRAPH_ARG,
    directionArg('BOTH'),
    {
      name: 'samples',
      type: () => Int,
      description: 'Nodes to start betweenness from, for an estimate; all, and exact, if not given',
    },
    limitArg('limit', 'How many of the highest to list', 100),
    SEED_ARG,
  ],
  parameters: ({ measure, direction, samples = null, seed, limit, graph }) => {
    checkCount('limit', limit, 1);
    checkCount('samples', samples, 1, Number.MAX_SAFE_INTEGER);
    return { ...graphOf({ graph }), measure, direction, samples, seed, limit };
  },
  check: refuseEmpty,
  result: {
    name: 'StructureResult',
    description: 'Nodes by a measure of structure',
    fields: [
      ...COUNT_FIELDS,
      {
        ...required(
          'values',
          () => [declared('MeasuredNode')] as TypeRef,
          'The highest first; of equals by id',
        ),
        resolve: values,
      },
      required('mean', () => Float, 'Mean over all nodes'),
      required('median', () => Float, 'Median over all nodes'),
    ],
  },
});

const GroupingEnum = registerEnum(
  'Grouping',
  'COMPONENTS: linked parts; STRONG_COMPONENTS: nodes that reach each other along relationships; BLOCKS: parts that no single node splits; COMMUNITIES: more links inside than chance gives (Leiden)',
  byName(GROUPINGS),
);
declareObject('NodeGroup', 'Nodes that belong together', [
  required('size', () => SafeInt, 'How many they are'),
  required('ids', () => [ID] as TypeRef, 'Ids of the first of them, by id'),
  {
    ...required('nodes', () => [declared('Node')] as TypeRef, 'The first of them, by id'),
    resolve: nodesOf,
  },
]);
declareObject('LinkedPair', 'Two nodes that are linked', [
  required('fromId', () => ID, 'Id of the one'),
  required('toId', () => ID, 'Id of the other'),
  { name: 'from', type: () => declared('Node'), description: 'The one', resolve: nodeOf('fromId') },
  { name: 'to', type: () => declared('Node'), description: 'The other', resolve: nodeOf('toId') },
]);
type Pairs = readonly (readonly [string, string])[];
const pairs = (all: Pairs) => all.map(([fromId, toId]) => ({ fromId, toId }));
const bridges: FieldResolver<GroupsResult> = (result) => result.bridges && pairs(result.bridges);
const sizes: FieldResolver<GroupsResult> = (result) => [...result.sizes];

declareAnalysis<GroupsParameters, GroupsResult, GraphArgs & GroupsParameters>({
  kind: groupsAnalysis,
  mutation: 'analyseGroups',
  description: 'Which nodes belong together',
  args: [
    { name: 'grouping', type: () => GroupingEnum, description: 'In what sense', defaultValue: 'components' },
    GRAPH_ARG,
    {
      name: 'resolution',
      type: () => Float,
      description: 'Of communities: the higher, the smaller',
      defaultValue: 1,
    },
    limitArg('limit', 'How many groups to list', 50),
    limitArg('memberLimit', 'How many members of a group to list', 50),
    SEED_ARG,
  ],
  parameters: ({ grouping, resolution, limit, memberLimit, seed, graph }) => {
    checkCount('limit', limit, 0);
    checkCount('memberLimit', memberLimit, 0);
    checkCount('resolution', resolution, 0, 1e6);
    return { ...graphOf({ graph }), grouping, resolution, limit, memberLimit, seed };
  },
  check: refuseEmpty,
  result: {
    name: 'GroupsResult',
    description: 'Nodes that belong together',
    fields: [
      ...COUNT_FIELDS,
      required('groupCount', () => SafeInt, 'How many groups there are'),
      required('groups', () => [declared('NodeGroup')] as TypeRef, 'The largest first'),
      {
        ...required('sizes', () => [SafeInt] as TypeRef, 'Sizes of all groups, the largest first'),
        resolve: sizes,
      },
      { name: 'modularity', type: () => Float, description: 'Of communities: how much better than chance' },
      {
        name: 'articulationPoints',
        type: () => [ID] as TypeRef,
        description:
          'Of blocks: ids of the nodes that lie in several, without which the graph falls apart further',
      },
      {
        name: 'bridges',
        type: () => [declared('LinkedPair')] as TypeRef,
        description: 'Of blocks: links without which the graph falls apart further',
        resolve: bridges,
      },
    ],
  },
});

const CutOf = registerEnum('CutOf', 'What to take away', [
  ['NODES', 'NODES'],
  ['LINKS', 'LINKS'],
]);
const links: FieldResolver<CutResult> = (result) => pairs(result.links);
const cutNodes: FieldResolver<CutResult> = ({ nodeIds: ids }, args, context, info) =>
  nodesOf({ ids }, args, context, info);
declareAnalysis<CutParameters, CutResult, DirectedArgs & CutParameters>({
  kind: cutAnalysis,
  mutation: 'analyseCut',
  description: 'The fewest nodes, or links, without which one node does not reach another',
  args: [
    { name: 'from', type: () => ID, isRequired: true, description: 'Id of the one node' },
    { name: 'to', type: () => ID, isRequired: true, description: 'Id of the other' },
    { name: 'of', type: () => CutOf, description: 'What to take away', defaultValue: 'NODES' },
    GRAPH_ARG,
    directionArg('BOTH'),
  ],
  parameters: ({ from, to, of, direction, graph }) => {
    const parameters = { ...graphOf({ graph }), from, to, of, direction };
    checkCut(parameters);
    return parameters;
  },
  check: (parameters, projection) => {
    for (const id of [parameters.from, parameters.to]) refuseOutside(projection, parameters, id);
  },
  result: {
    name: 'CutResult',
    description: 'What separates two nodes; of all smallest sets the one closest to the first',
    fields: [
      ...COUNT_FIELDS,
      required(
        'isSeparable',
        () => Boolean,
        'False where the two are linked themselves: no other nodes separate them',
      ),
      required('size', () => SafeInt, 'How many nodes or links, and as many ways without a common one'),
      required('nodeIds', () => [ID] as TypeRef, 'Ids of the nodes, by id'),
      { ...required('nodes', () => [declared('Node')] as TypeRef, 'The nodes, by id'), resolve: cutNodes },
      { ...required('links', () => [declared('LinkedPair')] as TypeRef, 'The links'), resolve: links },
    ],
  },
});

declareObject('Dominator', 'A node that every way from the root to some others passes', [
  required('id', () => ID, 'Id of the node'),
  { name: 'node', type: () => declared('Node'), description: 'The node', resolve: nodeOf('id') },
  {
    name: 'dominatorId',
    type: () => ID,
    description: 'Id of the nearest such node before it; null: only the root',
  },
  required('dominated', () => SafeInt, 'How many nodes the root reaches only through it'),
]);
const dominators: FieldResolver<DominatorsResult> = (result): readonly Dominator[] => result.dominators;
declareAnalysis<DominatorsParameters, DominatorsResult, DirectedArgs & DominatorsParameters>({
  kind: dominatorsAnalysis,
  mutation: 'analyseDominators',
  description: 'What every way from one node to others passes',
  args: [
    { name: 'root', type: () => ID, isRequired: true, description: 'Id of the node where ways begin' },
    GRAPH_ARG,
    directionArg('OUT'),
    limitArg('limit', 'How many of those that dominate most to list', 100),
  ],
  parameters: ({ root, direction, limit, graph }) => {
    checkCount('limit', limit, 1);
    return { ...graphOf({ graph }), root, direction, limit };
  },
  check: (parameters, projection) => refuseOutside(projection, parameters, parameters.root),
  result: {
    name: 'DominatorsResult',
    description: 'Nodes that ways from a root cannot avoid',
    fields: [
      ...COUNT_FIELDS,
      required('reached', () => SafeInt, 'Nodes that the root reaches'),
      {
        ...required(
          'dominators',
          () => [declared('Dominator')] as TypeRef,
          'Those that dominate most first; of equals by id',
        ),
        resolve: dominators,
      },
    ],
  },
});
