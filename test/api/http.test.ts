import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../src/errors';
import { serve } from '../../src/http/server';
import { type ApiServer, startApi, testConfig } from '../support/api-server';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** A request whose Host header may say anything, which fetch does not allow. */
function send(
  url: string,
  headers: Record<string, string>,
  body?: string,
  method = body ? 'POST' : 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    call.on('error', reject).end(body);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const TYPENAME = JSON.stringify({ query: '{ __typename }' });
const codeOf = ({ text }: Answer): string => JSON.parse(text).errors[0].extensions.code;

describe('HTTP', () => {
  let api: ApiServer;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chokepoint-atlas-'));
    const explorerPage = join(folder, 'graphiql.html');
    execFileSync(process.execPath, ['scripts/explorer-page.mjs', explorerPage]);
    api = await startApi(
      {
        ATLAS_ALLOWED_HOSTS: 'atlas.example',
        ATLAS_ALLOWED_ORIGINS: 'https://board.example',
        ATLAS_MAX_BODY_MB: '1',
      },
      { explorerPage },
    );
  });
  afterAll(async () => {
    await api.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['127.0.0.1:4000', 200],
    ['localhost', 200],
    ['LOCALHOST:1', 200],
    ['[::1]:4000', 200],
    ['atlas.example:443', 200],
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example:4000', 403],
  ])('called as %s it answers %d', async (host, status) => {
    const answer = await send(`${api.url}/graphql`, { ...JSON_TYPE, host }, TYPENAME);
    expect(answer.status).toBe(status);
    if (status === 403) expect(codeOf(answer)).toBe('FOREIGN_HOST');
  });

  it.each([
    ['http://localhost:4000', 200],
    ['https://board.example', 200],
    ['http://localhost:5000', 403],
    ['https://evil.example', 403],
    ['null', 403],
  ])('for pages of %s it answers %d', async (origin, status) => {
    const answer = await send(
      `${api.url}/graphql`,
      { ...JSON_TYPE, host: 'localhost:4000', origin },
      TYPENAME,
    );
    expect(answer.status).toBe(status);
    if (status === 403) expect(codeOf(answer)).toBe('FOREIGN_ORIGIN');
    const isNamed = answer.headers['access-control-allow-origin'] === origin;
    expect(isNamed).toBe(origin === 'https://board.example');
  });

  it('lets a named site ask first what it may send, and no other', async () => {
    const preflight = (origin: string) =>
      send(`${api.url}/graphql`, { host: 'localhost', origin }, undefined, 'OPTIONS');
    expect((await preflight('https://board.example')).status).toBe(204);
    expect((await preflight('https://evil.example')).status).toBe(403);
  });

  it.each([
    ['{', 400, 'MALFORMED_JSON'],
    ['"text"', 400, 'MALFORMED_JSON'],
    ['[{"query":"{__typename}"}]', 400, 'BATCHING_NOT_SUPPORTED'],
    [
      JSON.stringify({ query: '{ __typename }', variables: { x: 'x'.repeat(1_100_000) } }),
      413,
      'BODY_TOO_LARGE',
    ],
    ['{}', 400, 'BAD_REQUEST'],
    [JSON.stringify({ query: '{' }), 400, 'GRAPHQL_PARSE_FAILED'],
    [JSON.stringify({ query: '{ nobody }' }), 400, 'GRAPHQL_VALIDATION_FAILED'],
  ])('refuses body %#', async (body, status, code) => {
    const answer = await send(`${api.url}/graphql`, JSON_TYPE, body);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect(answer.text).not.toMatch(/at .*\.[jt]s:\d+|node_modules/);
  });

  it('refuses what is not JSON by its type, and calls that a form could make', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=latin-9',
    ]) {
      const answer = await send(`${api.url}/graphql`, { 'content-type': type }, TYPENAME);
      expect([answer.status, codeOf(answer)]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    }
    const query = encodeURIComponent('{ __typename }');
    expect((await send(`${api.url}/graphql?query=${query}`, {})).status).toBe(400);
    expect(
      (await send(`${api.url}/graphql?query=${query}`, { 'apollo-require-preflight': '1' })).status,
    ).toBe(200);
  });

  it('says where there is nothing, and leads the root to the API', async () => {
    const nothing = await send(`${api.url}/nothing`, {});
    expect([nothing.status, codeOf(nothing)]).toEqual([404, 'NO_SUCH_ROUTE']);
    expect((await send(`${api.url}/`, {})).headers.location).toBe('/graphql');
  });

  it('names every request, by the id it came with if that is a sane one', async () => {
    const given = await send(`${api.url}/healthz`, { 'x-request-id': 'trace-1.2:3' });
    expect(given.headers['x-request-id']).toBe('trace-1.2:3');
    const made = await send(`${api.url}/healthz`, { 'x-request-id': 'a b' });
    expect(made.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(given.headers['x-powered-by']).toBeUndefined();
  });

  it('is alive whatever the store does, and ready while the store answers', async () => {
    expect((await send(`${api.url}/readyz`, {})).status).toBe(200);
    api.engine.failure = new AppError('STORE_UNREACHABLE', { store: 'embedded', reason: 'it went away' });
    const [alive, ready, answer] = [
      await send(`${api.url}/healthz`, {}),
      await send(`${api.url}/readyz`, {}),
      await send(`${api.url}/graphql`, JSON_TYPE, TYPENAME),
    ];
    api.engine.failure = undefined;
    expect(alive.status).toBe(200);
    expect([ready.status, codeOf(ready)]).toEqual([503, 'STORE_UNREACHABLE']);
    expect(codeOf(answer)).toBe('STORE_UNREACHABLE');
    expect((await send(`${api.url}/readyz`, {})).status).toBe(200);
  });

  it('hides what nobody foresaw behind INTERNAL', async () => {
    api.engine.failure = new Error('secret of the inside');
    const answer = await send(
      `${api.url}/graphql`,
      JSON_TYPE,
      JSON.stringify({ query: '{ node(id: "x") { id } }' }),
    );
    const ready = await send(`${api.url}/readyz`, {});
    api.engine.failure = undefined;
    expect(codeOf(answer)).toBe('INTERNAL');
    expect(answer.text).not.toContain('secret');
    expect([ready.status, codeOf(ready)]).toEqual([503, 'NOT_READY']);
  });

  it('measures itself', async () => {
    await send(`${api.url}/graphql`, JSON_TYPE, JSON.stringify({ query: '{ nobody }' }));
    const { text, headers } = await send(`${api.url}/metrics`, {});
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toMatch(/atlas_http_request_seconds_count\{route="\/graphql",status="400"\} \d+/);
    expect(text).toContain('atlas_graphql_errors_total{code="GRAPHQL_VALIDATION_FAILED"}');
    expect(text).toMatch(/atlas_graph_nodes \d+/);
  });

  it('shows browsers an explorer that may load nothing from elsewhere', async () => {
    const page = await send(`${api.url}/graphql?query=%7Bx%7D`, {
      accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
    });
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('WhatOperationsNeed');
    const outside =
      /<(?:script|img|iframe|source|embed)[^>]+src\s*=|<link[^>]+href\s*=\s*["']?(?:https?:)?\/\/|@import|url\(\s*["']?(?:https?:)?\/\//gi;
    const markup = page.text.replace(/<script>[\s\S]*?<\/script>/g, '');
    expect(markup.match(outside)).toBeNull();
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/https?:|\*|'unsafe-eval'/);
    expect(readFileSync(join(folder, 'graphiql.html'), 'utf8')).toBe(page.text);
  });

  it('says that the port is taken', async () => {
    const port = new URL(api.url).port;
    await expect(serve(api.services, { ...testConfig(), port: Number(port) })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
    });
  });
});

describe('ending', () => {
  it('answers what was asked before, takes nothing new, and closes', async () => {
    const api = await startApi();
    const read = api.engine.read.bind(api.engine);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const asked = new Promise<void>((resolve) => {
      api.engine.read = async (name, params) => {
        resolve();
        await held;
        return read(name, params);
      };
    });
    const running = api.ask<{ __typename: string }>('{ __typename }');
    await asked;
    const closed = api.close();
    await expect(fetch(`${api.url}/healthz`)).rejects.toThrow();
    release();
    expect((await running).data).toEqual({ __typename: 'Query' });
    await closed;
  });

  it('does not wait for ever for what hangs', async () => {
    const api = await startApi({ ATLAS_SHUTDOWN_SECONDS: '0' });
    api.engine.read = () => new Promise(() => undefined);
    const running = api.ask('{ __typename }').catch((error: Error) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await api.server.close();
    expect(await running).toHaveProperty('message', 'fetch failed');
    await api.engine.close();
  });
});
