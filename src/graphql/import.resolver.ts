/** The mutation that imports the content of a file. */
import { GraphQLError } from 'graphql';
import { type ClassType, Float, ID } from 'type-graphql';
import type { FileReport, ImportReport } from '../service/import-report';
import { refresh } from './context';
import './identity-fields';
import {
  declared,
  declareInput,
  declareObject,
  declareRoot,
  type FieldResolver,
  type FieldSpec,
  type TypeRef,
} from './declare';
import {
  FileContent,
  type GivenFile,
  type GivenOptions,
  optionFields,
  optionsOf,
  sourceOf,
} from './import-inputs';
import { JsonValue, SafeInt } from './scalars';

/** Home of the declared mutations. */
export class ImportMutations {}
const target: ClassType<object> = ImportMutations;

const COUNTS = {
  read: 'Objects and relationships in the file: the sum of the other five',
  created: 'New in the store',
  updated: 'Changed in the store',
  unchanged: 'In the store already',
  stubbed: 'Relationships kept with an end that nobody has described yet',
  rejected: 'Refused; the reasons say why',
};

const countFields = (): FieldSpec[] =>
  Object.entries(COUNTS).map(([name, description]) => ({
    name,
    type: () => SafeInt,
    isRequired: true,
    description,
  }));

declareObject('ImportCounts', 'What became of the entries of files', countFields());
declareObject('ImportReason', 'Why entries were refused, or what to look at although they were kept', [
  { name: 'code', type: () => String, isRequired: true, description: 'Stable code of the reason' },
  { name: 'count', type: () => SafeInt, isRequired: true, description: 'Entries with the reason' },
  { name: 'example', type: () => String, isRequired: true, description: 'What was said of one of them' },
]);

const report: FieldResolver<FileReport> = ({ report: id }, _args, { loaders }) =>
  id === null ? null : loaders.node.load(id);

declareObject('ImportFault', 'Why an import failed', [
  { name: 'code', type: () => String, isRequired: true, description: 'Code, as of errors of the API' },
  {
    name: 'message',
    type: () => String,
    isRequired: true,
    description: 'What was expected, what came, and how to mend it',
  },
]);
declareObject(
  'GoneObjects',
  'What an edition of the same set before held and this one does not; it stays as it is',
  [
    {
      name: 'report',
      type: () => ID,
      isRequired: true,
      description: 'Report that this is a newer edition of',
    },
    { name: 'count', type: () => SafeInt, isRequired: true, description: 'How many objects are gone' },
    { name: 'examples', type: () => [ID] as TypeRef, isRequired: true, description: 'Ids of some of them' },
  ],
);
declareObject('PreviewedObject', 'An object of a file as the model has it', [
  { name: 'id', type: () => ID, isRequired: true, description: 'Its id' },
  { name: 'type', type: () => String, isRequired: true, description: 'Its type' },
  { name: 'from', type: () => ID, description: 'Where it leads from, if it is a relationship' },
  { name: 'to', type: () => ID, description: 'Where it leads to, if it is a relationship' },
  { name: 'status', type: () => String, isRequired: true, description: 'What becomes of it' },
  { name: 'properties', type: () => JsonValue, isRequired: true, description: 'Its properties' },
]);
declareObject('FileImport', 'What became of one file', [
  { name: 'file', type: () => String, isRequired: true, description: 'Name of the file' },
  { name: 'format', type: () => String, description: 'Format it was read as' },
  ...countFields(),
  {
    name: 'reasons',
    type: () => [declared('ImportReason')] as TypeRef,
    isRequired: true,
    description: 'Reasons, the most frequent first',
  },
  {
    name: 'report',
    type: () => declared('Report'),
    description: 'The report that stands for the content of the file; null after a dry run of a new file',
    resolve: report,
  },
  {
    name: 'error',
    type: () => declared('ImportFault'),
    description: 'Why the file as a whole could not be read; the store is as it was before',
  },
  {
    name: 'gone',
    type: () => declared('GoneObjects'),
    description: 'What an edition of the same set before held; null where there is none',
  },
  {
    name: 'preview',
    type: () => [declared('PreviewedObject')] as TypeRef,
    description: 'The first objects, if they were asked for',
  },
]);
declareObject('ImportResult', 'What became of an import', [
  {
    name: 'totals',
    type: () => declared('ImportCounts'),
    isRequired: true,
    description: 'Counts of all files',
  },
  {
    name: 'files',
    type: () => [declared('FileImport')] as TypeRef,
    isRequired: true,
    description: 'What became of each file',
  },
  {
    name: 'identity',
    type: () => declared('IdentityReport'),
    description: 'Who was linked with whom; null where no actors came or linking was switched off',
  },
  { name: 'seconds', type: () => Float, isRequired: true, description: 'Seconds it took' },
  { name: 'isDryRun', type: () => Boolean, isRequired: true, description: 'Whether nothing was written' },
  {
    name: 'isCancelled',
    type: () => Boolean,
    isRequired: true,
    description: 'Whether it was cancelled: whole batches up to then are in the store',
  },
  { name: 'seq', type: () => SafeInt, description: 'Number of the last change; null when nothing changed' },
]);

declareInput('ImportBundleInput', 'A file to import', [
  { name: 'content', type: () => FileContent, isRequired: true, description: 'Its content' },
  { name: 'name', type: () => String, description: 'Its name, for reports; `bundle` if not given' },
  ...optionFields(),
]);

const importBundle: FieldResolver<unknown, { readonly input: GivenFile & GivenOptions }> = async (
  _root,
  { input },
  context,
): Promise<ImportReport> => {
  const options = optionsOf(input, context);
  const result = await context.services.importing.import([sourceOf(input, 0)], options);
  const error = result.files[0]?.error;
  if (error) throw new GraphQLError(error.message, { extensions: { code: error.code } });
  await refresh(context);
  return result;
};

declareRoot(target, 'Mutation', {
  name: 'importBundle',
  role: 'EDITOR',
  type: () => declared('ImportResult'),
  isRequired: true,
  description:
    'Imports the content of a file. It is read from end to end before anything is written; importing it again changes nothing',
  args: [
    { name: 'input', type: () => declared('ImportBundleInput'), isRequired: true, description: 'The file' },
  ],
  resolve: importBundle,
});
