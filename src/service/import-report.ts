/** What an import says of itself: counts that add up, reasons with an example each. */
import type { IdentityReport } from './identity/identity-linking';
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
  /** Why the file as a whole could not be read: the store is as it was before. */
  readonly error?: { readonly code: string; readonly message: string };
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

  /** @param onRejected told of every entry that is refused, and why */
  constructor(private readonly onRejected: (id: string, message: string) => void = () => undefined) {}

  add(status: WriteStatus): void {
    this.counts[status]++;
  }

  /** An entry of a file that is no value of the model. */
  reject({
    id,
    code,
    message,
  }: {
    readonly id: string;
    readonly code: string;
    readonly message: string;
  }): void {
    this.add('rejected');
    this.note(code, message);
    this.onRejected(id, message);
  }

  note(code: string, example: string): void {
    const reason = this.reasons.get(code);
    if (reason) reason.count++;
    else this.reasons.set(code, { count: 1, example });
  }

  addItem(item: ItemReport): void {
    this.add(item.status);
    if (item.problem) this.note(item.problem.code, item.problem.message);
    if (item.problem && item.status === 'rejected') this.onRejected(item.id, item.problem.message);
    if (item.warning) this.note(item.warning, item.id);
  }

  get result(): ImportCounts & { readonly reasons: readonly ImportReason[] } {
    const { created, updated, unchanged, stubbed, rejected } = this.counts;
    const reasons = [...this.reasons].map(([code, reason]) => ({ code, ...reason }));
    return {
      read: created + updated + unchanged + stubbed + rejected,
      ...this.counts,
      reasons: reasons.sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
    };
  }
}
