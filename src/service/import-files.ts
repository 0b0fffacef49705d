/** The first pass over all files of an import, so that what one says of the ends of relationships serves the others too. */
import { AppError, type ErrorCode } from '../errors';
import type { ByteSource } from '../ingest/byte-source';
import { IdTable } from '../ingest/id-table';
import type { FormatReader } from '../ingest/reader';
import { type Survey, surveyOf } from '../ingest/survey';

/** A file that was read to its end, or why it could not be. */
export type Surveyed =
  | {
      readonly source: ByteSource;
      readonly reader: FormatReader;
      readonly survey: Survey;
      readonly error?: undefined;
    }
  | {
      readonly source: ByteSource;
      readonly reader?: undefined;
      readonly survey?: undefined;
      readonly error: AppError;
    };

/** Bytes of content that the entries of all files together may hold in memory between the passes. */
const KEEP_BYTES = 64 * 2 ** 20;

/** Codes that are about a file and leave the store as it was. */
const FAULTS_OF_FILES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'BAD_ENCODING',
  'BAD_GZIP',
  'FILE_NOT_FOUND',
  'INVALID_JSON',
  'INVALID_YAML',
  'MAPPING_COLUMN',
  'NOT_STIX',
  'TOO_DEEP',
  'TOO_LARGE',
  'TRUNCATED',
  'UNEXPECTED_CONTENT',
  'UNKNOWN_FORMAT',
  'XML_DOCTYPE',
  'XML_MALFORMED',
]);

export const isFaultOfFile = (error: unknown): error is AppError =>
  error instanceof AppError && FAULTS_OF_FILES.has(error.code);

/** Reads every file to its end, in order; what is wrong with one does not keep the others from being read. */
export async function surveyAll(
  sources: readonly ByteSource[],
  readerFor: (source: ByteSource) => Promise<FormatReader>,
  signal: AbortSignal | undefined,
): Promise<readonly Surveyed[]> {
  const known = new IdTable();
  const surveyed: Surveyed[] = [];
  let left = KEEP_BYTES;
  for (const source of sources) {
    if (signal?.aborted) break;
    try {
      const reader = await readerFor(source);
      const survey = await surveyOf(source, reader, { keepBytes: left, known });
      left -= survey.keptBytes;
      surveyed.push({ source, reader, survey });
    } catch (error) {
      if (!isFaultOfFile(error)) throw error;
      surveyed.push({ source, error });
    }
  }
  return surveyed;
}
