/** Answers of the TAXII 2.1 endpoints; section numbers are those of the OASIS Standard of 10 June 2021. */
import type { Request, Response } from 'express';
import { AppError } from '../../errors';
import { hasRole } from '../../model/viewer';
import type { Collection } from '../../service/collection.service';
import type { GraphView } from '../../service/graph-view';
import type { Services } from '../../service/services';
import type { TaxiiPage, TaxiiQuery } from '../../service/taxii/taxii.service';
import { isTaxiiContent, readTaxiiQuery, STIX, TAXII } from './taxii-query';

/** The one API root. */
export const API_ROOT = '/taxii2/atlas';

export type TaxiiServices = Pick<Services, 'collections' | 'taxii' | 'taxiiInbox'>;

/** Answers a request about the graph as its sender sees it. */
export type TaxiiHandler = (request: Request, response: Response, view: GraphView) => Promise<void>;

export function send(response: Response, status: number, body: object): void {
  response.status(status).setHeader('Content-Type', TAXII);
  response.send(Buffer.from(JSON.stringify(body)));
}

export class TaxiiHandlers {
  constructor(
    private readonly services: TaxiiServices,
    private readonly maxBytes: number,
  ) {}

  /** 4.1 */
  readonly discovery: TaxiiHandler = async (request, response) => {
    const root = `${request.protocol}://${request.headers.host}${API_ROOT}/`;
    send(response, 200, {
      title: 'Chokepoint Atlas',
      description: 'The graph of the cybercrime ecosystem, as far as you may see it',
      default: root,
      api_roots: [root],
    });
  };

  /** 4.2 */
  readonly apiRoot: TaxiiHandler = async (_request, response) => {
    send(response, 200, { title: 'Chokepoint Atlas', versions: [TAXII], max_content_length: this.maxBytes });
  };

  /** 4.3 */
  readonly status: TaxiiHandler = async (request, response, { viewer }) => {
    const id = String(request.params.status);
    const status = this.services.taxiiInbox.find(viewer, id);
    if (!status) throw new AppError('STATUS_NOT_FOUND', { id });
    send(response, 200, status);
  };

  /** 5.1 */
  readonly collections: TaxiiHandler = async (_request, response, view) => {
    const all = await this.services.collections.list(view);
    send(response, 200, { collections: all.map((each) => collectionResource(each, view)) });
  };

  /** 5.2 */
  readonly collection: TaxiiHandler = async (request, response, view) => {
    send(response, 200, collectionResource(await this.collectionOf(request, view), view));
  };

  /** 5.3 */
  readonly manifest: TaxiiHandler = async (request, response, view) => {
    const page = await this.page(request, response, view);
    const objects = page.versions.map(({ object, dateAdded, version }) => ({
      id: object.id,
      date_added: dateAdded,
      version,
      media_type: STIX,
    }));
    send(response, 200, resource(page, { objects }));
  };

  /** 5.4 */
  readonly objects: TaxiiHandler = async (request, response, view) => {
    const page = await this.page(request, response, view);
    send(response, 200, resource(page, { objects: page.versions.map(({ object }) => object) }));
  };

  /** 5.5 */
  readonly add: TaxiiHandler = async (request, response, view) => {
    const collection = await this.collectionOf(request, view);
    if (!mayAdd(collection, view)) throw new AppError('READ_ONLY_COLLECTION', { id: collection.id });
    if (!isTaxiiContent(request.headers['content-type'])) {
      throw new AppError('UNSUPPORTED_MEDIA_TYPE', {
        expected: TAXII,
        got: request.headers['content-type'] ?? 'none',
      });
    }
    const body: unknown = request.body;
    send(
      response,
      202,
      this.services.taxiiInbox.add(view.viewer, Buffer.isBuffer(body) ? body : Buffer.alloc(0)),
    );
  };

  /** 5.6 */
  readonly object: TaxiiHandler = async (request, response, view) => {
    const page = await this.pageOfObject(request, response, view);
    send(response, 200, resource(page, { objects: page.versions.map(({ object }) => object) }));
  };

  /** 5.7: out of the collection; the graph keeps it. */
  readonly takeOut: TaxiiHandler = async (request, response, view) => {
    const collection = await this.collectionOf(request, view);
    if (!mayAdd(collection, view)) throw new AppError('READ_ONLY_COLLECTION', { id: collection.id });
    const id = String(request.params.object);
    const modelId = await this.services.taxii.modelIdOf(view, collection, id);
    if (modelId === undefined) throw new AppError('OBJECT_NOT_FOUND', { id });
    await this.services.collections.takeOut(view, collection, modelId);
    send(response, 200, {});
  };

  /** 5.8 */
  readonly versions: TaxiiHandler = async (request, response, view) => {
    const page = await this.pageOfObject(request, response, view, ['all']);
    send(response, 200, resource(page, { versions: page.versions.map(({ version }) => version) }));
  };

  private async collectionOf(request: Request, view: GraphView): Promise<Collection> {
    const id = String(request.params.collection);
    const found = await this.services.collections.find(view, id);
    if (!found) throw new AppError('COLLECTION_NOT_FOUND', { id });
    return found;
  }

  private async page(
    request: Request,
    response: Response,
    view: GraphView,
    more: Partial<TaxiiQuery> = {},
  ): Promise<TaxiiPage> {
    const collection = await this.collectionOf(request, view);
    const page = await this.services.taxii.page(view, collection, { ...readTaxiiQuery(request), ...more });
    const [first, last] = [page.versions.at(0), page.versions.at(-1)];
    if (first && last) {
      response.setHeader('X-TAXII-Date-Added-First', first.dateAdded);
      response.setHeader('X-TAXII-Date-Added-Last', last.dateAdded);
    }
    return page;
  }

  /** @throws AppError OBJECT_NOT_FOUND where the collection never held it */
  private async pageOfObject(
    request: Request,
    response: Response,
    view: GraphView,
    versions?: readonly string[],
  ): Promise<TaxiiPage> {
    const id = String(request.params.object);
    const more = versions === undefined ? { ids: [id] } : { ids: [id], versions };
    const page = await this.page(request, response, view, more);
    if (page.versions.length === 0) {
      const collection = await this.collectionOf(request, view);
      const isThere = (await this.services.taxii.modelIdOf(view, collection, id)) !== undefined;
      if (!isThere) throw new AppError('OBJECT_NOT_FOUND', { id });
    }
    return page;
  }
}

/** 3.7 and 5.3.1: what is empty is left out. */
function resource(page: TaxiiPage, lists: Readonly<Record<string, readonly unknown[]>>): object {
  const filled = Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
  return page.next === undefined ? filled : { more: true, next: page.next, ...filled };
}

const mayAdd = (collection: Collection, { viewer }: GraphView): boolean =>
  collection.acceptsObjects && hasRole(viewer, 'EDITOR');

/** 5.2.1 */
function collectionResource(collection: Collection, view: GraphView): object {
  const { id, title, description, alias } = collection;
  return {
    id,
    title,
    ...(description === undefined ? {} : { description }),
    ...(alias === undefined ? {} : { alias }),
    can_read: true,
    can_write: mayAdd(collection, view),
    media_types: [STIX],
  };
}
