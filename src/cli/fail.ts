/** How a process says that it failed: the code and the message on stderr, and a status other than zero. */
import { AppError } from '../errors';
import { ServedError } from './remote/graphql-client';

export function fail(error: unknown): void {
  if (error instanceof AppError || error instanceof ServedError)
    process.stderr.write(`${error.code}: ${error.message}\n`);
  else process.stderr.write(`INTERNAL: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
}
