/**
 * Restoring: a backup is read to its end and checked before anything is written. While it is written the store bears a mark; one
 * that still bears it was cut off, and is of use for nothing but another restore.
 */
import { AppError } from '../../errors';
import type { Reader, StoreEngine } from '../../store/engine';
import {
  deleteRecords,
  type LinkRecord,
  listRecordKeys,
  mergeLinkRecords,
  mergeRecords,
  type NodeRecord,
  recordLabels,
} from '../../store/record.store';
import { deleteRestore, findRestore, mergeRestore } from '../../store/restore.store';
import { isKept } from './backup.service';
import { checkBackup, type RecordCounts, readRecords } from './backup-format';

export interface RestoreReport {
  readonly file: string;
  readonly seq: number;
  readonly records: RecordCounts;
  readonly seconds: number;
}

export interface RestoreOptions {
  /** Delete what the store holds first. */
  readonly isReplacing?: boolean;
}

const RECORDS_A_WRITE = 5_000;

export class RestoreService {
  constructor(
    private readonly engine: StoreEngine,
    private readonly now: () => Date,
  ) {}

  /**
   * Writes a backup into an empty store, or in place of what it holds.
   *
   * @throws AppError BACKUP_INVALID, BACKUP_NEWER, STORE_NOT_EMPTY
   */
  async restore(path: string, { isReplacing = false }: RestoreOptions = {}): Promise<RestoreReport> {
    const startedAt = this.now().getTime();
    const { header, footer } = await checkBackup(path, new Set<string>(recordLabels));
    const applied = new Set((await this.engine.read('migration/load', {})).map((row) => row.name));
    const unknown = header.schema.filter((name) => !applied.has(name));
    if (unknown.length > 0) throw new AppError('BACKUP_NEWER', { path, got: unknown, known: [...applied] });
    const wasCutOff = (await findRestore(this.engine)) !== undefined;
    const held = await heldBy(this.engine);
    if (held > 0 && !isReplacing && !wasCutOff) throw new AppError('STORE_NOT_EMPTY', { records: held });
    const at = this.now().toISOString();
    await this.engine.write((transaction) => mergeRestore(transaction, { backup: footer.sha256, at }));
    await this.empty();
    await this.fill(path);
    await this.engine.write(deleteRestore);
    await this.engine.checkpoint();
    const seconds = (this.now().getTime() - startedAt) / 1000;
    return { file: path, seq: header.seq, records: footer.records, seconds };
  }

  private async empty(): Promise<void> {
    for (const label of recordLabels) {
      const keys = await listRecordKeys(this.engine, label);
      for (let from = 0; from < keys.length; from += RECORDS_A_WRITE) {
        const piece = keys.slice(from, from + RECORDS_A_WRITE);
        await this.engine.write((transaction) => deleteRecords(transaction, label, piece));
      }
    }
  }

  private async fill(path: string): Promise<void> {
    let nodes: NodeRecord[] = [];
    let links: LinkRecord[] = [];
    const flush = async (): Promise<void> => {
      const [nodesNow, linksNow] = [nodes, links];
      [nodes, links] = [[], []];
      if (nodesNow.length + linksNow.length === 0) return;
      await this.engine.write(async (transaction) => {
        await mergeRecords(transaction, nodesNow);
        await mergeLinkRecords(transaction, linksNow);
      });
    };
    for await (const { kind, record } of readRecords(path)) {
      if (kind === 'node') nodes.push(record);
      else links.push(record);
      if (nodes.length + links.length >= RECORDS_A_WRITE) await flush();
    }
    await flush();
  }
}

/** How many records a store holds, but for the keys and the counter that every store makes for itself. */
async function heldBy(reader: Reader): Promise<number> {
  let count = 0;
  for (const label of recordLabels) {
    if (label === 'Counter') continue;
    const keys = await listRecordKeys(reader, label);
    count += keys.filter((name) => isKept({ label, properties: { name } })).length;
  }
  return count;
}

/** @throws AppError RESTORE_UNFINISHED when a restore of the store was cut off */
export async function refuseUnfinishedRestore(reader: Reader): Promise<void> {
  const restore = await findRestore(reader);
  if (restore) throw new AppError('RESTORE_UNFINISHED', { at: restore.at });
}
