/** What the disruption queries answer with: losses, cut sets, facts, chokepoints, and how each came about. */
import { Float, ID } from 'type-graphql';
import { findNodeType } from '../model/ontology/ontology';
import type { ComponentConfidence } from '../service/disruption/certainty-views';
import { DEFENCE_KINDS } from '../service/disruption/lever';
import type { ChokepointView, CutSetsView, CutSetView, LossView } from '../service/disruption/views';
import type { FactView } from '../service/fact.service';
import type { GraphContext } from './context';
import {
  declared,
  declareObject,
  type FieldResolver,
  type FieldSpec,
  required,
  type TypeRef,
} from './declare';
import { ExactnessEnum, NodeTypeEnum, registerEnum, vocabularyEnum } from './enums';
import type { NodeObject } from './objects';
import { SafeInt } from './scalars';

export const CutSetStatus = registerEnum(
  'CutSetStatus',
  'Whether all minimal cut sets asked for were found',
  [
    ['COMPLETE', 'complete'],
    ['TRUNCATED', 'truncated'],
    ['STOPPED', 'stopped'],
  ],
);
export const DefenceKindEnum = registerEnum(
  'DefenceKind',
  'What those who are attacked can do: block a technique, put a mitigation or detection in place, patch a vulnerability',
  DEFENCE_KINDS.map((kind) => [kind, kind] as const),
);
declareObject('AnalysisBasis', 'How a result came about, and how far it can be trusted', [
  { name: 'method', type: () => String, isRequired: true, description: 'What was computed, in words' },
  {
    name: 'exactness',
    type: () => ExactnessEnum,
    isRequired: true,
    description: 'How far it can be trusted',
  },
  {
    name: 'bound',
    type: () => Float,
    description: 'What the exact value cannot pass, where the result is no exact one and that is known',
  },
  {
    name: 'graphVersion',
    type: () => SafeInt,
    isRequired: true,
    description: 'Number of the last change of the graph that was analysed',
  },
  { name: 'seconds', type: () => Float, isRequired: true, description: 'How long it took' },
]);

const loadNodes = async (context: GraphContext, ids: readonly string[]): Promise<NodeObject[]> => {
  const nodes = await Promise.all(ids.map((id) => context.loaders.node.load(id)));
  return nodes.filter((node): node is NodeObject => node !== null);
};

export const list =
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

const isComponent = ({ __typename }: NodeObject): boolean => findNodeType(__typename)?.isComponent === true;
const members: FieldResolver<CutSetView> = async (set, _args, context) =>
  (await loadNodes(context, set.members)).filter(isComponent);
const hits: FieldResolver<CutSetView> = (set, _args, context) => loadNodes(context, set.members);
declareObject('RankedCutSet', 'Components that together stop something, and none of which can be left out', [
  { ...required('members', list('Component'), 'The components among them'), resolve: members },
  { ...required('hits', list('Node'), 'All of them, defences included'), resolve: hits },
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

const confidenceField = (name: keyof ComponentConfidence, type: string, description: string): FieldSpec => ({
  name,
  type: () => declared(type),
  description: `${description}; null unless confidence is asked for`,
  resolve: (({ confidence }) => confidence?.[name] ?? null) as FieldResolver<ChokepointView>,
});
const CONFIDENCE_FIELDS: readonly FieldSpec[] = [
  confidenceField('rankInterval', 'RankInterval', 'Places that it takes when facts may be false'),
  confidenceField('pChokepoint', 'ProbabilityEstimate', 'Chance that its loss alone stops anything'),
  confidenceField('severityLostInterval', 'LossInterval', 'What it loses alone when facts may be false'),
];

const ownNode: FieldResolver<ChokepointView> = ({ id }, _args, { loaders }) => loaders.node.load(id);
const component: FieldResolver<ChokepointView> = async ({ id }, _args, context) =>
  (await loadNodes(context, [id])).find(isComponent) ?? null;
declareObject(
  'Chokepoint',
  'A component whose loss, or a defence that, stops operations, alone or with one or two others',
  [
    required('rank', () => SafeInt, 'Place in the ranking, from 1'),
    required('id', () => ID, 'Id of the component'),
    required('name', () => String, 'Name of the component'),
    required('type', () => NodeTypeEnum, 'Type of the component'),
    {
      name: 'component',
      type: () => declared('Component'),
      description: 'The component; null for a defence that is none',
      resolve: component,
    },
    { name: 'node', type: () => declared('Node'), description: 'The component or defence', resolve: ownNode },
    { name: 'defence', type: () => DefenceKindEnum, description: 'What kind of defence it is, if it is one' },
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
    required(
      'jurisdictions',
      () => [String] as TypeRef,
      'Jurisdictions it is under: ISO 3166 codes, or names',
    ),
    required('reach', () => vocabularyEnum('Reach'), 'Whether lawful action can take it away'),
    required('reachReason', () => String, 'Why'),
    required('evidence', list('Fact'), 'Facts by which its loss stops operations, nearest first'),
    required('evidenceCount', () => SafeInt, 'Number of such facts; the list may be shorter'),
    ...CONFIDENCE_FIELDS,
  ],
);

const warningNode: FieldResolver<{ readonly id: string }> = ({ id }, _args, { loaders }) =>
  loaders.node.load(id);
declareObject('EcosystemWarning', 'What makes a result doubtful', [
  required('code', () => String, 'UNKNOWN_SUPPLIER, TOO_FEW_SUPPLIERS or CONTRADICTION'),
  required('id', () => ID, 'Id of what it is about'),
  { name: 'node', type: () => declared('Node'), description: 'What it is about', resolve: warningNode },
]);
declareObject('ChokepointRanking', 'Components by what their loss stops, best first', [
  required('chokepoints', list('Chokepoint'), 'The first of them'),
  required('totalCount', () => SafeInt, 'Components that stop something, exactly'),
  required('operationsInScope', () => SafeInt, 'Operations that count'),
  required('severityInScope', () => Float, 'Their severity a day'),
  required(
    'operationsUntargeted',
    () => SafeInt,
    'Operations left out because their targets are not on record',
  ),
  required('status', () => CutSetStatus, 'Whether every cut set was counted'),
  {
    name: 'confidence',
    type: () => declared('ConfidenceSummary'),
    description: 'What the confidence rests on; null unless it is asked for',
  },
  required('warnings', list('EcosystemWarning'), 'What makes the ranking doubtful'),
  required('graphVersion', () => SafeInt, 'Number of the last change of the graph that was analysed'),
  required('basis', () => declared('AnalysisBasis'), 'How the result came about'),
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
  required('basis', () => declared('AnalysisBasis'), 'How the result came about'),
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
  required('basis', () => declared('AnalysisBasis'), 'How the result came about'),
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
