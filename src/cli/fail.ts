/** How a process says that it failed: the code and the message on stderr, and a status other than zero. */
import { AppError } from '../errors';
import { ServedError } from './remote/graphql-client';

export function fail(error: unknown): void {
  if (isGoneReader(error)) return;
  if (error instanceof AppError || error instanceof ServedError)
    process.stderr.write(`${error.code}: ${error.message}\n`);
  else process.stderr.write(`INTERNAL: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
}

/** Whoever read our output has enough of it, as `head` has: nothing failed. */
const isGoneReader = (error: unknown): boolean => (error as NodeJS.ErrnoException)?.code === 'EPIPE';
