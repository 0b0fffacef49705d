/** Says who holds a database file: the engine's own lock keeps others out but does not name the process. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

export interface Holder {
  readonly pid?: number;
  /** Address of the service in that process, if it serves. */
  readonly servedAt?: string;
}

export class FileHolder {
  private readonly path: string;

  constructor(databasePath: string) {
    this.path = `${databasePath}.holder`;
  }

  /** Writes this process down as the holder. Call it only while the lock is held. */
  claim(servedAt: string | undefined): void {
    writeFileSync(this.path, JSON.stringify({ pid: process.pid, servedAt }));
  }

  find(): Holder {
    try {
      const holder: unknown = JSON.parse(readFileSync(this.path, 'utf8'));
      return holder !== null && typeof holder === 'object' ? (holder as Holder) : {};
    } catch {
      return {};
    }
  }

  release(): void {
    rmSync(this.path, { force: true });
  }
}
