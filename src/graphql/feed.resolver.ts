/** The mutation that imports from another TAXII server. */
import type { ClassType } from 'type-graphql';
import type { FeedReport } from '../service/feed.service';
import { refresh } from './context';
import { declared, declareInput, declareObject, declareRoot, type FieldResolver } from './declare';
import { type GivenProvenance, provenanceFields, provenanceOf } from './import-inputs';
import { DateTime, SafeInt } from './scalars';

/** Home of the declared mutations. */
export class FeedMutations {}
const target: ClassType<object> = FeedMutations;

const result: FieldResolver<FeedReport> = (report) => report;

declareObject('FeedImport', 'What became of an import from a TAXII server', [
  { name: 'collection', type: () => String, isRequired: true, description: 'Title of the collection' },
  { name: 'pages', type: () => SafeInt, isRequired: true, description: 'Pages that were read' },
  {
    name: 'addedAfter',
    type: () => DateTime,
    description: 'From when on the next run asks; null when the server does not say',
  },
  {
    name: 'isComplete',
    type: () => Boolean,
    isRequired: true,
    description: 'Whether the end of the collection was reached',
  },
  {
    name: 'result',
    type: () => declared('ImportResult'),
    isRequired: true,
    description: 'What became of the objects; each page is a file',
    resolve: result,
  },
]);

declareInput('ImportTaxiiInput', 'A collection of a TAXII 2.1 server to import from', [
  {
    name: 'url',
    type: () => String,
    isRequired: true,
    description: 'Address of an API root, or of a discovery endpoint; its host must be allowed',
  },
  {
    name: 'collection',
    type: () => String,
    isRequired: true,
    description: 'Id, alias or title of the collection',
  },
  {
    name: 'authorization',
    type: () => String,
    description: 'Value of the header Authorization; it is not kept',
  },
  { name: 'fromStart', type: () => Boolean, description: 'Read everything, whatever was read before' },
  ...provenanceFields(),
]);

interface ImportTaxiiInput extends GivenProvenance {
  readonly url: string;
  readonly collection: string;
  readonly authorization?: string | null;
  readonly fromStart?: boolean | null;
}

const importTaxii: FieldResolver<unknown, { readonly input: ImportTaxiiInput }> = async (
  _root,
  { input },
  context,
): Promise<FeedReport> => {
  const { url, collection } = input;
  const report = await context.services.feeds.import(
    {
      url,
      collection,
      authorization: input.authorization ?? undefined,
      isFromStart: input.fromStart ?? false,
    },
    provenanceOf(input, context),
  );
  await refresh(context);
  return report;
};

declareRoot(target, 'Mutation', {
  name: 'importTaxii',
  role: 'EDITOR',
  type: () => declared('FeedImport'),
  isRequired: true,
  description:
    'Imports what a collection of a TAXII server has got since the last time. Only hosts that whoever runs the service allows are called',
  args: [
    {
      name: 'input',
      type: () => declared('ImportTaxiiInput'),
      isRequired: true,
      description: 'The collection',
    },
  ],
  resolve: importTaxii,
});
