/** Mutations by which people create, change and take back objects, one by one or many at once. */
import { type ClassType, Float, ID, Int } from 'type-graphql';
import type { Problem } from '../model/validate';
import type { EditOptions, EditReport, GivenEvidence } from '../service/edit.service';
import type { ItemReport, WriteReport } from '../service/write.service';
import { type GraphContext, refresh } from './context';
import {
  type ArgSpec,
  DRY_RUN,
  declared,
  declareInput,
  declareObject,
  declareRoot,
  type FieldResolver,
  type FieldSpec,
  type TypeRef,
} from './declare';
import { registerEnum, vocabularyEnum } from './enums';
import { readNode, readObject, readRelationship } from './object-inputs';
import { SafeInt } from './scalars';

/** Home of the declared mutations. */
export class EditMutations {}
const target: ClassType<object> = EditMutations;

export const WriteStatusEnum = registerEnum(
  'WriteStatus',
  'What became of an object; stubbed: a relationship kept with an end that nobody has described yet',
  ['created', 'updated', 'unchanged', 'stubbed', 'rejected'].map(
    (name) => [name.toUpperCase(), name] as const,
  ),
);

type Written = { readonly id: string };
const node: FieldResolver<Written> = ({ id }, _args, { loaders }) => loaders.node.load(id);
const relationship: FieldResolver<Written> = ({ id }, _args, { loaders, projection, services }) => {
  const key = services.relationships.keyOf(projection, id);
  return key ? loaders.relationship.load(key) : null;
};

const RESULT_FIELDS: readonly FieldSpec[] = [
  { name: 'id', type: () => ID, isRequired: true, description: 'Id of the object' },
  { name: 'status', type: () => WriteStatusEnum, isRequired: true, description: 'What became of it' },
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
];
declareObject('WriteResult', 'What became of an object', [
  ...RESULT_FIELDS,
  { name: 'isDryRun', type: () => Boolean, isRequired: true, description: 'Whether nothing was written' },
  { name: 'seq', type: () => SafeInt, description: 'Number of the change; null when nothing changed' },
]);
const problemField =
  (field: keyof Problem): FieldResolver<ItemReport> =>
  ({ problem }) =>
    problem?.[field];
declareObject('ItemResult', 'What became of one of many objects', [
  ...RESULT_FIELDS,
  {
    name: 'problemCode',
    type: () => String,
    description: 'Why it was rejected, by a stable code',
    resolve: problemField('code'),
  },
  {
    name: 'problem',
    type: () => String,
    description: 'Why it was rejected, in words',
    resolve: problemField('message'),
  },
  { name: 'warning', type: () => String, description: 'Something to look at although it was kept' },
]);
declareObject('ImportObjectsResult', 'What became of many objects', [
  { name: 'totals', type: () => declared('ImportCounts'), isRequired: true, description: 'Counts' },
  {
    name: 'items',
    type: () => [declared('ItemResult')] as TypeRef,
    isRequired: true,
    description: 'What became of each, in the order given',
  },
  { name: 'isDryRun', type: () => Boolean, isRequired: true, description: 'Whether nothing was written' },
  { name: 'seq', type: () => SafeInt, description: 'Number of the change; null when nothing changed' },
]);
declareInput('EvidenceInput', 'What stands behind objects: one claim of one report on each', [
  { name: 'reportId', type: () => ID, isRequired: true, description: 'Id of the report that says so' },
  { name: 'says', type: () => String, description: 'What it says, in our own words' },
  { name: 'confidence', type: () => Float, description: 'Confidence, 0 to 100' },
  { name: 'credibility', type: () => Int, description: 'Admiralty credibility, 1 to 6' },
  { name: 'derivation', type: () => vocabularyEnum('Derivation'), description: 'How the claims came about' },
]);

type Input = { readonly [field: string]: unknown };
interface EditArgs {
  readonly input: Input;
  readonly dryRun: boolean;
}
interface ChangeArgs extends EditArgs {
  readonly id: string;
  readonly expectedRevision: number;
}

const optionsOf = ({ dryRun }: { readonly dryRun: boolean }, { view }: GraphContext): EditOptions => ({
  view,
  isDryRun: dryRun,
});

async function done(report: EditReport, context: GraphContext, isDryRun: boolean) {
  await refresh(context);
  return { ...report, isDryRun };
}

const create =
  (read: typeof readNode | typeof readRelationship): FieldResolver<unknown, EditArgs> =>
  async (_root, args, context) =>
    done(
      await context.services.edits.create(read(args.input), optionsOf(args, context)),
      context,
      args.dryRun,
    );

const updateNode: FieldResolver<unknown, ChangeArgs> = async (_root, args, context) => {
  const { type, properties } = readNode(args.input);
  const change = { ...optionsOf(args, context), id: args.id, expectedRevision: args.expectedRevision };
  return done(await context.services.edits.updateNode(type, properties, change), context, args.dryRun);
};
const updateRelationship: FieldResolver<unknown, ChangeArgs> = async (_root, args, context) => {
  const { type, properties } = readRelationship(args.input);
  const change = { ...optionsOf(args, context), id: args.id, expectedRevision: args.expectedRevision };
  return done(
    await context.services.edits.updateRelationship(type, properties, change),
    context,
    args.dryRun,
  );
};
const retract: FieldResolver<unknown, Omit<ChangeArgs, 'input'> & { readonly reason: string }> = async (
  _root,
  args,
  context,
) => {
  const change = { ...optionsOf(args, context), id: args.id, expectedRevision: args.expectedRevision };
  return done(await context.services.edits.retract(args.reason, change), context, args.dryRun);
};

interface ImportObjectsArgs {
  readonly objects: readonly Input[];
  readonly evidence?: GivenEvidence | null;
  readonly dryRun: boolean;
}
const importObjects: FieldResolver<unknown, ImportObjectsArgs> = async (_root, args, context) => {
  const report = await context.services.edits.writeAll(
    args.objects.map(readObject),
    args.evidence ?? undefined,
    optionsOf(args, context),
  );
  await refresh(context);
  return { ...report, totals: totalsOf(report), isDryRun: args.dryRun };
};

function totalsOf({ items }: WriteReport): Record<string, number> {
  const totals = { read: items.length, created: 0, updated: 0, unchanged: 0, stubbed: 0, rejected: 0 };
  for (const { status } of items) totals[status]++;
  return totals;
}

const inputArg = (type: string): ArgSpec => ({
  name: 'input',
  type: () => declared(type),
  isRequired: true,
  description: 'The object; of a change, the properties to set. A null takes a property away',
});
const CHANGE_ARGS: readonly ArgSpec[] = [
  { name: 'id', type: () => ID, isRequired: true, description: 'Id of the object' },
  {
    name: 'expectedRevision',
    type: () => Int,
    isRequired: true,
    description: 'Revision that the change was made against; another one is refused',
  },
  DRY_RUN,
];

const mutation = (
  name: string,
  type: string,
  description: string,
  args: readonly ArgSpec[],
  resolve: FieldResolver<never, never>,
): void =>
  declareRoot(target, 'Mutation', {
    name,
    role: 'EDITOR',
    type: () => declared(type),
    isRequired: true,
    description,
    args,
    resolve,
  });

mutation(
  'createNode',
  'WriteResult',
  'Creates a node; the same node again is unchanged',
  [inputArg('NodeInput'), DRY_RUN],
  create(readNode),
);
mutation(
  'createRelationship',
  'WriteResult',
  'Creates a relationship; the same relationship again is unchanged',
  [inputArg('RelationshipInput'), DRY_RUN],
  create(readRelationship),
);
mutation(
  'updateNode',
  'WriteResult',
  'Changes properties of a node',
  [inputArg('NodeInput'), ...CHANGE_ARGS],
  updateNode,
);
mutation(
  'updateRelationship',
  'WriteResult',
  'Changes properties of a relationship; its ends stay',
  [inputArg('RelationshipInput'), ...CHANGE_ARGS],
  updateRelationship,
);
mutation(
  'retract',
  'WriteResult',
  'Takes a node or relationship back: it is kept with its history and no longer active',
  [
    { name: 'reason', type: () => String, isRequired: true, description: 'Why; kept with the object' },
    ...CHANGE_ARGS,
  ],
  retract,
);
mutation(
  'importObjects',
  'ImportObjectsResult',
  'Writes many objects in one transaction, new or changed, and says what became of each; at most 20,000',
  [
    {
      name: 'objects',
      type: () => [declared('ObjectInput')] as TypeRef,
      isRequired: true,
      description: 'The objects',
    },
    {
      name: 'evidence',
      type: () => declared('EvidenceInput'),
      description: 'What stands behind all of them',
    },
    DRY_RUN,
  ],
  importObjects,
);
