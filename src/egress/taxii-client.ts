/** Reads collections of TAXII 2.1 servers, a page at a time. Section numbers are those of the OASIS Standard. */
import { AppError } from '../errors';
import type { FeedPage, FeedReader, FeedRequest, FoundCollection } from '../service/feed-reader';
import type { Answer, Outgoing } from './outgoing';

const ACCEPT = 'application/taxii+json;version=2.1';

type Resource = { readonly [name: string]: unknown };

export class TaxiiClient implements FeedReader {
  constructor(private readonly outgoing: Outgoing) {}

  /** A collection of an API root, or of the default root that a discovery address names (4.1, 5.1). */
  async find(request: FeedRequest): Promise<FoundCollection> {
    const { url, collection } = request;
    const direct = await this.ask(`${withSlash(url)}collections/`, request);
    const root = direct.status === 200 ? withSlash(url) : await this.defaultRoot(request);
    const answer = direct.status === 200 ? direct : await this.ask(`${root}collections/`, request);
    const list = resourceOf(`${root}collections/`, answer).collections;
    const all = (Array.isArray(list) ? list : []) as readonly Resource[];
    const found = all.find(({ id, alias, title }) => [id, alias, title].includes(collection));
    if (typeof found?.id !== 'string') {
      const known = all.slice(0, 20).map(({ id, title }) => `${id} (${title})`);
      throw new AppError('COLLECTION_NOT_FOUND', { id: collection, known });
    }
    const title = typeof found.title === 'string' ? found.title : found.id;
    return { id: found.id, title, url: `${root}collections/${encodeURIComponent(found.id)}/` };
  }

  private async defaultRoot(request: FeedRequest): Promise<string> {
    const discovery = resourceOf(request.url, await this.ask(withSlash(request.url), request));
    const [first] = Array.isArray(discovery.api_roots) ? discovery.api_roots : [];
    const root = discovery.default ?? first;
    if (typeof root !== 'string') throw failed(request.url, 'it names no API root');
    // Roots may be relative to the discovery address.
    return withSlash(new URL(root, withSlash(request.url)).href);
  }

  /** One page of the objects of a collection (5.4). */
  async page(
    { url }: FoundCollection,
    request: FeedRequest,
    {
      addedAfter,
      next,
      limit,
    }: { readonly addedAfter?: string; readonly next?: string; readonly limit: number },
  ): Promise<FeedPage> {
    const address = new URL(`${url}objects/`);
    address.searchParams.set('limit', String(limit));
    if (addedAfter !== undefined) address.searchParams.set('added_after', addedAfter);
    if (next !== undefined) address.searchParams.set('next', next);
    const answer = await this.ask(address.href, request);
    const envelope = resourceOf(address.href, answer);
    const objects = Array.isArray(envelope.objects) ? (envelope.objects as readonly unknown[]) : [];
    return {
      body: answer.body,
      count: objects.length,
      hasMore: envelope.more === true,
      next: typeof envelope.next === 'string' ? envelope.next : undefined,
      firstAdded: answer.headers['x-taxii-date-added-first'],
      lastAdded: answer.headers['x-taxii-date-added-last'],
    };
  }

  private ask(url: string, { authorization }: FeedRequest): Promise<Answer> {
    return this.outgoing.get(url, { accept: ACCEPT, ...(authorization ? { authorization } : {}) });
  }
}

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`);

const failed = (url: string, reason: string): AppError => new AppError('REMOTE_FAILED', { url, reason });

function resourceOf(url: string, { status, body }: Answer): Resource {
  if (status !== 200) throw failed(url, `it answers with status ${status}`);
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw failed(url, 'its answer is no JSON');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw failed(url, 'its answer is no resource');
  return value as Resource;
}
