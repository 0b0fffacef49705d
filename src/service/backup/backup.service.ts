/**
 * Backups: everything that a store holds, in one file that either engine restores. Writers wait while it is read, so that it is
 * one state of the store, whoever writes meanwhile.
 */
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { lockChanges } from '../../store/change.store';
import type { Reader, StoreEngine, Transaction } from '../../store/engine';
import {
  findLinkRecords,
  findRecords,
  listRecordKeys,
  type NodeRecord,
  recordLabels,
} from '../../store/record.store';
import { writeStreamOf } from '../output-file';
import { BackupWriter, checkBackup, type RecordCounts } from './backup-format';

export interface BackupReport {
  readonly file: string;
  readonly seq: number;
  readonly records: RecordCounts;
  readonly seconds: number;
}

const RECORDS_A_PIECE = 2_000;

/**
 * Keys by which replicas seal cursors stay behind: a cursor of changes that the restored store does not have would leave out
 * what it writes next under their numbers.
 */
const NOT_KEPT = new Set(['changes']);
export const isKept = ({ label, properties }: NodeRecord): boolean =>
  label !== 'Secret' || !NOT_KEPT.has(String(properties.name));

export class BackupService {
  constructor(
    private readonly engine: StoreEngine,
    private readonly now: () => Date,
  ) {}

  /** Writes a backup. The file is there when all of it is; one of the name before is replaced then. */
  async write(path: string): Promise<BackupReport> {
    const startedAt = this.now().getTime();
    const part = `${path}.part`;
    try {
      const { seq, records } = await this.engine.write(async (transaction) => {
        const writer = new BackupWriter();
        const seq = await lockChanges(transaction);
        const lines = Readable.from(this.lines(transaction, writer, seq));
        await pipeline(lines, createGzip(), await writeStreamOf(part));
        return { seq, records: writer.records };
      });
      await rename(part, path);
      return { file: path, seq, records, seconds: (this.now().getTime() - startedAt) / 1000 };
    } finally {
      await rm(part, { force: true });
    }
  }

  private async *lines(transaction: Transaction, writer: BackupWriter, seq: number): AsyncGenerator<string> {
    const schema = (await transaction.read('migration/load', {})).map((row) => row.name);
    yield writer.header({ createdAt: this.now().toISOString(), schema, seq });
    for (const label of recordLabels) {
      for await (const record of recordsOf(transaction, label)) if (isKept(record)) yield writer.node(record);
    }
    for await (const piece of piecesOf(await listRecordKeys(transaction, 'Entity'))) {
      for (const link of await findLinkRecords(transaction, piece)) yield writer.relationship(link);
    }
    yield writer.footer();
  }
}

/** What a backup file holds. @throws AppError BACKUP_INVALID when it is not whole */
export async function readBackupReport(path: string): Promise<Omit<BackupReport, 'seconds'>> {
  const { header, footer } = await checkBackup(path, new Set<string>(recordLabels));
  return { file: path, seq: header.seq, records: footer.records };
}

/** Records of a kind, in order of key, read piece by piece. */
export async function* recordsOf(reader: Reader, label: NodeRecord['label']): AsyncGenerator<NodeRecord> {
  for (const piece of piecesOf(await listRecordKeys(reader, label))) {
    yield* await findRecords(reader, label, piece);
  }
}

function* piecesOf(keys: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < keys.length; from += RECORDS_A_PIECE)
    yield keys.slice(from, from + RECORDS_A_PIECE);
}
