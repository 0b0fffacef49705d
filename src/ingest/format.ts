/** Which reader a file takes: by the name of a format, or by what the file holds. */
import { AppError } from '../errors';
import type { ByteSource } from './byte-source';
import type { FormatReader } from './reader';
import { stixReader } from './stix.reader';

const READERS: readonly FormatReader[] = [stixReader];

export const formatNames = (): readonly string[] => READERS.map((reader) => reader.format);

/**
 * The reader for a source.
 *
 * @param format name of a format; `auto` or none to go by the content
 * @throws AppError UNKNOWN_FORMAT
 */
export async function readerOf(source: ByteSource, format = 'auto'): Promise<FormatReader> {
  if (format === 'auto') return stixReader;
  const reader = READERS.find((each) => each.format === format);
  if (reader) return reader;
  const reason = `there is no format ${JSON.stringify(format)}`;
  throw new AppError('UNKNOWN_FORMAT', { file: source.name, reason, known: formatNames().join(', ') });
}
