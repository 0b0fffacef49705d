/** Files that callers name to be written: opened before any work is done for them, refused by name where that cannot be. */
import { openSync, type WriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppError } from '../errors';

/** A stream into a file; what was in the file before is gone. @throws AppError FILE_NOT_WRITABLE */
export async function writeStreamOf(path: string): Promise<WriteStream> {
  const handle = await open(path, 'w').catch((error: unknown) => {
    throw notWritable(path, error);
  });
  return handle.createWriteStream();
}

/** A file open for synchronous writing, to be closed by the caller. @throws AppError FILE_NOT_WRITABLE */
export function openForWriting(path: string): number {
  try {
    return openSync(path, 'w');
  } catch (error) {
    throw notWritable(path, error);
  }
}

const notWritable = (path: string, error: unknown): AppError =>
  new AppError('FILE_NOT_WRITABLE', { path, reason: reasonOf(error) }, { cause: error });

const reasonOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error));
