/** What became of each entry of an import, kept packed so that an import of millions can be paged through. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { WriteStatus } from './write.service';

/** `gone`: an edition before had it, this one has not; it is there still, and not counted as read. */
export type ImportedStatus = WriteStatus | 'gone';

export interface ImportedObject {
  readonly file: string;
  /** Empty where an entry has none that could be read. */
  readonly id: string;
  readonly isNode: boolean;
  readonly status: ImportedStatus;
  /** Code and words of a problem or warning. */
  readonly code?: string;
  readonly message?: string;
}

interface PackedPage {
  readonly bytes: Buffer;
  readonly statuses: ReadonlySet<ImportedStatus>;
}

const PAGE_LENGTH = 1000;

export interface ImportedObjectPage {
  readonly items: readonly (ImportedObject & { readonly position: number })[];
  readonly hasNextPage: boolean;
  readonly totalCount: number;
}

export class ImportedObjects {
  private readonly pages: PackedPage[] = [];
  private open: ImportedObject[] = [];
  private readonly counts = new Map<ImportedStatus, number>();

  add(object: ImportedObject): void {
    this.open.push(object);
    this.counts.set(object.status, (this.counts.get(object.status) ?? 0) + 1);
    if (this.open.length < PAGE_LENGTH) return;
    const bytes = deflateRawSync(Buffer.from(JSON.stringify(this.open), 'utf8'), { level: 1 });
    this.pages.push({ bytes, statuses: new Set(this.open.map(({ status }) => status)) });
    this.open = [];
  }

  /** Bytes that it holds, about. */
  get size(): number {
    return this.pages.reduce((sum, { bytes }) => sum + bytes.length, 0) + this.open.length * 200;
  }

  /** Objects after a position, in the order in which they were dealt with. */
  page(first: number, after = -1, status?: ImportedStatus): ImportedObjectPage {
    const items: (ImportedObject & { position: number })[] = [];
    for (let page = Math.floor((after + 1) / PAGE_LENGTH); page <= this.pages.length; page++) {
      if (items.length > first) break;
      if (status !== undefined && this.pages[page]?.statuses.has(status) === false) continue;
      this.objectsOf(page).forEach((object, i) => {
        const position = page * PAGE_LENGTH + i;
        if (position > after && (status === undefined || object.status === status))
          items.push({ ...object, position });
      });
    }
    const totalCount = status === undefined ? this.count : (this.counts.get(status) ?? 0);
    return { items: items.slice(0, first), hasNextPage: items.length > first, totalCount };
  }

  private get count(): number {
    return this.pages.length * PAGE_LENGTH + this.open.length;
  }

  private objectsOf(page: number): readonly ImportedObject[] {
    const packed = this.pages[page];
    return packed
      ? (JSON.parse(inflateRawSync(packed.bytes).toString('utf8')) as ImportedObject[])
      : this.open;
  }
}
