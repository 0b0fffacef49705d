/** What an import says of itself: counts that add up, reasons with an example each. */

import type { Edition } from '../ingest/reader';
import type { NodeValue, Properties, RelationshipValue } from '../model/values';
import type { IdentityReport } from './identity/identity-linking';
import type { GoneReport } from './import-edition';
import type { ImportedObject } from './imported-object';
import type { Warning } from './warninglist-index';
import type { ItemReport, WriteStatus } from './write.service';

export interface ImportCounts {
  /** Every object and relationship in the file: the sum of the other five. */
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Relationships kept with an end that nobody has described yet. */
  readonly stubbed: number;
  readonly rejected: number;
}

export interface ImportReason {
  readonly code: string;
  readonly count: number;
  readonly example: string;
}

export interface FileReport extends ImportCounts {
  readonly file: string;
  /** Format it was read as; null when it was not read. */
  readonly format: string | null;
  /** Why entries were rejected, or what to look at although they were kept. */
  readonly reasons: readonly ImportReason[];
  /** Id of the Report node that stands for the content of the file; null when nothing was read. */
  readonly report: string | null;
  /** What an edition of the same set before held and this one does not. */
  readonly gone?: GoneReport;
  /** The first objects, as they would be or are. */
  readonly preview?: readonly PreviewedObject[];
  /** Why the file as a whole could not be read: the store is as it was before. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** An object of a file as the model has it. */
export interface PreviewedObject {
  readonly id: string;
  readonly type: string;
  readonly from?: string;
  readonly to?: string;
  readonly status: WriteStatus;
  readonly properties: Properties;
}

export interface ImportReport {
  readonly totals: ImportCounts;
  readonly files: readonly FileReport[];
  /** Who was linked with whom, and what is left to a person; null where no actors came or linking was switched off. */
  readonly identity: IdentityReport | null;
  /** Number of the last change, null when nothing changed. */
  readonly seq: number | null;
  readonly seconds: number;
  readonly isDryRun: boolean;
  /** Whether it was cancelled: whole batches up to then are in the store. */
  readonly isCancelled: boolean;
}

const NO_COUNTS: ImportCounts = { read: 0, created: 0, updated: 0, unchanged: 0, stubbed: 0, rejected: 0 };

export const totalsOf = (files: readonly ImportCounts[]): ImportCounts =>
  files.reduce<ImportCounts>(
    (sum, each) => ({
      read: sum.read + each.read,
      created: sum.created + each.created,
      updated: sum.updated + each.updated,
      unchanged: sum.unchanged + each.unchanged,
      stubbed: sum.stubbed + each.stubbed,
      rejected: sum.rejected + each.rejected,
    }),
    NO_COUNTS,
  );

/** What was linked over all files; what is said of the whole graph is as the last file left it. */
export function identityOver(
  before: ImportReport['identity'],
  last: ImportReport['identity'],
): ImportReport['identity'] {
  if (!before || !last) return last ?? before;
  return {
    ...last,
    linked: before.linked + last.linked,
    overlapping: before.overlapping + last.overlapping,
    withdrawn: before.withdrawn + last.withdrawn,
    ambiguous: before.ambiguous + last.ambiguous,
    proposed: before.proposed + last.proposed,
    examples: [...before.examples, ...last.examples],
  };
}

/** Counts what becomes of the entries of one file. */
export class Tally {
  private readonly counts: Record<WriteStatus, number> = {
    created: 0,
    updated: 0,
    unchanged: 0,
    stubbed: 0,
    rejected: 0,
  };
  private readonly reasons = new Map<string, { count: number; example: string }>();
  private readonly previewed: PreviewedObject[] = [];

  /**
   * @param previewLength how many of the first objects to show
   * @param tell is told what became of each object
   */
  constructor(
    private readonly file: string,
    private readonly previewLength = 0,
    private readonly tell?: (object: ImportedObject) => void,
  ) {}

  note(code: string, example: string): void {
    const reason = this.reasons.get(code);
    if (reason) reason.count++;
    else this.reasons.set(code, { count: 1, example });
  }

  /** A value of an object is on a warninglist: it proves little, and others may use it lawfully. */
  noteWarning(id: string, { list, entry }: Warning): void {
    this.note('ON_WARNINGLIST', `${id} is on ${list.name}: ${entry}`);
  }

  /** What a newer edition of the same set said of an object stays. */
  noteOlder(id: string, { slot, at }: Edition): void {
    this.note(
      'OLDER_EDITION',
      `${id}: a newer edition of ${slot} than that of ${at} is on record, and what it said stays`,
    );
  }

  /** An entry that was written, or refused by the store. */
  addItem(
    item: ItemReport,
    value: NodeValue | RelationshipValue,
    faults: readonly { readonly code: string; readonly message: string }[] = [],
  ): void {
    const own = item.problem?.code ?? item.warning;
    const [first] = own === undefined ? faults : [];
    const code = own ?? first?.code;
    for (const fault of faults) if (fault !== first) this.note(fault.code, fault.message);
    this.add({
      id: item.id,
      isNode: !('from' in value),
      status: item.status,
      code,
      message: item.problem?.message ?? item.warningMessage ?? first?.message,
    });
    if (this.previewed.length < this.previewLength) this.previewed.push({ ...value, status: item.status });
  }

  /** An entry that no value could be made of. */
  addRejected({
    id,
    code,
    message,
  }: {
    readonly id: string;
    readonly code: string;
    readonly message: string;
  }): void {
    this.add({ id, isNode: true, status: 'rejected', code, message });
  }

  /** An entry that another one of the file takes the place of. */
  addRepeated(id: string, isNode: boolean): void {
    this.add({ id, isNode, status: 'unchanged', code: 'REPEATED_ID' });
  }

  /** What an edition before held: it is no entry of this file. */
  addGone(id: string, isNode: boolean): void {
    this.tell?.({ file: this.file, id, isNode, status: 'gone' });
  }

  private add(object: Omit<ImportedObject, 'file' | 'status'> & { readonly status: WriteStatus }): void {
    this.counts[object.status]++;
    if (object.code !== undefined) this.note(object.code, object.message ?? object.id);
    this.tell?.({ file: this.file, ...object });
  }

  get result(): ImportCounts & Pick<FileReport, 'reasons' | 'preview'> {
    const { created, updated, unchanged, stubbed, rejected } = this.counts;
    const reasons = [...this.reasons].map(([code, reason]) => ({ code, ...reason }));
    return {
      read: created + updated + unchanged + stubbed + rejected,
      ...this.counts,
      reasons: reasons.sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
      ...(this.previewLength > 0 ? { preview: this.previewed } : {}),
    };
  }
}
