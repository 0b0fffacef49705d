/** What an import is given: files, and how they are to be taken. */
import { Float, Int } from 'type-graphql';
import { edgeOf, vertexOf } from '../analysis';
import type { ImportOptions } from '../service/import.service';
import { type GivenContent, givenSource } from '../service/import-source';
import type { GraphContext } from './context';
import { declareInput, type FieldSpec, markOneOf } from './declare';
import { vocabularyEnum } from './enums';

export const FileContent = declareInput(
  'FileContent',
  'The content of a file: give exactly one of the fields',
  [
    { name: 'text', type: () => String, description: 'The text of the file, such as a STIX bundle in JSON' },
    { name: 'base64', type: () => String, description: 'The bytes of the file in base64, plain or gzip' },
  ],
);
markOneOf(FileContent);

/** Fields of an input that say whose word an import is, and what is to become of it. */
export const provenanceFields = (): FieldSpec[] => [
  { name: 'dryRun', type: () => Boolean, description: 'Only say what would become of it' },
  {
    name: 'linkIdentities',
    type: () => Boolean,
    description: 'Whether to link actors that can only be one and the same; yes if not given',
  },
  {
    name: 'source',
    type: () => String,
    description: 'Who published it; title and host of the collection if not given, where it comes from one',
  },
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
  {
    name: 'marking',
    type: () => String,
    description:
      'Marking of what bears none: a TLP 2.0 name such as TLP:AMBER, or the id of a marking definition',
  },
];

/** Fields of an input that say how files are to be taken. */
export const optionFields = (): FieldSpec[] => [
  { name: 'format', type: () => String, description: 'Their format; found by the content if not given' },
  {
    name: 'mapping',
    type: () => String,
    description: 'Text of a mapping file that says how a table, or JSON of no known format, is read',
  },
  ...provenanceFields(),
  {
    name: 'replaces',
    type: () => String,
    description:
      'Id of the report that it is a newer edition of; if not given, the last one that shares most of its objects',
  },
  {
    name: 'preview',
    type: () => Int,
    description: 'How many of the first objects to show as the model has them; at most 100',
  },
];

export interface GivenFile {
  readonly content: GivenContent;
  readonly name?: string | null;
}

export interface GivenProvenance {
  readonly dryRun?: boolean | null;
  readonly linkIdentities?: boolean | null;
  readonly source?: string | null;
  readonly reliability?: string | null;
  readonly confidence?: number | null;
  readonly marking?: string | null;
}

export interface GivenOptions extends GivenProvenance {
  readonly format?: string | null;
  readonly mapping?: string | null;
  readonly replaces?: string | null;
  readonly preview?: number | null;
}

export const sourceOf = ({ content, name }: GivenFile, position: number) =>
  givenSource(content, name ?? (position === 0 ? 'bundle' : `bundle ${position + 1}`));

/** Whose word an import is, and what is to become of it, as a caller gave it. */
export const provenanceOf = (
  given: GivenProvenance,
  { actor, viewer }: Pick<GraphContext, 'actor' | 'viewer'>,
): ImportOptions => ({
  isDryRun: given.dryRun ?? false,
  isUnlinked: given.linkIdentities === false,
  source: given.source ?? undefined,
  reliability: given.reliability ?? undefined,
  confidence: given.confidence ?? undefined,
  marking: given.marking ?? undefined,
  actor,
  viewer,
});

/** Options of an import as they were given by a caller. */
export function optionsOf(given: GivenOptions, context: GraphContext): ImportOptions {
  const { mapping } = given;
  const { projection } = context;
  return {
    ...provenanceOf(given, context),
    format: given.format ?? undefined,
    mapping: typeof mapping === 'string' ? givenSource({ text: mapping }, 'mapping') : undefined,
    replaces: given.replaces ?? undefined,
    preview: given.preview ?? undefined,
    sees: (id) => vertexOf(projection, id) >= 0 || edgeOf(projection, id) >= 0,
  };
}
