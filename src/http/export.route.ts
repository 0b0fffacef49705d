/** Hands out exports: a file in a stream that goes no faster than its reader. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Express, NextFunction, Request, Response } from 'express';
import { AppError } from '../errors';
import type { Log } from '../log';
import type { Viewer } from '../model/viewer';
import { type ExportParameters, readExportQuery, scopeOf } from '../service/export-request';
import type { Services } from '../service/services';
import { sendError } from './error-format';

export interface ExportOptions {
  /** Who sends a request. */
  readonly viewerOf: (request: Request) => Viewer;
  readonly log: Log;
}

export function mountExport(
  app: Express,
  { exporting, views }: Pick<Services, 'exporting' | 'views'>,
  { viewerOf, log }: ExportOptions,
): void {
  app.get('/export/:format', async (request: Request, response: Response, next: NextFunction) => {
    try {
      const query = readExportQuery(String(request.params.format), parametersOf(request));
      const view = await views.view({ viewer: viewerOf(request), ...scopeOf(query) });
      const { mediaType, fileName, text } = await exporting.export(view, query);
      response.setHeader('Content-Type', mediaType);
      response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
      response.setHeader('X-Content-Type-Options', 'nosniff');
      await send(text, response, request, log);
    } catch (error) {
      if (error instanceof AppError) sendError(request, response, error);
      else next(error);
    }
  });
}

/** Once text is on its way, a fault can only cut it off: the reader sees that the answer is not whole. */
async function send(
  text: AsyncIterable<string>,
  response: Response,
  request: Request,
  log: Log,
): Promise<void> {
  try {
    await pipeline(Readable.from(text), response);
  } catch (error) {
    const isGone = (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!isGone) log.error({ err: error, requestId: request.id }, 'export failed');
    response.destroy();
  }
}

export function parametersOf(request: Request): ExportParameters {
  const given = new URL(request.originalUrl, 'http://localhost').searchParams;
  return new Map([...new Set(given.keys())].map((name) => [name, given.getAll(name)]));
}
