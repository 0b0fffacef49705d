/** Deconfliction: asking without learning, being told without being asked. */
import { type ClassType, ID } from 'type-graphql';
import { pageSize } from '../service/page.service';
import type { DeconflictionRequest, PlanAlert } from '../service/plan/deconfliction.service';
import {
  DRY_RUN,
  declared,
  declareInput,
  declareObject,
  declareRoot,
  declareSubscription,
  type FieldResolver,
  type FieldSpec,
  required,
  type TypeRef,
} from './declare';
import { PAGE_ARGS } from './relation-fields';
import { DateTime } from './scalars';

/** Home of the declared queries and mutations. */
export class DeconflictionOperations {}
export class DeconflictionSubscriptions {}
const target: ClassType<object> = DeconflictionOperations;

declareInput('DeconflictionInput', 'What somebody asks about; at most 25 targets', [
  {
    name: 'caseReference',
    type: () => String,
    isRequired: true,
    description: 'Reference of the case it is asked for',
  },
  { name: 'contact', type: () => String, description: 'How owners of other plans may reach whoever asks' },
  { name: 'componentIds', type: () => [ID] as TypeRef, description: 'Ids of components and operations' },
  {
    name: 'addresses',
    type: () => [String] as TypeRef,
    description: 'Domains, addresses and numbers of targets that have no id here',
  },
]);
declareObject('DeconflictionNotice', 'What the owner of a plan lets an asker know', [
  required('id', () => ID, 'Id of the notice'),
  required('at', () => DateTime, 'When it was published'),
  required('actor', () => String, 'Who published it'),
  required('message', () => String, 'What it says'),
  { name: 'contact', type: () => String, description: 'How to reach them' },
]);
const QUERY_FIELDS: readonly FieldSpec[] = [
  required('id', () => ID, 'Id of the query'),
  required('at', () => DateTime, 'When it was made'),
  required('actor', () => String, 'Who made it'),
  required('caseReference', () => String, 'Reference of the case it was made for'),
  { name: 'contact', type: () => String, description: 'How to reach them' },
  required('componentIds', () => [ID] as TypeRef, 'Components and operations asked about'),
  required('addresses', () => [String] as TypeRef, 'Addresses asked about'),
];
declareObject(
  'DeconflictionQuery',
  'A query as whoever made it sees it: the same whether or not it met a plan of others',
  [
    ...QUERY_FIELDS,
    required(
      'notices',
      () => [declared('DeconflictionNotice')] as TypeRef,
      'What owners of other plans have let them know since',
    ),
  ],
);
declareObject('DeconflictionAsk', 'A query of somebody else', QUERY_FIELDS);
declareObject('DeconflictionEntry', 'A query with the plans it met', [
  ...QUERY_FIELDS,
  required('planIds', () => [ID] as TypeRef, 'Ids of the plans it met'),
]);

const plansOf: FieldResolver<PlanAlert> = async ({ planIds }, _args, { loaders }) => {
  const plans = await Promise.all(planIds.map((id) => loaders.node.load(id)));
  return plans.filter((plan) => plan !== null);
};
declareObject('DeconflictionAlert', "A query of somebody else that met the viewer's plans", [
  required('query', () => declared('DeconflictionAsk'), 'The query'),
  { ...required('plans', () => [declared('Plan')] as TypeRef, 'The plans it met'), resolve: plansOf },
  required('sharedTargets', () => [String] as TypeRef, 'Targets that the query and the plans share'),
  required(
    'notices',
    () => [declared('DeconflictionNotice')] as TypeRef,
    'What the asker has been let know on behalf of these plans',
  ),
]);

interface AskArgs {
  readonly input: Partial<DeconflictionRequest>;
  readonly dryRun: boolean;
}
const ask: FieldResolver<unknown, AskArgs> = (_root, { input, dryRun }, { services, view }) => {
  const { caseReference = '', contact, componentIds, addresses } = input;
  const request = { caseReference, contact, componentIds: componentIds ?? [], addresses: addresses ?? [] };
  return services.deconfliction.ask(view, request, dryRun);
};
declareRoot(target, 'Mutation', {
  name: 'askDeconfliction',
  role: 'ANALYST',
  type: () => declared('DeconflictionQuery'),
  isRequired: true,
  description:
    'Asks whether others plan against the same targets. The query is kept and limited in number; the answer does not tell: owners of such plans are told, and may publish a notice',
  args: [
    {
      name: 'input',
      type: () => declared('DeconflictionInput'),
      isRequired: true,
      description: 'What is asked about',
    },
    DRY_RUN,
  ],
  resolve: ask,
});

interface NoticeArgs {
  readonly queryId: string;
  readonly message: string;
  readonly contact?: string | null;
  readonly dryRun: boolean;
}
const publish: FieldResolver<unknown, NoticeArgs> = (
  _root,
  { queryId, dryRun, ...notice },
  { services, view },
) => services.deconfliction.publishNotice(view, queryId, notice, dryRun);
declareRoot(target, 'Mutation', {
  name: 'publishDeconflictionNotice',
  role: 'ANALYST',
  type: () => declared('DeconflictionNotice'),
  isRequired: true,
  description: "Lets whoever made a query that met the viewer's plans know something",
  args: [
    { name: 'queryId', type: () => ID, isRequired: true, description: 'Id of the query' },
    { name: 'message', type: () => String, isRequired: true, description: 'What to let them know' },
    { name: 'contact', type: () => String, description: 'How to reach the publisher' },
    DRY_RUN,
  ],
  resolve: publish,
});

const asked: FieldResolver<unknown> = (_root, _args, { services, view }) =>
  services.deconfliction.asked(view);
declareRoot(target, 'Query', {
  name: 'deconflictionQueries',
  role: 'ANALYST',
  isTimeless: true,
  type: () => [declared('DeconflictionQuery')] as TypeRef,
  isRequired: true,
  description:
    'Queries that the viewer has made, newest first, 500 at most, with the notices published since',
  resolve: asked,
});
const alerts: FieldResolver<unknown> = (_root, _args, { services, view }) =>
  services.deconfliction.alerts(view);
declareRoot(target, 'Query', {
  name: 'deconflictionAlerts',
  role: 'ANALYST',
  isTimeless: true,
  type: () => [declared('DeconflictionAlert')] as TypeRef,
  isRequired: true,
  description: "Queries of others that met the viewer's plans, newest first, 500 at most",
  resolve: alerts,
});

interface LogArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}
const log: FieldResolver<unknown, LogArgs> = (_root, { first, after }, { services, limits }) =>
  services.deconfliction.log(after ?? undefined, pageSize(first, limits.pageSize));
declareRoot(target, 'Query', {
  name: 'deconflictionLog',
  role: 'ADMIN',
  isTimeless: true,
  type: () => [declared('DeconflictionEntry')] as TypeRef,
  isRequired: true,
  description: 'The log of all queries with the plans they met, oldest first; `after` is the id of a query',
  args: PAGE_ARGS,
  resolve: log,
});

declareSubscription<PlanAlert, object>(DeconflictionSubscriptions, {
  name: 'deconflictionAlerts',
  role: 'ANALYST',
  type: () => declared('DeconflictionAlert'),
  isRequired: true,
  description: "Queries of others that meet the viewer's plans, as they are made, on any replica",
  subscribe: (_args, { services, viewer }) =>
    services.deconfliction.followAlerts(() => services.views.view({ viewer })),
});
