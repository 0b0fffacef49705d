/** A lock between processes: a file that names the process which holds it. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_MS = 25;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

export class FileLock {
  private constructor(private readonly path: string) {}

  /** Waits until no living process holds the lock, then holds it. */
  static async take(name: string): Promise<FileLock> {
    const path = join(tmpdir(), name);
    for (;;) {
      try {
        writeFileSync(path, String(process.pid), { flag: 'wx' });
        return new FileLock(path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        FileLock.clearIfLeft(path);
        await sleep(RETRY_MS);
      }
    }
  }

  /** Removes the lock of a process that ended without releasing it. */
  private static clearIfLeft(path: string): void {
    try {
      const holder = readFileSync(path, 'utf8');
      if (holder !== '' && !isAlive(Number(holder))) rmSync(path, { force: true });
    } catch {
      // Released between the two looks at it.
    }
  }

  release(): void {
    rmSync(this.path, { force: true });
  }
}
