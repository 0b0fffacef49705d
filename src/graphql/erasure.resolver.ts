/** Lawful erasure and legal holds: for administrators. */
import { type ClassType, ID } from 'type-graphql';
import type { ErasureReport } from '../service/erasure/erasure.service';
import type { HoldValue } from '../service/erasure/hold.service';
import type { PageArgs } from '../service/page.service';
import { declareConnection } from './connections';
import { refresh } from './context';
import {
  DRY_RUN,
  declared,
  declareObject,
  declareRoot,
  type FieldResolver,
  type FieldSpec,
  required,
  type TypeRef,
} from './declare';
import { listOf } from './fact-ref';
import { PAGE_ARGS } from './relation-fields';
import { DateTime, SafeInt } from './scalars';

/** Home of the declared queries and mutations. */
export class ErasureRoots {}
const target: ClassType<object> = ErasureRoots;

const text = (name: string, description: string): FieldSpec => required(name, () => String, description);
const count = (name: string, description: string): FieldSpec => required(name, () => SafeInt, description);

declareObject('ErasureResult', 'What was erased', [
  required(
    'tombstone',
    () => ID,
    'Id of the tombstone that stays; it tells nothing without the id of the object',
  ),
  count('nodes', 'Nodes erased'),
  count('relationships', 'Relationships erased: of a node all that it had'),
  count('claims', 'Claims erased: those about it, and those that it made as a report'),
  count('versions', 'Earlier states erased'),
  count('mentions', 'Other records that mentioned it, and now name the tombstone'),
  required('isDryRun', () => Boolean, 'Whether nothing was erased'),
  { name: 'seq', type: () => SafeInt, description: 'Number of the change' },
]);
declareObject('Tombstone', 'What is left of an object that was erased', [
  required('id', () => ID, 'A keyed hash of the id of the object'),
  required('at', () => DateTime, 'When it was erased'),
  text('erasedBy', 'Who erased it'),
  text('reason', 'Why'),
  text('basis', 'On what legal basis'),
]);
declareConnection('Tombstone', () => declared('Tombstone'), 'what was erased');
declareObject('Hold', 'A legal hold: while it lasts, its object cannot be erased', [
  required('id', () => ID, 'Id of the hold'),
  required('objectId', () => ID, 'Id of the node or relationship'),
  text('reason', 'Why it was placed'),
  text('placedBy', 'Who placed it'),
  required('placedAt', () => DateTime, 'When it was placed'),
  {
    ...required('isActive', () => Boolean, 'Whether it lasts'),
    resolve: (({ liftedAt }) => liftedAt === undefined) as FieldResolver<HoldValue>,
  },
  { name: 'liftedBy', type: () => String, description: 'Who lifted it' },
  { name: 'liftedAt', type: () => DateTime, description: 'When it was lifted' },
  { name: 'liftReason', type: () => String, description: 'Why it was lifted' },
]);
declareConnection('Hold', () => declared('Hold'), 'legal holds');

interface EraseArgs {
  readonly id: string;
  readonly reason: string;
  readonly basis: string;
  readonly dryRun: boolean;
}
const erase: FieldResolver<unknown, EraseArgs> = async (_root, { dryRun, ...order }, context) => {
  const report: ErasureReport = await context.services.erasures.erase(order, context.view, dryRun);
  await refresh(context);
  return { ...report, isDryRun: dryRun };
};
interface ReasonArgs {
  readonly id: string;
  readonly reason: string;
  readonly dryRun: boolean;
}
const placeHold: FieldResolver<unknown, ReasonArgs> = (_root, { id, reason, dryRun }, { services, view }) =>
  services.holds.place(id, reason, view, dryRun);
const liftHold: FieldResolver<unknown, ReasonArgs> = (_root, { id, reason, dryRun }, { services, view }) =>
  services.holds.lift(id, reason, view, dryRun);

const REASON = { name: 'reason', type: () => String, isRequired: true, description: 'Why; kept on record' };

declareRoot(target, 'Mutation', {
  name: 'erase',
  type: () => declared('ErasureResult'),
  isRequired: true,
  description:
    'Erases a node with its relationships, or one relationship: content, history, claims and index. A blind tombstone stays; the id is refused from then on. This cannot be undone',
  args: [
    { name: 'id', type: () => ID, isRequired: true, description: 'Id of the node or relationship' },
    { ...REASON, description: 'Why; kept with the tombstone, so it must not say what is erased' },
    { name: 'basis', type: () => String, isRequired: true, description: 'On what legal basis' },
    DRY_RUN,
  ],
  resolve: erase,
  role: 'ADMIN',
});
declareRoot(target, 'Mutation', {
  name: 'placeHold',
  type: () => declared('Hold'),
  isRequired: true,
  description:
    'Places a legal hold on a node or relationship: it cannot be erased, nor can a node of which it is a relationship',
  args: [
    { name: 'id', type: () => ID, isRequired: true, description: 'Id of the node or relationship' },
    REASON,
    DRY_RUN,
  ],
  resolve: placeHold,
  role: 'ADMIN',
});
declareRoot(target, 'Mutation', {
  name: 'liftHold',
  type: () => declared('Hold'),
  isRequired: true,
  description: 'Lifts a legal hold; it stays on record',
  args: [{ name: 'id', type: () => ID, isRequired: true, description: 'Id of the hold' }, REASON, DRY_RUN],
  resolve: liftHold,
  role: 'ADMIN',
});

interface HoldsArgs extends PageArgs {
  readonly objectId?: string | null;
}
const holds: FieldResolver<unknown, HoldsArgs> = async (_root, args, context) => {
  const found = await context.services.holds.list(args.objectId ?? undefined);
  return listOf(
    [...found].sort((a, b) => (a.id < b.id ? -1 : 1)),
    args,
    context,
  );
};
const tombstones: FieldResolver<unknown, PageArgs> = async (_root, args, context) =>
  listOf(await context.services.erasures.tombstones(), args, context);
const erased: FieldResolver<unknown, { readonly ids: readonly string[] }> = (_root, { ids }, context) =>
  context.services.erasures.among(ids);

declareRoot(target, 'Query', {
  name: 'holds',
  type: () => declared('HoldConnection'),
  isRequired: true,
  description: 'Legal holds, those that were lifted too',
  args: [...PAGE_ARGS, { name: 'objectId', type: () => ID, description: 'Only those on this object' }],
  resolve: holds,
  role: 'ADMIN',
  isTimeless: true,
});
declareRoot(target, 'Query', {
  name: 'tombstones',
  type: () => declared('TombstoneConnection'),
  isRequired: true,
  description: 'What was erased, without saying what it was',
  args: PAGE_ARGS,
  resolve: tombstones,
  role: 'ADMIN',
  isTimeless: true,
});
declareRoot(target, 'Query', {
  name: 'erased',
  type: () => [ID] as TypeRef,
  isRequired: true,
  description: 'Which of some ids are of objects that were erased: for whoever keeps a copy',
  args: [{ name: 'ids', type: () => [ID] as TypeRef, isRequired: true, description: 'Ids to look up' }],
  resolve: erased,
  role: 'EDITOR',
  isTimeless: true,
});
