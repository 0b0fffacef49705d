/**
 * Imports collections of TAXII servers, page by page: each page is imported before the next is asked for, and how far it came is
 * kept in a node of its own, so that a run that is cut off, or the next one, goes on from there.
 */
import { AppError } from '../errors';
import { bytesSource } from '../ingest/byte-source';
import { nodeId } from '../model/identity';
import { isTimestamp } from '../model/validate';
import type { NodeValue, Properties } from '../model/values';
import type { FeedPage, FeedReader, FeedRequest, FoundCollection } from './feed-reader';
import type { ImportHooks, ImportOptions, ImportService } from './import.service';
import { type FileReport, type ImportReport, identityOver, totalsOf } from './import-report';
import type { WriteService } from './write.service';

export interface FeedImport extends FeedRequest {
  /** Begin at the beginning, whatever was imported before. */
  readonly isFromStart?: boolean;
}

export interface FeedReport extends ImportReport {
  readonly collection: string;
  readonly pages: number;
  /** From when on the next run asks; null when the server does not say. */
  readonly addedAfter: string | null;
  /** Whether the end of the collection was reached. */
  readonly isComplete: boolean;
}

export interface FeedLimits {
  readonly pageSize: number;
  readonly maxPages: number;
}

export class FeedService {
  constructor(
    private readonly reader: FeedReader,
    private readonly importing: ImportService,
    private readonly writes: WriteService,
    private readonly limits: FeedLimits,
    private readonly now: () => Date,
  ) {}

  /**
   * Imports what a collection has got since the last run. A page that cannot be read as STIX ends the run with its error.
   *
   * @throws AppError BAD_INPUT, HOST_NOT_ALLOWED, COLLECTION_NOT_FOUND, REMOTE_FAILED
   */
  async import(request: FeedImport, options: ImportOptions, hooks: ImportHooks = {}): Promise<FeedReport> {
    this.importing.check(options);
    const startedAt = this.now().getTime();
    const collection = await this.reader.find(request);
    const feed = feedOf(collection);
    const before = (await this.writes.current([feed.id])).get(feed.id)?.properties ?? {};
    let addedAfter = request.isFromStart ? undefined : (before.addedAfter as string | undefined);
    const from = addedAfter;
    const files: FileReport[] = [];
    let seq: number | null = null;
    let identity: ImportReport['identity'] = null;
    let next: string | undefined;
    let pages = 0;
    let isComplete = false;
    while (!isComplete && pages < this.limits.maxPages && !hooks.signal?.aborted) {
      const at = { addedAfter: from, next, limit: this.limits.pageSize };
      const page = await this.reader.page(collection, request, at);
      pages++;
      if (page.hasMore && (page.next === undefined || page.next === next)) throw endless(collection);
      isComplete = !page.hasMore;
      if (page.count > 0) {
        const report = await this.importPage(collection, page, pages, options, hooks);
        files.push(...report.files);
        seq = report.seq ?? seq;
        identity = identityOver(identity, report.identity);
        if (report.files.some((file) => file.error) || report.isCancelled) break;
        addedAfter = reached(page, addedAfter);
        if (!options.isDryRun) seq = (await this.keep(feed, before, addedAfter, options)) ?? seq;
      }
      next = page.next;
    }
    return {
      totals: totalsOf(files),
      files,
      identity,
      seq,
      seconds: (this.now().getTime() - startedAt) / 1000,
      isDryRun: options.isDryRun ?? false,
      isCancelled: hooks.signal?.aborted ?? false,
      collection: collection.title,
      pages,
      addedAfter: addedAfter ?? null,
      isComplete,
    };
  }

  private importPage(
    collection: FoundCollection,
    page: FeedPage,
    number: number,
    options: ImportOptions,
    hooks: ImportHooks,
  ): Promise<ImportReport> {
    const source = bytesSource(page.body, `${collection.title}, page ${number}`);
    const publisher = options.source ?? `${collection.title} (${new URL(collection.url).host})`;
    return this.importing.import([source], { ...options, format: 'stix', source: publisher }, hooks);
  }

  private async keep(
    feed: NodeValue,
    before: Properties,
    addedAfter: string | undefined,
    { actor }: ImportOptions,
  ): Promise<number | undefined> {
    const properties: Properties = {
      ...before,
      ...feed.properties,
      ...(addedAfter === undefined ? {} : { addedAfter }),
    };
    const batch = { nodes: [{ ...feed, properties }], relationships: [], claims: [] };
    return (await this.writes.write(batch, { kind: 'feed', actor })).seq;
  }
}

function feedOf({ id, title, url }: FoundCollection): NodeValue {
  return { id: nodeId('Feed', url), type: 'Feed', properties: { name: title, url, collectionId: id } };
}

/**
 * Since when the next run may ask without missing anything: the end of the last page; before that, the time of the first object
 * of a page, if the last one has a later one, since all objects of that time have then been read.
 */
function reached(
  { firstAdded, lastAdded, hasMore }: FeedPage,
  before: string | undefined,
): string | undefined {
  if (!isTimestamp(lastAdded)) return before;
  if (!hasMore) return lastAdded;
  return isTimestamp(firstAdded) && firstAdded !== lastAdded ? firstAdded : before;
}

const endless = ({ url }: FoundCollection): AppError =>
  new AppError('REMOTE_FAILED', { url, reason: 'it says that there is more, and not where' });
