/** Hands out a backup: one file with everything, to administrators. */

import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Express, NextFunction, Request, Response } from 'express';
import { AppError } from '../errors';
import type { Log } from '../log';
import { hasRole, type Viewer } from '../model/viewer';
import type { BackupService } from '../service/backup/backup.service';
import { sendError } from './error-format';

export interface BackupRoute {
  readonly backups: BackupService;
  readonly viewerOf: (request: Request) => Promise<Viewer>;
  readonly log: Log;
}

/** A form on a page elsewhere can post, but not with a JSON content type. */
export function mountBackup(app: Express, { backups, viewerOf, log }: BackupRoute): void {
  app.post('/backup', async (request: Request, response: Response, next: NextFunction) => {
    try {
      if (!request.is('application/json')) {
        const got = request.headers['content-type'] ?? 'none';
        throw new AppError('UNSUPPORTED_MEDIA_TYPE', { got });
      }
      const viewer = await viewerOf(request);
      if (!hasRole(viewer, 'ADMIN')) {
        throw new AppError('FORBIDDEN', { field: 'backup', role: 'ADMIN', got: viewer.role });
      }
      await send(backups, response, log);
    } catch (error) {
      if (error instanceof AppError) sendError(request, response, error);
      else next(error);
    }
  });
}

/** The file is made first: writers wait for the store, not for the reader's line. */
async function send(backups: BackupService, response: Response, log: Log): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'atlas-backup-'));
  try {
    const path = join(folder, 'backup.gz');
    const { seq } = await backups.write(path);
    response.setHeader('Content-Type', 'application/gzip');
    response.setHeader('Content-Disposition', `attachment; filename="atlas-${seq}.backup.gz"`);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    await pipeline(createReadStream(path), response).catch((error: unknown) => {
      log.debug({ err: error }, 'a backup was not taken to its end');
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
