/** The explorer page for browsers: one self-contained file that may load nothing and call nobody but this service. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request, Response } from 'express';

/** Where the build puts the page, seen from the compiled file. */
export const EXPLORER_PAGE = join(__dirname, '..', 'graphiql.html');

/** Whether a request comes from a browser that wants a page, not an answer. */
export const wantsPage = (request: Request): boolean =>
  request.method === 'GET' &&
  request.accepts(['application/json', 'application/graphql-response+json', 'html']) === 'html';

export interface Explorer {
  readonly html: string;
  readonly policy: string;
}

/** Reads the page, and says by hash which scripts of it may run. Undefined where it was not built. */
export function loadExplorer(path: string): Explorer | undefined {
  if (!existsSync(path)) return undefined;
  const html = readFileSync(path, 'utf8');
  const hashes = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script]) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  const policy = [
    "default-src 'none'",
    `script-src ${hashes.join(' ')} blob:`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    'font-src data:',
    "connect-src 'self'",
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return { html, policy };
}

export function sendExplorer(response: Response, { html, policy }: Explorer): void {
  response
    .status(200)
    .setHeader('Content-Security-Policy', policy)
    .setHeader('X-Content-Type-Options', 'nosniff')
    .setHeader('Referrer-Policy', 'no-referrer')
    .type('html')
    .send(html);
}
