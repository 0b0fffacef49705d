/** Reads the body of a GraphQL request, and refuses what is too large, no JSON, or a batch. */
import express, { type NextFunction, type Request, type Response } from 'express';
import { AppError } from '../errors';
import { sendError } from './error-format';

interface BodyFault {
  readonly type?: string;
  readonly message: string;
}

export function requestBody(maxBytes: number) {
  const parse = express.json({ limit: maxBytes, type: () => true });
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.method !== 'POST') {
      request.body ??= {};
      next();
      return;
    }
    if (!request.is(['application/json', 'application/graphql+json'])) {
      const got = request.headers['content-type'] ?? 'none';
      sendError(request, response, new AppError('UNSUPPORTED_MEDIA_TYPE', { got }));
      return;
    }
    parse(request, response, (error?: unknown) => {
      const fault = error ? faultOf(error as BodyFault, maxBytes) : batchFault(request.body);
      if (fault) sendError(request, response, fault);
      else next();
    });
  };
}

const batchFault = (body: unknown): AppError | undefined =>
  Array.isArray(body) ? new AppError('BATCHING_NOT_SUPPORTED', { got: body.length }) : undefined;

function faultOf({ type, message }: BodyFault, maxBytes: number): AppError {
  if (type === 'entity.too.large') return new AppError('BODY_TOO_LARGE', { maxBytes });
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') {
    return new AppError('UNSUPPORTED_MEDIA_TYPE', { got: message });
  }
  return new AppError('MALFORMED_JSON', { reason: message });
}
