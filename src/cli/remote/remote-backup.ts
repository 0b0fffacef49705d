/** A backup of a running service: fetched in a stream, and kept only when all of it has come. */
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type BackupReport, readBackupReport } from '../../service/backup/backup.service';
import { writeStreamOf } from '../../service/output-file';
import type { BackupAnswers } from '../answers';
import { addressAt, refusal, unreachable } from './graphql-client';

export class RemoteBackup implements BackupAnswers {
  constructor(private readonly server: string) {}

  /** @throws AppError BAD_INPUT, SERVER_UNREACHABLE, BACKUP_INVALID, or ServedError with the code that the service answers */
  async write(path: string): Promise<BackupReport> {
    const startMs = performance.now();
    const url = addressAt(this.server, '/backup');
    const part = `${path}.part`;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      }).catch((error: unknown) => {
        throw unreachable(url, error);
      });
      if (!response.ok || response.body === null) throw await refusal(response);
      const file = await writeStreamOf(part);
      await pipeline(Readable.fromWeb(response.body as never), file).catch((error: unknown) => {
        throw unreachable(url, error);
      });
      const report = await readBackupReport(part);
      await rename(part, path);
      return { ...report, file: path, seconds: Math.round(performance.now() - startMs) / 1000 };
    } finally {
      await rm(part, { force: true });
    }
  }
}
