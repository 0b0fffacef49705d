/** Running a write again when others were faster: the same rules on both engines. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors';

/** Thrown inside a write when what it decided on has changed meanwhile: it is rolled back and run again. */
export class WriteConflict extends Error {
  override readonly name = 'WriteConflict';
}

const MAX_TRIES = 10;
const FIRST_PAUSE_MS = 5;

/**
 * Runs an attempt until it passes, at most 10 times, with growing pauses.
 *
 * @throws AppError STORE_CONFLICT when the last attempt met a conflict as well; any other error at once.
 */
export async function retryConflicts<T>(
  attempt: () => Promise<T>,
  isConflict: (error: unknown) => boolean,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof WriteConflict || isConflict(error))) throw error;
      if (tries >= MAX_TRIES) throw new AppError('STORE_CONFLICT', { tries }, { cause: error });
      await sleep(FIRST_PAUSE_MS * tries * (1 + Math.random()));
    }
  }
}
