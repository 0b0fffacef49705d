/**
 * Checks by what name and from what page the service is called. A page elsewhere can make a browser call a loopback
 * service, under a name of its own that resolves to it (DNS rebinding): such calls carry a foreign Host or Origin.
 */
import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors';
import { sendError } from './error-format';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

export interface CallerRules {
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
}

/** Host name without its port, in lower case. */
export const hostNameOf = (host: string): string => host.toLowerCase().replace(/:\d+$/, '');

/** What is wrong with where a call comes from, if anything. */
export function callerFault(
  rules: CallerRules,
  host: string | undefined,
  origin: string | undefined,
): AppError | undefined {
  const names = [...LOOPBACK_NAMES, ...rules.allowedHosts];
  if (host === undefined || !names.includes(hostNameOf(host))) {
    return new AppError('FOREIGN_HOST', { host: host ?? '' });
  }
  if (origin === undefined || rules.allowedOrigins.includes(origin.toLowerCase())) return undefined;
  const own = [`http://${host.toLowerCase()}`, `https://${host.toLowerCase()}`];
  return own.includes(origin.toLowerCase()) ? undefined : new AppError('FOREIGN_ORIGIN', { origin });
}

export function callerCheck(rules: CallerRules) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { host, origin } = request.headers;
    const fault = callerFault(rules, host, origin);
    if (fault) {
      sendError(request, response, fault);
      return;
    }
    if (origin !== undefined && rules.allowedOrigins.includes(origin.toLowerCase())) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader(
        'Access-Control-Allow-Headers',
        'content-type, apollo-require-preflight, x-request-id',
      );
      response.setHeader('Access-Control-Allow-Methods', 'GET, POST, OPTIONS');
      response.setHeader('Vary', 'Origin');
      if (request.method === 'OPTIONS') {
        response.status(204).end();
        return;
      }
    }
    next();
  };
}
