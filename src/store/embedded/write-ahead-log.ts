/** The log of the embedded engine: every commit is written to it, but the engine syncs it to disk in groups only. */
import { open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Below this many bytes, opening a store reads its log in no time. */
const SHORT_LOG_BYTES = 64 * 2 ** 20;

/** Makes what the log holds outlast a power cut; costs what was written since, where the engine would rewrite the file. */
export async function syncLog(databasePath: string): Promise<void> {
  for (const path of await logPaths(databasePath)) await sync(path);
  await sync(dirname(databasePath));
}

/** What is too long even while writers write: opening a store after a crash would take minutes. */
const ENDLESS_LOG_BYTES = 2 * 2 ** 30;

/**
 * Whether a log is longer than its file, and so worth being taken into it: a store that only grows is rewritten seldom. While
 * writers write, who would have to wait, it may be longer.
 */
export async function isLogLong(databasePath: string, isBusy = false): Promise<boolean> {
  const sizes = await Promise.all((await logPaths(databasePath)).map(sizeOf));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return bytes > Math.max(isBusy ? ENDLESS_LOG_BYTES : SHORT_LOG_BYTES, await sizeOf(databasePath));
}

/** The files of a log and its folder, which must be synced last. */
async function logPaths(databasePath: string): Promise<string[]> {
  const folder = `${databasePath}.wal`;
  const names = await readdir(folder).catch(() => []);
  return [...names.map((name) => join(folder, name)), ...(names.length > 0 ? [folder] : [])];
}

const sizeOf = async (path: string): Promise<number> => (await stat(path)).size;

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
