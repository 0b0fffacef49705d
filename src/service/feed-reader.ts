/** What the service asks of whoever reads collections elsewhere. */

export interface FeedRequest {
  /** Address of an API root, or of a discovery endpoint. */
  readonly url: string;
  /** Id, alias or title of the collection. */
  readonly collection: string;
  /** Value of the header Authorization. */
  readonly authorization?: string;
}

export interface FoundCollection {
  readonly id: string;
  readonly title: string;
  readonly url: string;
}

export interface FeedPage {
  /** The answer as it came: an envelope of objects. */
  readonly body: Buffer;
  readonly count: number;
  readonly hasMore: boolean;
  readonly next?: string;
  /** When the first and the last object of the page were added there. */
  readonly firstAdded?: string;
  readonly lastAdded?: string;
}

export interface FeedReader {
  /** @throws AppError HOST_NOT_ALLOWED, REMOTE_FAILED, COLLECTION_NOT_FOUND */
  find(request: FeedRequest): Promise<FoundCollection>;
  /** @throws AppError HOST_NOT_ALLOWED, REMOTE_FAILED */
  page(
    collection: FoundCollection,
    request: FeedRequest,
    at: { readonly addedAfter?: string; readonly next?: string; readonly limit: number },
  ): Promise<FeedPage>;
}
