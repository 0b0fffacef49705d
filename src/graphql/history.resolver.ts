/** Queries about change: who wrote an object when, and what differs between two states of knowledge. */
import { type ClassType, ID } from 'type-graphql';
import { AppError } from '../errors';
import type { Difference, DiffFilter } from '../service/diff.service';
import { type HistoryEntry, historyOf } from '../service/history.service';
import { type PageArgs, pageSize } from '../service/page.service';
import { type ConnectionSource, declareConnection, readListCursor } from './connections';
import type { GraphContext } from './context';
import {
  declared,
  declareInput,
  declareObject,
  declareRoot,
  type FieldResolver,
  type FieldSpec,
  markOneOf,
  type TypeRef,
} from './declare';
import { registerEnum } from './enums';
import { FACT_FIELDS, type FactRef, keyOf, listOf, TYPE_ARGS, type TypesArgs, typesOf } from './fact-ref';
import { PAGE_ARGS } from './relation-fields';
import { DateTime, JsonValue } from './scalars';

/** Home of the declared queries. */
export class HistoryQueries {}
const target: ClassType<object> = HistoryQueries;

const ObjectActionEnum = registerEnum(
  'ObjectAction',
  'What became of an object; DELETED: it is there no more, as after erasure',
  ['CREATED', 'UPDATED', 'RETRACTED', 'RESTORED', 'DELETED'].map((name) => [name, name] as const),
);
declareObject('PropertyChange', 'A property that differs', [
  {
    name: 'property',
    type: () => String,
    isRequired: true,
    description: 'Name; type, from and to are among them',
  },
  { name: 'before', type: () => JsonValue, description: 'Value before; null where there was none' },
  { name: 'after', type: () => JsonValue, description: 'Value after; null where there is none' },
]);
const CHANGE_FIELDS: readonly FieldSpec[] = [
  {
    name: 'action',
    type: () => ObjectActionEnum,
    isRequired: true,
    description: 'What became of the object',
  },
  {
    name: 'changed',
    type: () => [declared('PropertyChange')] as TypeRef,
    isRequired: true,
    description: 'Properties that differ, before and after, in order of name',
  },
  {
    name: 'before',
    type: () => JsonValue,
    description: 'All properties before; null where it was not there, or not described',
    resolve: (({ before }) => before?.properties ?? null) as FieldResolver<Difference>,
  },
  {
    name: 'after',
    type: () => JsonValue,
    description: 'All properties after',
    resolve: (({ after }) => after?.properties ?? null) as FieldResolver<Difference>,
  },
];
declareObject('HistoryEntry', 'One write of an object', [
  { name: 'at', type: () => DateTime, isRequired: true, description: 'When it was written' },
  { name: 'kind', type: () => String, isRequired: true, description: 'What kind of write it was' },
  { name: 'actor', type: () => String, isRequired: true, description: 'Who wrote it' },
  ...CHANGE_FIELDS,
]);
declareConnection('History', () => declared('HistoryEntry'), 'writes of an object, the latest first');

/** A page of what was written of an object, the latest first. */
export async function pageOfHistory(
  id: string,
  args: PageArgs,
  context: GraphContext,
): Promise<ConnectionSource> {
  const states = await context.loaders.states.load({ id, key: keyOf(context, id) });
  // Pages go by the place in the history, since ids of changes have no order.
  const entries = historyOf(states).map((entry, at) => ({
    ...entry,
    id: String(states.length - at).padStart(12, '0'),
  }));
  const size = pageSize(args.first, context.limits.pageSize);
  const after = readListCursor(args.after);
  const from = after === undefined ? 0 : entries.findIndex((entry) => entry.id < after);
  const rest = from < 0 ? [] : entries.slice(from);
  const items = rest
    .slice(0, size)
    .map((entry) => ({ ...entry, cursor: Buffer.from(entry.id).toString('base64url') }));
  const page = {
    items,
    totalCount: entries.length,
    hasNextPage: rest.length > size,
    hasPreviousPage: from !== 0 && entries.length > 0,
  };
  return { page, load: (entry: HistoryEntry) => entry } as unknown as ConnectionSource;
}
const history: FieldResolver<unknown, PageArgs & FactRef> = (_root, { id, ...args }, context) =>
  pageOfHistory(id, args, context);
declareRoot(target, 'Query', {
  name: 'history',
  type: () => declared('HistoryConnection'),
  isRequired: true,
  description: 'Every write of a node or relationship, the latest first, with before and after',
  args: [
    { name: 'id', type: () => ID, isRequired: true, description: 'Id of the node or relationship' },
    ...PAGE_ARGS,
  ],
  resolve: history,
  role: 'READER',
});

declareObject('Difference', 'An object that differs between two moments', [...FACT_FIELDS, ...CHANGE_FIELDS]);
declareConnection('Difference', () => declared('Difference'), 'objects that differ between two moments');
markOneOf(
  declareInput('MomentInput', 'A state of knowledge: give exactly one of the fields', [
    { name: 'at', type: () => DateTime, description: 'What was known at a moment' },
    {
      name: 'cursor',
      type: () => ID,
      description: 'What was known after a change, by its cursor in the feed',
    },
  ]),
);
type Moment = { readonly at?: string; readonly cursor?: string };
const viewAt = async ({ at, cursor }: Moment, { services, viewer }: GraphContext) =>
  services.views.view(
    cursor === undefined
      ? { viewer, knownAt: at }
      : { viewer, knownAtSeq: await services.changes.seqOf(cursor) },
  );
interface DiffArgs extends TypesArgs, PageArgs {
  readonly from: Moment;
  readonly to?: Moment | null;
  readonly actions?: DiffFilter['actions'];
}
const diff: FieldResolver<unknown, DiffArgs> = async (_root, args, context) => {
  const before = await viewAt(args.from, context);
  const after = args.to ? await viewAt(args.to, context) : context.view;
  if (before.base.seq > after.base.seq) {
    throw new AppError('BAD_INPUT', {
      what: 'from',
      expected: 'a moment before that of to',
      got: 'a later one',
    });
  }
  const filter = { types: typesOf(args), actions: args.actions };
  return listOf(await context.services.diffs.between(before, after, filter), args, context);
};
declareRoot(target, 'Query', {
  name: 'diff',
  type: () => declared('DifferenceConnection'),
  isRequired: true,
  description:
    'What differs between two states of knowledge, in order of id; what was changed and changed back does not',
  args: [
    { name: 'from', type: () => declared('MomentInput'), isRequired: true, description: 'The earlier one' },
    {
      name: 'to',
      type: () => declared('MomentInput'),
      description: 'The later one; the present if not given',
    },
    ...TYPE_ARGS,
    {
      name: 'actions',
      type: () => [ObjectActionEnum] as TypeRef,
      description: 'Only what became of objects in one of these ways',
    },
    ...PAGE_ARGS,
  ],
  resolve: diff,
  role: 'READER',
  isTimeless: true,
});
