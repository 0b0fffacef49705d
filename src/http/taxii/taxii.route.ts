/** Mounts the TAXII 2.1 server. docs/exchange.md says what is served to whom. */
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { AppError } from '../../errors';
import type { Log } from '../../log';
import type { GraphView } from '../../service/graph-view';
import { statusOf } from '../error-format';
import { API_ROOT, send, type TaxiiHandler, TaxiiHandlers, type TaxiiServices } from './taxii-handlers';
import { takesTaxii } from './taxii-query';

export interface TaxiiOptions {
  readonly bodyBytes: number;
  /** The graph as whoever sends a request sees it. */
  readonly viewOf: (request: Request) => Promise<GraphView>;
  readonly log: Log;
}

export function mountTaxii(
  app: Express,
  services: TaxiiServices,
  { bodyBytes, viewOf, log }: TaxiiOptions,
): void {
  const handle =
    (handler: TaxiiHandler) =>
    async (request: Request, response: Response, next: NextFunction): Promise<void> => {
      try {
        await handler(request, response, await viewOf(request));
      } catch (error) {
        next(error);
      }
    };
  const handlers = new TaxiiHandlers(services, bodyBytes);
  const collection = `${API_ROOT}/collections/:collection`;
  const objects = `${collection}/objects`;
  app.use('/taxii2', (request: Request, _response: Response, next: NextFunction) => {
    const { accept } = request.headers;
    next(takesTaxii(accept) ? undefined : new AppError('NOT_ACCEPTABLE', { got: accept }));
  });
  app.get('/taxii2', handle(handlers.discovery));
  app.get(API_ROOT, handle(handlers.apiRoot));
  app.get(`${API_ROOT}/status/:status`, handle(handlers.status));
  app.get(`${API_ROOT}/collections`, handle(handlers.collections));
  app.get(collection, handle(handlers.collection));
  app.get(`${collection}/manifest`, handle(handlers.manifest));
  app.get(objects, handle(handlers.objects));
  app.post(objects, express.raw({ type: () => true, limit: bodyBytes }), handle(handlers.add));
  app.get(`${objects}/:object`, handle(handlers.object));
  app.delete(`${objects}/:object`, handle(handlers.takeOut));
  app.get(`${objects}/:object/versions`, handle(handlers.versions));
  app.use('/taxii2', (request: Request, _response: Response, next: NextFunction) => {
    next(new AppError('NO_SUCH_ROUTE', { path: request.originalUrl.slice(0, 200) }));
  });
  app.use('/taxii2', (error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const fault = faultOf(error, bodyBytes);
    if (fault.code === 'INTERNAL') log.error({ err: error, requestId: request.id }, 'request failed');
    sendFault(request, response, fault);
  });
}

function faultOf(error: unknown, maxBytes: number): AppError {
  if (error instanceof AppError) return error;
  const { type } = error as { readonly type?: string };
  if (type === 'entity.too.large') return new AppError('BODY_TOO_LARGE', { maxBytes });
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new AppError('UNSUPPORTED_MEDIA_TYPE', { got: type });
  }
  return new AppError('INTERNAL');
}

/** Section 3.6.1: the error message. */
function sendFault(request: Request, response: Response, fault: AppError): void {
  const status = statusOf(fault.code);
  send(response, status, {
    title: fault.code,
    description: fault.message,
    error_id: String(request.id),
    error_code: fault.code,
    http_status: String(status),
  });
}
