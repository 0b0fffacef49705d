/** What breaks when something is taken away: the ranking of chokepoints, cut sets of an operation, and what-if. */
import { type ClassType, Float, ID, Int } from 'type-graphql';
import type { DisruptionScope } from '../service/disruption/scope';
import type {
  ChokepointView,
  CutSetsView,
  CutSetView,
  DisruptionView,
  LossView,
} from '../service/disruption/views';
import type { FactView } from '../service/fact.service';
import { pageSize } from '../service/page.service';
import type { GraphContext } from './context';
import {
  declared,
  declareInput,
  declareObject,
  declareRoot,
  type FieldResolver,
  type FieldSpec,
  type TypeRef,
} from './declare';
import { NodeTypeEnum, registerEnum, vocabularyEnum } from './enums';
import type { NodeObject } from './objects';
import { DateTime, SafeInt } from './scalars';

/** Home of the declared queries. */
export class DisruptionQueries {}
const target: ClassType<object> = DisruptionQueries;

const DependencyPolicy = registerEnum('DependencyPolicy', 'How to read sources that only say who uses what', [
  ['STANDING_OPERATIONS', 'STANDING_OPERATIONS'],
  ['EXPLICIT_ONLY', 'EXPLICIT_ONLY'],
]);
const CutSetStatus = registerEnum('CutSetStatus', 'Whether all minimal cut sets asked for were found', [
  ['COMPLETE', 'complete'],
  ['TRUNCATED', 'truncated'],
  ['STOPPED', 'stopped'],
]);

const loadNodes = async (context: GraphContext, ids: readonly string[]): Promise<NodeObject[]> => {
  const nodes = await Promise.all(ids.map((id) => context.loaders.node.load(id)));
  return nodes.filter((node): node is NodeObject => node !== null);
};

const required = (name: string, type: () => TypeRef, description: string): FieldSpec => ({
  name,
  type,
  description,
  isRequired: true,
});
const list =
  (name: string): (() => TypeRef) =>
  () =>
    [declared(name)] as TypeRef;

const operationsOf: FieldResolver<LossView> = ({ operations }, _args, context) =>
  loadOperations(context, operations);

/** Standing operations are derived, not stored: those have no node. */
const loadOperations = (context: GraphContext, ids: readonly string[]): Promise<NodeObject[]> =>
  loadNodes(context, ids);

const LOSS_FIELDS: readonly FieldSpec[] = [
  required('operationsLost', () => SafeInt, 'Operations that stop, or lose a share'),
  required(
    'severityLost',
    () => Float,
    'Severity a day of the operations lost, each by the share that is lost',
  ),
  required('operationIds', () => [ID] as TypeRef, 'Ids of the operations, standing ones included'),
  {
    ...required(
      'operations',
      list('Operation'),
      'The operations that are on record; standing ones have only an id',
    ),
    resolve: operationsOf,
  },
];
const operationIds: FieldResolver<LossView> = ({ operations }) => operations;
const lossFields = (): FieldSpec[] =>
  LOSS_FIELDS.map((field) => (field.name === 'operationIds' ? { ...field, resolve: operationIds } : field));

declareObject('Loss', 'What stops', lossFields());

const members: FieldResolver<CutSetView> = (set, _args, context) => loadNodes(context, set.members);
declareObject('RankedCutSet', 'Components that together stop something, and none of which can be left out', [
  { ...required('members', list('Component'), 'The components'), resolve: members },
  required('cost', () => Float, 'What hitting all of them costs; 1 each until they have measures'),
  required('severityLost', () => Float, 'Severity a day of the operations lost'),
]);
declareObject('Importance', 'Measures of importance beside the loss alone', [
  required(
    'cutSetsByOrder',
    () => [SafeInt] as TypeRef,
    'Minimal cut sets of order 1, 2 and 3 that it belongs to',
  ),
  required('severityShare', () => Float, 'Share of the severity in scope that its loss alone takes'),
]);

const factRelationship: FieldResolver<FactView> = ({ fact, from, to }, _args, { loaders }) =>
  loaders.relationship.load({ id: fact, from, to });
const endOf =
  (end: 'from' | 'to'): FieldResolver<FactView> =>
  (fact, _args, { loaders }) =>
    loaders.node.load(fact[end]);
const claims: FieldResolver<FactView> = ({ fact }, _args, { loaders }) => loaders.claims.load(fact);

declareObject('Fact', 'A relationship that a result rests on, with the claims behind it', [
  {
    ...required('id', () => ID, 'Id of the relationship'),
    resolve: (({ fact }) => fact) as FieldResolver<FactView>,
  },
  required('type', () => String, 'Type of the relationship'),
  required('fromName', () => String, 'Name of the node it leaves'),
  required('toName', () => String, 'Name of the node it enters'),
  { name: 'from', type: () => declared('Node'), description: 'Node it leaves', resolve: endOf('from') },
  { name: 'to', type: () => declared('Node'), description: 'Node it enters', resolve: endOf('to') },
  {
    name: 'relationship',
    type: () => declared('Relationship'),
    description: 'The relationship with its properties',
    resolve: factRelationship,
  },
  { ...required('claims', list('Claim'), 'Who says so, in which report'), resolve: claims },
]);

const component: FieldResolver<ChokepointView> = ({ id }, _args, { loaders }) => loaders.node.load(id);
declareObject('Chokepoint', 'A component whose loss stops operations, alone or with one or two others', [
  required('rank', () => SafeInt, 'Place in the ranking, from 1'),
  required('id', () => ID, 'Id of the component'),
  required('name', () => String, 'Name of the component'),
  required('type', () => NodeTypeEnum, 'Type of the component'),
  { name: 'component', type: () => declared('Component'), description: 'The component', resolve: component },
  ...lossFields(),
  required(
    'withMarket',
    () => declared('Loss'),
    'The same when the market replaces what is not known to be irreplaceable',
  ),
  required('cheapestCutSets', list('RankedCutSet'), 'The cheapest sets of order 1 to 3 that it belongs to'),
  required('importance', () => declared('Importance'), 'Measures of importance'),
  {
    name: 'recoveryDays',
    type: () => Float,
    description: 'Days until it is back; null when that is not on record',
  },
  required('jurisdictions', () => [String] as TypeRef, 'Jurisdictions it is under: ISO 3166 codes, or names'),
  required('reach', () => vocabularyEnum('Reach'), 'Whether lawful action can take it away'),
  required('reachReason', () => String, 'Why'),
  required('evidence', list('Fact'), 'Facts by which its loss stops operations, nearest first'),
  required('evidenceCount', () => SafeInt, 'Number of such facts; the list may be shorter'),
]);

const warningNode: FieldResolver<{ readonly id: string }> = ({ id }, _args, { loaders }) =>
  loaders.node.load(id);
declareObject('EcosystemWarning', 'What makes a result doubtful', [
  required('code', () => String, 'UNKNOWN_SUPPLIER or TOO_FEW_SUPPLIERS'),
  required('id', () => ID, 'Id of what it is about'),
  { name: 'node', type: () => declared('Node'), description: 'What it is about', resolve: warningNode },
]);
declareObject('ChokepointRanking', 'Components by what their loss stops, best first', [
  required('chokepoints', list('Chokepoint'), 'The first of them'),
  required('totalCount', () => SafeInt, 'Components that stop something, exactly'),
  required('operationsInScope', () => SafeInt, 'Operations that count'),
  required('severityInScope', () => Float, 'Their severity a day'),
  required('status', () => CutSetStatus, 'Whether every cut set was counted'),
  required('warnings', list('EcosystemWarning'), 'What makes the ranking doubtful'),
  required('graphVersion', () => SafeInt, 'Number of the last change of the graph that was analysed'),
]);

type Member = { readonly id: string; readonly name: string };
const memberNode: FieldResolver<Member> = ({ id }, _args, { loaders }) => loaders.node.load(id);
declareObject('Member', 'Something taken away, or lost', [
  required('id', () => ID, 'Id'),
  required('name', () => String, 'Name'),
  {
    name: 'node',
    type: () => declared('Node'),
    description: 'The node; null where it is derived',
    resolve: memberNode,
  },
]);
declareObject('CutSet', 'Components whose loss together stops the operation; none can be left out', [
  required('members', list('Member'), 'The components'),
  required('order', () => SafeInt, 'How many there are'),
  required('cost', () => Float, 'What hitting all of them costs'),
]);
const cutOperation: FieldResolver<CutSetsView> = ({ operation }, _args, { loaders }) =>
  loaders.node.load(operation);
declareObject('CutSets', 'The minimal cut sets of one operation', [
  {
    name: 'operation',
    type: () => declared('Node'),
    description: 'The operation; null where it is derived',
    resolve: cutOperation,
  },
  required('count', () => SafeInt, 'How many there are up to the order asked for'),
  required('byOrder', () => [SafeInt] as TypeRef, 'How many there are of order 1, 2, ...'),
  required('sets', list('CutSet'), 'The sets, cheapest first'),
  required('status', () => CutSetStatus, 'Whether all were found and listed'),
]);

declareObject('Standing', 'How much is up', [
  required('operationsUp', () => SafeInt, 'Operations that work'),
  required('severity', () => Float, 'Their severity a day'),
]);
const refusedNode: FieldResolver<{ readonly id: string }> = ({ id }, _args, { loaders }) =>
  loaders.node.load(id);
declareObject('Refusal', 'Something that cannot be taken away for long enough', [
  required('id', () => ID, 'Id of the component'),
  required('reason', () => String, 'Why not'),
  { name: 'node', type: () => declared('Component'), description: 'The component', resolve: refusedNode },
]);
declareObject('Disruption', 'What is up before and after some components are taken away', [
  required('removed', list('Member'), 'What is taken away'),
  required('refused', list('Refusal'), 'What was asked for and cannot be taken away for long enough'),
  required('before', () => declared('Standing'), 'Before'),
  required('after', () => declared('Standing'), 'After'),
  required('lost', list('LostOperation'), 'Operations that stop, or lose a share'),
  required('severityLost', () => Float, 'Severity a day of what is lost'),
  required(
    'withMarket',
    () => declared('Loss'),
    'The loss when the market replaces what is not known to be irreplaceable',
  ),
  required('graphVersion', () => SafeInt, 'Number of the last change of the graph that was analysed'),
]);
declareObject('LostOperation', 'An operation that stops, or loses a share', [
  required('id', () => ID, 'Id'),
  required('name', () => String, 'Name'),
  required('severity', () => Float, 'Its severity a day'),
  {
    name: 'node',
    type: () => declared('Operation'),
    description: 'The operation; null where it is derived',
    resolve: memberNode,
  },
]);

declareInput('DisruptionScope', 'What to analyse; every field has a default', [
  {
    name: 'minDowntimeDays',
    type: () => Float,
    description: 'Days an operation must be stopped for; 30 if not given',
  },
  {
    name: 'horizonDays',
    type: () => Float,
    description: 'What outlives its provider by so many days does not fall with it; 365 if not given',
  },
  {
    name: 'policy',
    type: () => DependencyPolicy,
    description: 'How to read sources that only say who uses what; STANDING_OPERATIONS if not given',
  },
  {
    name: 'asOf',
    type: () => DateTime,
    description: 'Instant in the world at which things must hold; now if not given',
  },
  {
    name: 'isAllTime',
    type: () => Boolean,
    description: 'Take everything on record, whenever it held',
  },
  {
    name: 'operationIds',
    type: () => [ID] as TypeRef,
    description: 'Operations that count; all if not given',
  },
]);

type Scoped = { readonly scope?: { readonly [field: string]: unknown } | null };
const SCOPE_ARG = { name: 'scope', type: () => declared('DisruptionScope'), description: 'What to analyse' };
const scopeOf = ({ scope }: Scoped): DisruptionScope =>
  Object.fromEntries(Object.entries(scope ?? {}).filter(([, value]) => value !== null));

const chokepoints: FieldResolver<unknown, Scoped & { readonly first?: number | null }> = (
  _root,
  args,
  { services, limits, view },
) => services.chokepoints.chokepoints(view, scopeOf(args), pageSize(args.first ?? 20, limits.pageSize));

declareRoot(target, 'Query', {
  name: 'chokepoints',
  role: 'ANALYST',
  type: () => declared('ChokepointRanking'),
  isRequired: true,
  description: 'Ranks components by what their loss stops, with the cheapest cut sets and the evidence',
  args: [{ name: 'first', type: () => Int, description: 'How many to show; 20 if not given' }, SCOPE_ARG],
  resolve: chokepoints,
});

interface CutSetsArgs extends Scoped {
  readonly operation: string;
  readonly maxOrder?: number | null;
  readonly maxSets?: number | null;
}
const cutSets: FieldResolver<unknown, CutSetsArgs> = (_root, args, { services, view }) => {
  const { operationIds: _ignored, ...scope } = scopeOf(args);
  return services.chokepoints.cutSets(view, args.operation, scope, {
    maxOrder: args.maxOrder ?? undefined,
    maxSets: args.maxSets ?? undefined,
  });
};
declareRoot(target, 'Query', {
  name: 'cutSets',
  role: 'ANALYST',
  type: () => declared('CutSets'),
  isRequired: true,
  description: 'The minimal sets of components whose loss stops an operation',
  args: [
    { name: 'operation', type: () => ID, isRequired: true, description: 'Id of the operation' },
    {
      name: 'maxOrder',
      type: () => Int,
      description: 'Greatest number of components in a set; 3 if not given',
    },
    { name: 'maxSets', type: () => Int, description: 'Most sets to list; 1000 if not given' },
    SCOPE_ARG,
  ],
  resolve: cutSets,
});

const disruption: FieldResolver<unknown, Scoped & { readonly removing: readonly string[] }> = (
  _root,
  args,
  { services, view },
): Promise<DisruptionView> => services.chokepoints.disruption(view, args.removing, scopeOf(args));
declareRoot(target, 'Query', {
  name: 'disruption',
  role: 'ANALYST',
  type: () => declared('Disruption'),
  isRequired: true,
  description: 'What stops when some components are taken away together: before and after',
  args: [
    {
      name: 'removing',
      type: () => [ID] as TypeRef,
      isRequired: true,
      description: 'Ids of the components to take away',
    },
    SCOPE_ARG,
  ],
  resolve: disruption,
});
