/** Structure of a chosen part of the graph, as jobs: dismantling and critical nodes. */
import { Float, ID, Int } from 'type-graphql';
import { DISMANTLING_METHODS } from '../analysis';
import { enumName } from '../model/naming';
import { pageSize } from '../service/page.service';
import {
  type CriticalNodesParameters,
  type CriticalNodesResult,
  checkCriticalNodes,
  checkRemovals,
  criticalNodesAnalysis,
} from '../service/structure/critical-nodes.analysis';
import {
  checkDismantling,
  type DismantlingParameters,
  type DismantlingResult,
  dismantlingAnalysis,
} from '../service/structure/dismantling.analysis';
import { declared, type FieldResolver, type FieldSpec, required, type TypeRef } from './declare';
import { declareAnalysis } from './declare-analysis';
import { registerEnum } from './enums';
import { SafeInt } from './scalars';
import { COUNT_FIELDS, GRAPH_ARG, type GraphArgs, graphOf, refuseEmpty, SEED_ARG } from './subgraph-args';

interface Removing {
  readonly removed: readonly string[];
}
const removed: FieldResolver<Removing, { readonly first?: number | null }> = async (
  result,
  { first },
  { loaders, limits },
) => {
  const ids = result.removed.slice(0, pageSize(first, limits.pageSize));
  const nodes = await Promise.all(ids.map((id) => loaders.node.load(id)));
  return nodes.filter((node) => node !== null);
};
const removedFields = (order: string): readonly FieldSpec[] => [
  {
    ...required('removedIds', () => [ID] as TypeRef, `Ids of the nodes to remove, ${order}`),
    resolve: ((result) => result.removed) as FieldResolver<Removing>,
  },
  {
    ...required('removed', () => [declared('Node')] as TypeRef, `The first of the nodes to remove, ${order}`),
    args: [{ name: 'first', type: () => Int, description: 'How many; 50 if not given' }],
    resolve: removed,
  },
  {
    ...required('removals', () => SafeInt, 'How many nodes are removed'),
    resolve: ((result) => result.removed.length) as FieldResolver<Removing>,
  },
];

const DismantlingMethodEnum = registerEnum(
  'DismantlingMethod',
  'How to choose what to remove: adaptive DEGREE or BETWEENNESS, collective influence (CI), CORE_HD, GND or MIN_SUM',
  DISMANTLING_METHODS.map((method) => [enumName(method), method] as const),
);

const curve: FieldResolver<DismantlingResult> = (result) => [...result.curve];
declareAnalysis<DismantlingParameters, DismantlingResult, GraphArgs & Omit<DismantlingParameters, 'graph'>>({
  kind: dismantlingAnalysis,
  mutation: 'analyseDismantling',
  description: 'Which nodes to remove, in which order, until no linked part of the graph is large',
  args: [
    GRAPH_ARG,
    {
      name: 'method',
      type: () => DismantlingMethodEnum,
      description: 'How to choose; none is best on all graphs',
      defaultValue: 'core-hd',
    },
    {
      name: 'target',
      type: () => Float,
      description: 'Largest linked part to end with, as a share of all nodes, above 0 and up to 1',
      defaultValue: 0.01,
    },
    { name: 'radius', type: () => Int, description: 'Radius of collective influence', defaultValue: 2 },
    SEED_ARG,
  ],
  parameters: ({ method, target, radius, seed, ...rest }) => {
    const parameters = { ...graphOf(rest), method, target, radius, seed };
    checkDismantling(parameters);
    return parameters;
  },
  check: refuseEmpty,
  result: {
    name: 'DismantlingResult',
    description: 'Nodes whose removal takes the graph apart',
    fields: [
      ...COUNT_FIELDS,
      ...removedFields('first to last'),
      {
        ...required(
          'curve',
          () => [SafeInt] as TypeRef,
          'Size of the largest linked part after 0, 1, .. removals',
        ),
        resolve: curve,
      },
      required(
        'area',
        () => Float,
        'Area under that curve as a share of the greatest: the smaller, the better the order',
      ),
    ],
  },
});

interface CriticalNodesArgs extends GraphArgs {
  readonly k: number;
  readonly seed: number;
  readonly iterations?: number | null;
}
declareAnalysis<CriticalNodesParameters, CriticalNodesResult, CriticalNodesArgs>({
  kind: criticalNodesAnalysis,
  mutation: 'analyseCriticalNodes',
  description: 'The k nodes whose removal leaves the fewest pairs of nodes linked',
  args: [
    GRAPH_ARG,
    { name: 'k', type: () => Int, isRequired: true, description: 'How many nodes to remove' },
    {
      name: 'iterations',
      type: () => Int,
      description:
        'Exchanges to try; some seconds of them if not given. As many as that are tried unless the deadline comes first',
    },
    SEED_ARG,
  ],
  parameters: ({ k, iterations, seed, ...rest }) => {
    const parameters = { ...graphOf(rest), k, iterations: iterations ?? null, seed };
    checkCriticalNodes(parameters);
    return parameters;
  },
  check: checkRemovals,
  result: {
    name: 'CriticalNodesResult',
    description: 'Nodes whose removal leaves few pairs of nodes linked',
    fields: [
      ...COUNT_FIELDS,
      ...removedFields('by id'),
      required('pairwiseConnectivity', () => SafeInt, 'Pairs of nodes that stay linked'),
      required('bound', () => SafeInt, 'No choice of k nodes leaves fewer'),
      required('iterations', () => SafeInt, 'Exchanges tried'),
    ],
  },
});
