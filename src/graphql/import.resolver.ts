/** The mutation that imports the content of a file. */
import { GraphQLError } from 'graphql';
import { type ClassType, Float } from 'type-graphql';
import type { FileReport, ImportReport } from '../service/import-report';
import { type GivenContent, givenSource } from '../service/import-source';
import { refresh } from './context';
import './identity-fields';
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
import { vocabularyEnum } from './enums';
import { SafeInt } from './scalars';

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
  { name: 'seq', type: () => SafeInt, description: 'Number of the last change; null when nothing changed' },
]);

const content = declareInput('FileContent', 'The content of a file: give exactly one of the fields', [
  { name: 'text', type: () => String, description: 'The text of the file, such as a STIX bundle in JSON' },
  { name: 'base64', type: () => String, description: 'The bytes of the file in base64, plain or gzip' },
]);
markOneOf(content);
declareInput('ImportBundleInput', 'A file to import', [
  { name: 'content', type: () => content, isRequired: true, description: 'Its content' },
  { name: 'name', type: () => String, description: 'Its name, for reports; `bundle` if not given' },
  { name: 'format', type: () => String, description: 'Its format; found by the content if not given' },
  {
    name: 'mapping',
    type: () => String,
    description: 'Text of a mapping file that says how a table, or JSON of no known format, is read',
  },
  { name: 'dryRun', type: () => Boolean, description: 'Only say what would become of it' },
  {
    name: 'linkIdentities',
    type: () => Boolean,
    description: 'Whether to link actors that can only be one and the same; yes if not given',
  },
  { name: 'source', type: () => String, description: 'Who published it' },
  {
    name: 'reliability',
    type: () => vocabularyEnum('Reliability'),
    description: 'Reliability of the source',
  },
  {
    name: 'confidence',
    type: () => Float,
    description: 'How sure the source is where it does not say so itself, 0 to 100',
  },
]);

interface ImportBundleInput {
  readonly content: GivenContent;
  readonly name?: string | null;
  readonly format?: string | null;
  readonly mapping?: string | null;
  readonly dryRun?: boolean | null;
  readonly linkIdentities?: boolean | null;
  readonly source?: string | null;
  readonly reliability?: string | null;
  readonly confidence?: number | null;
}

const importBundle: FieldResolver<unknown, { readonly input: ImportBundleInput }> = async (
  _root,
  { input },
  context,
): Promise<ImportReport> => {
  const result = await context.services.importing.import(
    [givenSource(input.content, input.name ?? 'bundle')],
    {
      format: input.format ?? undefined,
      mapping:
        typeof input.mapping === 'string' ? givenSource({ text: input.mapping }, 'mapping') : undefined,
      isDryRun: input.dryRun ?? false,
      isUnlinked: input.linkIdentities === false,
      source: input.source ?? undefined,
      reliability: input.reliability ?? undefined,
      confidence: input.confidence ?? undefined,
      actor: context.actor,
    },
  );
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
