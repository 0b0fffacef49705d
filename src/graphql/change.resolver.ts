/** The feed of changes: a query that pages through it, and a subscription that goes on where a cursor ends. */
import { type ClassType, ID, Int } from 'type-graphql';
import type {
  ChangedObject,
  ChangeFilter,
  ChangePage,
  ChangeView,
  CurrentView,
} from '../service/change-feed.service';
import { refuseUnset } from '../service/filter.service';
import { type PageArgs, pageSize } from '../service/page.service';
import { type ConnectionSource, declareConnection, pageOfList, readListCursor } from './connections';
import { type GraphContext, refresh } from './context';
import {
  type ArgSpec,
  declared,
  declareInput,
  declareObject,
  declareRoot,
  declareSubscription,
  type FieldResolver,
  type TypeRef,
} from './declare';
import { NodeTypeEnum, RelationshipTypeEnum, registerEnum } from './enums';
import { PAGE_ARGS } from './relation-fields';
import { DateTime } from './scalars';

/** Home of the declared queries. */
export class ChangeQueries {}
/** Home of the declared subscription. */
export class ChangeSubscriptions {}
const target: ClassType<object> = ChangeQueries;

const ChangeActionEnum = registerEnum('ChangeAction', 'What a change did to an object', [
  ['CREATED', 'CREATED'],
  ['UPDATED', 'UPDATED'],
  ['RETRACTED', 'RETRACTED'],
  ['REFERENCED', 'REFERENCED'],
  ['CLAIMED', 'CLAIMED'],
]);

const node: FieldResolver<ChangedObject> = ({ id, isNode }, _args, { loaders }) =>
  isNode ? loaders.node.load(id) : null;
const relationship: FieldResolver<ChangedObject> = ({ id, isNode }, _args, context) => {
  const key = isNode ? undefined : context.services.relationships.keyOf(context.projection, id);
  return key ? context.loaders.relationship.load(key) : null;
};
const action: FieldResolver<ChangedObject> = async (object, _args, { loaders, services, projection }) => {
  if (object.isEvidenceOnly) return 'CLAIMED';
  const key = object.isNode ? undefined : services.relationships.keyOf(projection, object.id);
  const states = await loaders.states.load({ id: object.id, key });
  const at = states.findIndex((state) => state.change.id === object.changeId);
  if (at < 0) return 'REFERENCED';
  if (at === 0) return 'CREATED';
  const isRetraction = states[at].properties.revoked === true && states[at - 1].properties.revoked !== true;
  return isRetraction ? 'RETRACTED' : 'UPDATED';
};

declareObject('ChangedObject', 'An object that a change wrote', [
  { name: 'id', type: () => ID, isRequired: true, description: 'Id of the object' },
  {
    name: 'action',
    type: () => ChangeActionEnum,
    isRequired: true,
    description:
      'What became of it; REFERENCED: a node that nobody has described yet, CLAIMED: only its claims changed',
    resolve: action,
  },
  {
    name: 'node',
    type: () => declared('Node'),
    description: 'The node as it is now, if it is one',
    resolve: node,
  },
  {
    name: 'relationship',
    type: () => declared('Relationship'),
    description: 'The relationship as it is now, if it is one',
    resolve: relationship,
  },
]);
declareConnection('ChangedObject', () => declared('ChangedObject'), 'objects that a change wrote');

const objects: FieldResolver<ChangeView, PageArgs> = (change, args, { limits }) => {
  const first = pageSize(args.first, limits.pageSize);
  const page = pageOfList(change.objects, first, readListCursor(args.after));
  return { page, load: (object: unknown) => object } as unknown as ConnectionSource;
};

declareObject('Change', 'What was written at once: one transaction', [
  {
    name: 'cursor',
    type: () => ID,
    isRequired: true,
    description: 'Place in the feed; opaque. Pass it as `after` to go on behind it',
  },
  { name: 'at', type: () => DateTime, isRequired: true, description: 'When it was written' },
  { name: 'kind', type: () => String, isRequired: true, description: 'What kind of write it was' },
  { name: 'actor', type: () => String, isRequired: true, description: 'Who wrote it' },
  {
    name: 'objects',
    type: () => declared('ChangedObjectConnection'),
    isRequired: true,
    description: 'What it wrote, of that which the filter asks for',
    args: PAGE_ARGS,
    resolve: objects,
  },
]);

type Edge = { readonly cursor: string; readonly node: ChangeView };
const edges: FieldResolver<ChangePage> = ({ changes }): Edge[] =>
  changes.map((change) => ({ cursor: change.cursor, node: change }));
const pageInfo: FieldResolver<ChangePage & { readonly isFirst: boolean }> = (page) => ({
  hasNextPage: page.hasNextPage,
  hasPreviousPage: !page.isFirst,
  startCursor: page.changes[0]?.cursor ?? null,
  endCursor: page.changes[page.changes.length - 1]?.cursor ?? null,
});

declareObject('ChangeEdge', 'One change, with its place in the feed', [
  { name: 'cursor', type: () => ID, isRequired: true, description: 'Place in the feed; opaque' },
  { name: 'node', type: () => declared('Change'), isRequired: true, description: 'The change' },
]);
declareObject('ChangeConnection', 'A page of the feed of changes, the oldest first', [
  {
    name: 'pageInfo',
    type: () => declared('PageInfo'),
    isRequired: true,
    description: 'Where the page lies in the feed',
    resolve: pageInfo,
  },
  {
    name: 'edges',
    type: () => [declared('ChangeEdge')] as TypeRef,
    isRequired: true,
    description: 'Changes of the page with their cursors',
    resolve: edges,
  },
  {
    name: 'nodes',
    type: () => [declared('Change')] as TypeRef,
    isRequired: true,
    description: 'Changes of the page',
    resolve: (({ changes }) => changes) as FieldResolver<ChangePage>,
  },
]);

declareInput('ChangeWhere', 'Which changes to show: those that wrote an object for which all of these hold', [
  { name: 'ids', type: () => [ID] as TypeRef, description: 'Its id is one of these' },
  {
    name: 'nodeTypes',
    type: () => [NodeTypeEnum] as TypeRef,
    description: 'It is a node of one of these types',
  },
  {
    name: 'relationshipTypes',
    type: () => [RelationshipTypeEnum] as TypeRef,
    description: 'It is a relationship of one of these types; with nodeTypes, either',
  },
]);

interface ChangeWhere {
  readonly ids?: readonly string[] | null;
  readonly nodeTypes?: readonly string[] | null;
  readonly relationshipTypes?: readonly string[] | null;
}

interface FeedArgs {
  readonly after?: string | null;
  readonly where?: ChangeWhere | null;
}

function filterOf({ where }: FeedArgs): ChangeFilter {
  refuseUnset('changes', where);
  const hasTypes = where?.nodeTypes || where?.relationshipTypes;
  const types = hasTypes ? [...(where.nodeTypes ?? []), ...(where.relationshipTypes ?? [])] : null;
  return { ids: where?.ids, types };
}

const viewOf =
  (context: GraphContext): CurrentView =>
  async () => {
    await refresh(context);
    return context.view;
  };

const WHERE_ARG: ArgSpec = {
  name: 'where',
  type: () => declared('ChangeWhere'),
  description: 'Which changes to show, and what of them',
};

const changes: FieldResolver<unknown, FeedArgs & PageArgs> = async (_root, args, context) => {
  const first = pageSize(args.first, context.limits.pageSize);
  const view = async () => context.view;
  const page = await context.services.changes.page(args.after, first, filterOf(args), view);
  return { ...page, isFirst: !args.after };
};

declareRoot(target, 'Query', {
  name: 'changes',
  role: 'READER',
  isTimeless: true,
  type: () => declared('ChangeConnection'),
  isRequired: true,
  description: 'What was written, change by change, the oldest first',
  args: [
    { name: 'first', type: () => Int, description: 'How many changes to take; 50 if not given' },
    { name: 'after', type: () => ID, description: 'Cursor of the change after which to begin' },
    WHERE_ARG,
  ],
  resolve: changes,
});
declareRoot(target, 'Query', {
  name: 'changeCursor',
  role: 'READER',
  isTimeless: true,
  type: () => ID,
  isRequired: true,
  description: 'Cursor of the present: `changes` after it are those yet to come',
  resolve: ((_root, _args, { services }) => services.changes.present()) as FieldResolver<unknown>,
});
declareSubscription<ChangeView, FeedArgs>(ChangeSubscriptions, {
  name: 'changes',
  role: 'READER',
  type: () => declared('Change'),
  isRequired: true,
  description:
    'Every change as it is written, by any replica, none left out and none twice. After a break, go on after the cursor of the last one received',
  args: [
    {
      name: 'after',
      type: () => ID,
      description: 'Cursor of the change after which to begin; from now on if not given',
    },
    WHERE_ARG,
  ],
  subscribe: (args, context) => context.services.changes.follow(args.after, filterOf(args), viewOf(context)),
});
