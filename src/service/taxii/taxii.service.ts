/** Answers TAXII 2.1 (OASIS Standard, 10 June 2021): collections and the versions of the objects in them, a page at a time. */
import { compareIds } from '../../analysis';
import { AppError } from '../../errors';
import { EXTENSION_OBJECTS, type StixObject } from '../../model/stix-extension';
import { brief, isTimestamp } from '../../model/validate';
import type { RelationshipValue } from '../../model/values';
import type { Collection, CollectionService } from '../collection.service';
import type { EvidenceColumnService } from '../evidence-column.service';
import { keysOf } from '../export/export-selection';
import { StixMapper } from '../export/stix.format';
import type { GraphView } from '../graph-view';
import type { ObjectState } from '../object-states';
import type { RecordedService, RecordedTimes } from '../recorded.service';
import type { ViewContent } from '../view-content';
import { microsecondsOf, microsecondText } from './microseconds';
import { type Entry, identityOf, listingOf, type VersionMatch } from './taxii-listing';

/** What a request asks for (section 3.4), each list meaning "one of". */
export interface TaxiiQuery {
  readonly addedAfter?: string;
  readonly limit?: number;
  readonly next?: string;
  readonly ids?: readonly string[];
  readonly types?: readonly string[];
  /** `last`, `first`, `all`, or times. */
  readonly versions?: readonly string[];
  readonly specVersions?: readonly string[];
}

export interface TaxiiVersion {
  readonly object: StixObject;
  /** RFC 3339 with microseconds. */
  readonly dateAdded: string;
  /** `modified` of the object, else `created`, else when it was added (section 5.3.1). */
  readonly version: string;
}

export interface TaxiiPage {
  readonly versions: readonly TaxiiVersion[];
  /** Where the next page begins; undefined on the last. */
  readonly next?: string;
}

/** Objects on a page, at the most. */
const MAX_PAGE = 1000;
const DEFAULT_PAGE = 100;
const SPEC_VERSION = '2.1';
const LISTINGS_KEPT = 16;

export class TaxiiService {
  private readonly listings = new Map<
    string,
    { readonly view: GraphView; readonly entries: readonly Entry[] }
  >();

  constructor(
    private readonly collections: CollectionService,
    private readonly content: ViewContent,
    private readonly recorded: RecordedService,
    private readonly evidenceColumns: EvidenceColumnService,
  ) {}

  /** A page of the versions in a collection. @throws AppError BAD_INPUT, BAD_CURSOR */
  async page(view: GraphView, collection: Collection, query: TaxiiQuery): Promise<TaxiiPage> {
    const limit = pageSize(query.limit);
    const recorded = await this.recorded.current();
    const wanted = versionMatch(query.versions);
    const entries = await this.entries(view, collection, recorded, wanted.match);
    const from = startOf(entries, query);
    const takes = testOf(view, query);
    const versions: TaxiiVersion[] = [];
    let at = from;
    while (at < entries.length && versions.length < limit) {
      const some: Entry[] = [];
      for (; at < entries.length && some.length < limit - versions.length; at++) {
        if (takes(entries[at])) some.push(entries[at]);
      }
      const read = await this.read(view, recorded, some);
      versions.push(...read.filter((each) => wanted.takes(each.version)));
    }
    while (at < entries.length && !takes(entries[at])) at++;
    return at < entries.length ? { versions, next: cursorOf(entries[at - 1]) } : { versions };
  }

  /** Id in the model of an object of a collection by its id in STIX; undefined where it has none such. */
  async modelIdOf(view: GraphView, collection: Collection, stixId: string): Promise<string | undefined> {
    const entries = await this.entries(view, collection, await this.recorded.current(), 'last');
    return entries.find((entry) => identityOf(view.projection, entry).id === stixId)?.id;
  }

  /** Entries of a collection, kept for the pages that follow. */
  private async entries(
    view: GraphView,
    collection: Collection,
    recorded: RecordedTimes,
    match: VersionMatch,
  ): Promise<readonly Entry[]> {
    const key = JSON.stringify([view.key, view.projection.seq, collection.key, match]);
    const known = this.listings.get(key);
    if (known?.view.projection === view.projection) return known.entries;
    const asked = await this.evidenceColumns.forAsked(view, collection.query.where);
    const selection = this.collections.select(asked, collection);
    const entries = listingOf(view.projection, selection, recorded, match);
    this.listings.delete(key);
    this.listings.set(key, { view, entries });
    for (const oldest of this.listings.keys()) {
      if (this.listings.size <= LISTINGS_KEPT) break;
      this.listings.delete(oldest);
    }
    return entries;
  }

  /** What some entries were when they were added. An object that was only referred to then is none. */
  private async read(
    view: GraphView,
    recorded: RecordedTimes,
    entries: readonly Entry[],
  ): Promise<readonly TaxiiVersion[]> {
    const { projection } = view;
    const of = (kind: Entry['kind']) => entries.filter((each) => each.kind === kind);
    const nodeIds = [...new Set(of('node').map(({ id }) => id))];
    const edges = [...new Set(of('relationship').map(({ index }) => index))];
    const states = await this.content.states(view, nodeIds, keysOf(projection, edges));
    const mapper = new StixMapper({ projection, recorded });
    return entries.flatMap((entry) => {
      const object = objectOf(mapper, recorded, entry, states.get(entry.id) ?? []);
      if (!object) return [];
      const dateAdded = microsecondText(entry.added);
      return [{ object, dateAdded, version: versionOf(object) ?? dateAdded }];
    });
  }
}

function objectOf(
  mapper: StixMapper,
  recorded: RecordedTimes,
  entry: Entry,
  states: readonly ObjectState[],
): StixObject | undefined {
  if (entry.kind === 'explanation') return EXTENSION_OBJECTS.get(entry.id);
  const state = states.find(({ change }) => recorded.ofChangeId(change.id) === entry.added);
  if (!state) return undefined;
  const [first] = recorded.of(entry.id);
  const value = { ...state, id: entry.id };
  return entry.kind === 'node'
    ? mapper.nodeThen(value, first, entry.added)
    : mapper.relationshipThen(value as RelationshipValue, first, entry.added);
}

const versionOf = ({ modified, created }: StixObject): string | undefined =>
  (modified ?? created) as string | undefined;

function pageSize(limit: number | undefined): number {
  if (limit === undefined) return DEFAULT_PAGE;
  if (!Number.isInteger(limit) || limit < 1) {
    throw new AppError('BAD_INPUT', { what: 'limit', expected: 'a whole number from 1', got: limit });
  }
  return Math.min(limit, MAX_PAGE);
}

/** Section 3.4.1: `first`, `last` and times may stand together; without any, the last version counts. */
function versionMatch(versions: readonly string[] | undefined): {
  readonly match: VersionMatch;
  readonly takes: (version: string) => boolean;
} {
  const any = () => true;
  if (versions === undefined || versions.length === 0) return { match: 'last', takes: any };
  if (versions.includes('all')) return { match: 'all', takes: any };
  const unknown = versions.find((each) => !['first', 'last'].includes(each) && !isTimestamp(each));
  if (unknown !== undefined) {
    const expected = 'first, last, all or an RFC 3339 time';
    throw new AppError('BAD_INPUT', { what: 'match[version]', expected, got: brief(unknown) });
  }
  const times = versions.filter((each) => isTimestamp(each)).map(microsecondsOf);
  if (times.length === 0) {
    return { match: versions.length === 1 ? (versions[0] as 'first' | 'last') : 'ends', takes: any };
  }
  const named = versions.filter((each) => !isTimestamp(each));
  if (named.length > 0) {
    const expected = 'either times, or first and last';
    throw new AppError('BAD_INPUT', { what: 'match[version]', expected, got: versions.join(',') });
  }
  return {
    match: 'all',
    takes: (version) => isTimestamp(version) && times.includes(microsecondsOf(version)),
  };
}

/** Section 3.4: what of a collection a request wants. */
function testOf(view: GraphView, { ids, types, specVersions }: TaxiiQuery): (entry: Entry) => boolean {
  if (specVersions && !specVersions.includes(SPEC_VERSION)) return () => false;
  if (!ids && !types) return () => true;
  return (entry) => {
    const identity = identityOf(view.projection, entry);
    return (!ids || ids.includes(identity.id)) && (!types || types.includes(identity.type));
  };
}

/** Number of the first entry after `next` and `added_after`. */
function startOf(entries: readonly Entry[], { next, addedAfter }: TaxiiQuery): number {
  let from = 0;
  if (addedAfter !== undefined) {
    if (!isTimestamp(addedAfter)) {
      throw new AppError('BAD_INPUT', {
        what: 'added_after',
        expected: 'an RFC 3339 time',
        got: brief(addedAfter),
      });
    }
    const time = microsecondsOf(addedAfter);
    from = firstWhere(entries, (entry) => entry.added > time);
  }
  if (next === undefined) return from;
  const [added, id] = readCursor(next);
  const after = firstWhere(
    entries,
    (entry) => entry.added > added || (entry.added === added && compareIds(entry.id, id) > 0),
  );
  return Math.max(from, after);
}

/** Entries are in order, so what holds for one holds for all that follow. */
function firstWhere(entries: readonly Entry[], holds: (entry: Entry) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(entries[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

const cursorOf = ({ added, id }: Entry): string =>
  Buffer.from(JSON.stringify([added, id])).toString('base64url');

function readCursor(next: string): readonly [number, string] {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(next, 'base64url').toString('utf8'));
  } catch {
    parts = undefined;
  }
  if (
    Array.isArray(parts) &&
    parts.length === 2 &&
    Number.isFinite(parts[0]) &&
    typeof parts[1] === 'string'
  ) {
    return [parts[0], parts[1]];
  }
  throw new AppError('BAD_CURSOR', { what: 'next', got: brief(next) });
}
