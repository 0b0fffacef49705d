/** How files are to be taken by an import. */
import { AppError } from '../errors';
import type { ByteSource } from '../ingest/byte-source';
import { VOCABULARIES } from '../model/vocabulary';

export interface ImportOptions {
  /** Format of the files; found by content when absent or `auto`. */
  readonly format?: string;
  /** Mapping file by which the files are read: tables and JSON of no known format. */
  readonly mapping?: ByteSource;
  readonly isDryRun?: boolean;
  /** Who published the files. */
  readonly source?: string;
  /** Reliability of the source, A to F (Admiralty code). */
  readonly reliability?: string;
  /** How sure the source is of what it says where it does not say so itself, 0-100. */
  readonly confidence?: number;
  /** Whether to leave identity alone: link nobody, and say nothing of who may be who. */
  readonly isUnlinked?: boolean;
  /** Marking of what bears none in the files: a TLP 2.0 name or the id of a marking definition. */
  readonly marking?: string;
  /** Report that the file is a newer edition of; found by the objects that both hold if not given. */
  readonly replaces?: string;
  /** How many of the first objects of each file the report shows. */
  readonly preview?: number;
  /** What the importer may see of the graph; everything if not given. */
  readonly sees?: (id: string) => boolean;
  /** Who imports. */
  readonly actor: string;
}

const MAX_PREVIEW = 100;

/** @throws AppError BAD_INPUT for options out of range */
export function checkOptions({ reliability, confidence, marking, preview }: ImportOptions): void {
  if (preview !== undefined && !(Number.isInteger(preview) && preview >= 0 && preview <= MAX_PREVIEW)) {
    const expected = `a whole number from 0 to ${MAX_PREVIEW}`;
    throw new AppError('BAD_INPUT', { what: 'preview', expected, got: preview });
  }
  if (marking !== undefined && !isMarking(marking)) {
    throw new AppError('BAD_INPUT', {
      what: 'marking',
      expected: 'a TLP 2.0 name such as TLP:AMBER, or the id of a marking definition',
      got: marking,
    });
  }
  const grades: readonly string[] = VOCABULARIES.Reliability;
  if (reliability !== undefined && !grades.includes(reliability)) {
    throw new AppError('BAD_INPUT', {
      what: 'reliability',
      expected: `one of ${grades.join(' ')}`,
      got: reliability,
    });
  }
  if (confidence !== undefined && !(confidence >= 0 && confidence <= 100)) {
    throw new AppError('BAD_INPUT', {
      what: 'confidence',
      expected: 'a number from 0 to 100',
      got: confidence,
    });
  }
}

const isMarking = (text: string): boolean =>
  /^tlp:(clear|white|green|amber|amber\+strict|red)$/i.test(text) || /^marking-definition--\S+$/.test(text);
