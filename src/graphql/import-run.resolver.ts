/** Imports in the background, their progress and objects, and the taking back of imports. */
import { type ClassType, Float, ID, Int } from 'type-graphql';
import { AppError } from '../errors';
import { IMPORT_RUN_STATUSES, type ImportRun } from '../service/import-run.service';
import type { ImportedObject, ImportedStatus } from '../service/imported-object';
import { pageSize } from '../service/page.service';
import type { UndoReport } from '../service/undo-import.service';
import { declareConnection, listCursor, readListCursor } from './connections';
import { type GraphContext, refresh } from './context';
import {
  type ArgSpec,
  DRY_RUN,
  declared,
  declareInput,
  declareObject,
  declareRoot,
  declareSubscription,
  type FieldResolver,
  type FieldSpec,
  type TypeRef,
} from './declare';
import { WAIT_ARG, waiting } from './declare-analysis';
import { registerEnum } from './enums';
import {
  FileContent,
  type GivenFile,
  type GivenOptions,
  optionFields,
  optionsOf,
  sourceOf,
} from './import-inputs';
import { DateTime, SafeInt } from './scalars';

/** Home of the declared queries and mutations. */
export class ImportRunFields {}
/** Home of the declared subscription. */
export class ImportRunSubscriptions {}
const target: ClassType<object> = ImportRunFields;

const ImportRunStatus = registerEnum(
  'ImportRunStatus',
  'Where an import is',
  IMPORT_RUN_STATUSES.map((name) => [name, name] as const),
);
const STATUSES = ['created', 'updated', 'unchanged', 'stubbed', 'rejected', 'gone'] as const;
const ImportedStatusEnum = registerEnum(
  'ImportedStatus',
  'What became of an object; GONE: an edition before had it and this one has not, it stays',
  STATUSES.map((name) => [name.toUpperCase(), name] as const),
);

const field = (name: string, type: () => TypeRef, description: string): FieldSpec => ({
  name,
  type,
  description,
});
const required = (...spec: Parameters<typeof field>): FieldSpec => ({ ...field(...spec), isRequired: true });
const isNodeType =
  (isNode: boolean): FieldResolver<ImportedObject> =>
  async (object, _args, context) => {
    if (object.isNode !== isNode || object.id === '') return null;
    if (isNode) return context.loaders.node.load(object.id);
    const key = context.services.relationships.keyOf(context.projection, object.id);
    return key ? context.loaders.relationship.load(key) : null;
  };

declareObject('ImportedObject', 'What became of one object of a file', [
  required('id', () => ID, 'Its id; empty where it has none that could be read'),
  required('file', () => String, 'File it is in'),
  required('status', () => ImportedStatusEnum, 'What became of it'),
  field('code', () => String, 'Code of why it was refused, or of what to look at'),
  field('message', () => String, 'The same in words'),
  {
    ...field('node', () => declared('Node'), 'The node as it is now, if it is one'),
    resolve: isNodeType(true),
  },
  {
    ...field('relationship', () => declared('Relationship'), 'The relationship as it is now, if it is one'),
    resolve: isNodeType(false),
  },
]);
declareConnection(
  'ImportedObject',
  () => declared('ImportedObject'),
  'objects of an import, in order of import',
);

interface ObjectArgs {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly status?: ImportedStatus | null;
}
const objects: FieldResolver<ImportRun, ObjectArgs> = ({ id }, { first, after, status }, context) => {
  const size = pageSize(first, context.limits.pageSize);
  const from = readListCursor(after);
  const start = from === undefined ? undefined : Number(from);
  const page = context.services.importRuns.objects(id, context.actor, size, start, status ?? undefined);
  const items = page.items.map((each) => ({ ...each, cursor: listCursor(String(each.position)) }));
  return {
    page: { ...page, items, hasPreviousPage: start !== undefined },
    load: (each: ImportedObject) => each,
  };
};
const share: FieldResolver<ImportRun> = ({ status, progress }) =>
  status === 'DONE' ? 1 : progress && progress.total > 0 ? progress.done / progress.total : null;

declareObject('ImportRun', 'An import in the background; only who started it can see it', [
  required('id', () => ID, 'Id of the run'),
  required('status', () => ImportRunStatus, 'Where it is'),
  required('files', () => SafeInt, 'How many files it has'),
  {
    ...field(
      'progress',
      () => Float,
      'Share of the file that is written, from 0 to 1; null while files are read',
    ),
    resolve: share,
  },
  {
    ...field('file', () => String, 'File that is written'),
    resolve: (({ progress }) => progress?.file) as FieldResolver<ImportRun>,
  },
  {
    ...field('perSecond', () => Float, 'Entries of the file that are written in a second'),
    resolve: (({ progress }) => progress?.perSecond) as FieldResolver<ImportRun>,
  },
  {
    ...field('secondsLeft', () => Float, 'Estimate for the file; null while there is none to make'),
    resolve: (({ progress }) => progress?.secondsLeft) as FieldResolver<ImportRun>,
  },
  required('queuedAt', () => DateTime, 'When it was started'),
  field('endedAt', () => DateTime, 'When it ended; null before that'),
  field('error', () => declared('ImportFault'), 'Why it failed, if it did'),
  {
    ...field('result', () => declared('ImportResult'), 'What became of it; null until it has ended'),
    resolve: (({ report }) => report) as FieldResolver<ImportRun>,
  },
  {
    ...required('objects', () => declared('ImportedObjectConnection'), 'What became of each object so far'),
    args: [
      { name: 'first', type: () => Int, description: 'How many; 50 if not given' },
      { name: 'after', type: () => ID, description: 'Cursor after which the page starts' },
      { name: 'status', type: () => ImportedStatusEnum, description: 'Only those of which this became' },
    ],
    resolve: objects,
  },
]);

const FileInput = declareInput('ImportFileInput', 'A file to import', [
  required('content', () => FileContent, 'Its content'),
  field('name', () => String, 'Its name, for reports'),
]);
declareInput('ImportFilesInput', 'Files to import in the background', [
  required('files', () => [FileInput] as TypeRef, 'The files'),
  ...optionFields(),
]);
interface FilesArgs {
  readonly input: GivenOptions & { readonly files: readonly GivenFile[] };
}
const importFiles: FieldResolver<unknown, FilesArgs> = (_root, { input }, context) =>
  context.services.importRuns.start(input.files.map(sourceOf), optionsOf(input, context));
declareRoot(target, 'Mutation', {
  name: 'importFiles',
  role: 'EDITOR',
  type: () => declared('ImportRun'),
  isRequired: true,
  description: 'Starts an import in the background and returns at once; imports run one after the other',
  args: [
    { name: 'input', type: () => declared('ImportFilesInput'), isRequired: true, description: 'The files' },
  ],
  resolve: importFiles,
});

const ID_ARG: ArgSpec = { name: 'id', type: () => ID, isRequired: true, description: 'Id of the run' };
interface RunArgs {
  readonly id: string;
  readonly waitSeconds?: number | null;
}
const seen = async (run: ImportRun, context: GraphContext): Promise<ImportRun> => {
  await refresh(context);
  return run;
};
const find: FieldResolver<unknown, RunArgs> = async (_root, { id, waitSeconds }, context) => {
  const seconds = waiting(waitSeconds);
  return seen(await context.services.importRuns.settled(id, context.actor, seconds), context);
};
declareRoot(target, 'Query', {
  name: 'importRun',
  role: 'EDITOR',
  type: () => declared('ImportRun'),
  isRequired: true,
  description: 'One of your imports',
  args: [ID_ARG, WAIT_ARG],
  resolve: find,
});

declareConnection('ImportRun', () => declared('ImportRun'), 'your imports, the latest first');
const list: FieldResolver<unknown, ObjectArgs> = (_root, { first, after }, context) => {
  const size = pageSize(first, context.limits.pageSize);
  const page = context.services.importRuns.page(context.actor, size, readListCursor(after));
  const items = page.items.map((run) => ({ ...run, cursor: listCursor(run.id) }));
  return { page: { ...page, items }, load: (run: ImportRun) => run };
};
declareRoot(target, 'Query', {
  name: 'importRuns',
  role: 'EDITOR',
  type: () => declared('ImportRunConnection'),
  isRequired: true,
  description: 'Your imports that are remembered, the latest first',
  args: [
    { name: 'first', type: () => Int, description: 'How many; 50 if not given' },
    { name: 'after', type: () => ID, description: 'Cursor after which the page starts' },
  ],
  resolve: list,
});

const cancel: FieldResolver<unknown, RunArgs> = (_root, { id }, context) =>
  context.services.importRuns.cancel(id, context.actor);
declareRoot(target, 'Mutation', {
  name: 'cancelImport',
  role: 'EDITOR',
  type: () => declared('ImportRun'),
  isRequired: true,
  description:
    'Ends one of your imports after the batch that is being written; whole batches stay, and importing again completes it',
  args: [ID_ARG],
  resolve: cancel,
});

declareSubscription<ImportRun, RunArgs>(ImportRunSubscriptions, {
  name: 'importProgress',
  role: 'EDITOR',
  type: () => declared('ImportRun'),
  isRequired: true,
  description: 'How one of your imports stands, now and whenever it moves on; ends when the import does',
  args: [ID_ARG],
  subscribe: ({ id }, context) => context.services.importRuns.follow(id, context.actor),
});

declareObject('UndoneImport', 'What became of an import that was taken back', [
  required('report', () => ID, 'Id of its report'),
  required('deleted', () => SafeInt, 'Nodes and relationships that nobody else says'),
  required('restored', () => SafeInt, 'Those that are again as they were before'),
  required('stubbed', () => SafeInt, 'Nodes that others refer to and nobody else describes'),
  required('kept', () => SafeInt, 'Those that others say too, or that somebody edited'),
  required('claims', () => SafeInt, 'Claims that were taken back'),
  field('seq', () => SafeInt, 'Number of the last change; null when nothing changed'),
  required('isDryRun', () => Boolean, 'Whether nothing was written'),
]);
interface UndoArgs {
  readonly report: string;
  readonly dryRun: boolean;
}
const undoImport: FieldResolver<unknown, UndoArgs> = async (
  _root,
  { report, dryRun },
  context,
): Promise<UndoReport> => {
  const { view } = context;
  // What one may not see is not there.
  if (!view.hasNode(report)) throw new AppError('IMPORT_NOT_FOUND', { id: report });
  const options = { actor: context.actor, view, isDryRun: dryRun };
  const undone = await context.services.undoing.undo(view.storeId(report), options);
  await refresh(context);
  return { ...undone, report };
};
declareRoot(target, 'Mutation', {
  name: 'undoImport',
  role: 'EDITOR',
  type: () => declared('UndoneImport'),
  isRequired: true,
  description:
    'Takes back what only one import said. What others say too stays, what it changed is as before; the history keeps what goes',
  args: [
    { name: 'report', type: () => ID, isRequired: true, description: 'Id of the report of the import' },
    DRY_RUN,
  ],
  resolve: undoImport,
});
