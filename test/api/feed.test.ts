/** Imports from a TAXII server: page by page, from where the last run ended, and only from where it may. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiServer, startApi } from '../support/api-server';
import { stixObject } from '../support/memory-atlas';

const TAXII = 'application/taxii+json;version=2.1';

/** A server of five objects, each added in a second of its own, two on a page; it notes what it is asked. */
class Remote {
  readonly asked: string[] = [];
  readonly authorizations = new Set<string | undefined>();
  objects = [1, 2, 3, 4, 5].map((number) => ({
    added: `2024-01-01T00:00:0${number}.000000Z`,
    object: stixObject('malware', number),
  }));
  answer: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  private readonly server = createServer((request, response) => this.handle(request, response));
  url = '';

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    this.asked.push(request.url ?? '');
    this.authorizations.add(request.headers.authorization);
    if (this.answer?.(request, response)) return;
    const url = new URL(request.url ?? '', this.url);
    const send = (body: object, headers: Record<string, string> = {}) =>
      response.writeHead(200, { 'content-type': TAXII, ...headers }).end(JSON.stringify(body));
    if (request.headers.accept !== TAXII) response.writeHead(406).end();
    else if (url.pathname === '/taxii2/') send({ title: 'T', default: '/root/' });
    else if (url.pathname === '/root/collections/')
      send({ collections: [{ id: 'c1', title: 'Five', alias: 'five' }] });
    else if (url.pathname === '/root/collections/c1/objects/') this.page(url, send);
    else response.writeHead(404).end('{}');
  }

  private page(url: URL, send: (body: object, headers?: Record<string, string>) => void): void {
    const after = url.searchParams.get('added_after') ?? '';
    const from = Number(url.searchParams.get('next') ?? 0);
    const fresh = this.objects.filter(({ added }) => added > after);
    const page = fresh.slice(from, from + 2);
    if (page.length === 0) {
      send({});
      return;
    }
    const more = fresh.length > from + 2 ? { more: true, next: String(from + 2) } : {};
    send(
      { ...more, objects: page.map(({ object }) => object) },
      { 'X-TAXII-Date-Added-First': page[0].added, 'X-TAXII-Date-Added-Last': page[page.length - 1].added },
    );
  }
}

const IMPORT = `mutation ($input: ImportTaxiiInput!) { importTaxii(input: $input) { collection pages addedAfter isComplete
  result { totals { read created unchanged rejected } files { file error: reasons { code } } } } }`;
interface Answer {
  readonly importTaxii: { readonly pages: number; readonly addedAfter: string; readonly isComplete: boolean };
}

let api: ApiServer;
const remote = new Remote();
beforeAll(async () => {
  await remote.start();
  const settings = { ATLAS_TAXII_ALLOWED_HOSTS: remote.url, ATLAS_TAXII_ALLOWED_NETWORKS: '127.0.0.0/8' };
  api = await startApi({ ...settings, ATLAS_TAXII_MAX_MB: '1', ATLAS_TAXII_SECONDS: '1' });
});
afterAll(async () => {
  await api.close();
  remote.stop();
});
beforeEach(() => {
  remote.asked.length = 0;
  remote.answer = undefined;
});

const input = (more: object = {}) => ({
  input: { url: `${remote.url}/taxii2/`, collection: 'Five', ...more },
});
const importing = async (more: object = {}) => (await api.data<Answer>(IMPORT, input(more))).importTaxii;

describe('importTaxii', () => {
  it('says what would become of it, and keeps nothing', async () => {
    expect(await importing({ dryRun: true })).toMatchObject({
      pages: 3,
      result: { totals: { read: 5, created: 5 } },
    });
    expect(
      (await api.data<{ feeds: { totalCount: number } }>('{ feeds { totalCount } }')).feeds.totalCount,
    ).toBe(0);
  });

  it('reads a collection to its end, over discovery and its pages, and goes on from there', async () => {
    expect(await importing({ authorization: 'Bearer secret' })).toMatchObject({
      collection: 'Five',
      pages: 3,
      isComplete: true,
      addedAfter: '2024-01-01T00:00:05.000000Z',
      result: { totals: { read: 5, created: 5, unchanged: 0, rejected: 0 } },
    });
    expect(remote.authorizations).toContain('Bearer secret');
    expect(await importing()).toMatchObject({ pages: 1, result: { totals: { read: 0 } } });
    expect(remote.asked.at(-1)).toContain('added_after=2024-01-01T00%3A00%3A05.000000Z');
    remote.objects = [
      ...remote.objects,
      { added: '2024-01-01T00:00:06.000000Z', object: stixObject('malware', 6) },
    ];
    expect(await importing()).toMatchObject({ pages: 1, result: { totals: { read: 1, created: 1 } } });
    expect(await importing({ fromStart: true })).toMatchObject({
      pages: 3,
      result: { totals: { read: 6, unchanged: 6 } },
    });
    const held = await api.data<{ feeds: { nodes: object[] } }>(
      '{ feeds { nodes { name collectionId addedAfter } } }',
    );
    expect(held.feeds.nodes).toEqual([
      { name: 'Five', collectionId: 'c1', addedAfter: '2024-01-01T00:00:06.000000Z' },
    ]);
    expect(JSON.stringify(await api.data('{ feeds { nodes { id customProperties } } }'))).not.toContain(
      'secret',
    );
  });

  it('keeps what it has read when a page fails, and goes on after it', async () => {
    remote.objects = [7, 8, 9].map((number) => ({
      added: `2024-01-01T00:00:0${number}.000000Z`,
      object: stixObject('malware', number),
    }));
    remote.answer = (request, response) => {
      if (!request.url?.includes('next=2')) return false;
      response.writeHead(500).end();
      return true;
    };
    expect(await api.codes(IMPORT, input())).toEqual(['REMOTE_FAILED']);
    remote.answer = undefined;
    expect(await importing()).toMatchObject({ result: { totals: { read: 2, created: 1, unchanged: 1 } } });
    expect(remote.asked.at(-1)).toContain('added_after=2024-01-01T00%3A00%3A07.000000Z');
  });

  it('refuses what is not allowed, not there, or no TAXII', async () => {
    expect(await api.codes(IMPORT, input({ url: 'http://127.0.0.1:1/' }))).toEqual(['HOST_NOT_ALLOWED']);
    expect(await api.codes(IMPORT, input({ url: 'http://169.254.169.254/latest/' }))).toEqual([
      'HOST_NOT_ALLOWED',
    ]);
    expect(await api.codes(IMPORT, input({ url: 'nonsense' }))).toEqual(['BAD_INPUT']);
    expect(await api.codes(IMPORT, input({ collection: 'Six' }))).toEqual(['COLLECTION_NOT_FOUND']);
    const answers: [string, (response: ServerResponse) => void][] = [
      ['a redirect', (response) => response.writeHead(301, { location: 'http://127.0.0.1:1/' }).end()],
      ['no JSON', (response) => response.end('<html>')],
      ['a list', (response) => response.end('[]')],
      ['too much', (response) => response.end(Buffer.alloc(2 ** 20 + 1))],
      ['nothing', () => undefined],
    ];
    for (const [, answer] of answers) {
      remote.answer = (_request, response) => {
        answer(response);
        return true;
      };
      expect(await api.codes(IMPORT, input())).toEqual(['REMOTE_FAILED']);
    }
    remote.answer = (request, response) => {
      if (!request.url?.includes('objects')) return false;
      response.end(JSON.stringify({ more: true, objects: [stixObject('malware', 1)] }));
      return true;
    };
    expect(await api.codes(IMPORT, input())).toEqual(['REMOTE_FAILED']);
  });
});
