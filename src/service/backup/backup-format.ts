/**
 * The backup file: gzip of lines of JSON. The first says what the file is, each other is one record, the last how many
 * there are, and the SHA-256 of all lines before it. Every engine writes and reads the same.
 */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../errors';
import type { LinkRecord, NodeRecord, RecordLabel } from '../../store/record.store';

export const FORMAT = 'chokepoint-atlas-backup';
export const FORMAT_VERSION = 1;

export interface BackupHeader {
  readonly format: typeof FORMAT;
  readonly version: number;
  readonly createdAt: string;
  /** Schema migrations of the store. */
  readonly schema: readonly string[];
  /** Number of its last change. */
  readonly seq: number;
}

/** Records by kind; relationships as `relationship`. */
export type RecordCounts = Readonly<Record<string, number>>;

export interface BackupFooter {
  readonly end: true;
  readonly records: RecordCounts;
  readonly sha256: string;
}

export type BackupRecord =
  | { readonly kind: 'node'; readonly record: NodeRecord }
  | { readonly kind: 'relationship'; readonly record: LinkRecord };

/** Makes the lines of a backup, each with its line break. */
export class BackupWriter {
  private readonly hash: Hash = createHash('sha256');
  private readonly counts: Record<string, number> = {};

  header(header: Omit<BackupHeader, 'format' | 'version'>): string {
    return this.line({ format: FORMAT, version: FORMAT_VERSION, ...header });
  }

  node({ label, properties }: NodeRecord): string {
    this.count(label);
    return this.line({ node: label, properties: sorted(properties) });
  }

  relationship({ type, from, to, properties }: LinkRecord): string {
    this.count('relationship');
    return this.line({ relationship: type, from, to, properties: sorted(properties) });
  }

  /** The last line. */
  footer(): string {
    const footer: BackupFooter = { end: true, records: this.counts, sha256: this.hash.digest('hex') };
    return `${JSON.stringify(footer)}\n`;
  }

  get records(): RecordCounts {
    return { ...this.counts };
  }

  private count(kind: string): void {
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
  }

  private line(value: object): string {
    const line = `${JSON.stringify(value)}\n`;
    this.hash.update(line);
    return line;
  }
}

const sorted = (properties: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1)));

/** What a file says of itself, once all of it has been read and found whole. */
export interface CheckedBackup {
  readonly header: BackupHeader;
  readonly footer: BackupFooter;
}

type Line = Readonly<Record<string, unknown>>;

/**
 * Reads a whole file and checks it.
 *
 * @throws AppError BACKUP_INVALID when it is none, cut off or altered, BACKUP_NEWER when a newer version wrote it
 */
export async function checkBackup(path: string, labels: ReadonlySet<string>): Promise<CheckedBackup> {
  const hash = createHash('sha256');
  const counts: Record<string, number> = {};
  let header: BackupHeader | undefined;
  let footer: BackupFooter | undefined;
  let number = 0;
  for await (const text of linesOf(path)) {
    number += 1;
    if (footer) throw invalid(path, `line ${number} follows the last line`);
    const line = parsed(path, text, number);
    if (header === undefined) header = headerOf(path, line);
    else if (line.end === true) footer = line as unknown as BackupFooter;
    else {
      const kind = kindOf(path, line, number, labels);
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    if (!footer) hash.update(`${text}\n`);
  }
  if (!header) throw invalid(path, 'it is empty');
  if (!footer) throw invalid(path, `it ends after ${number} lines, without its last one`);
  if (footer.sha256 !== hash.digest('hex'))
    throw invalid(path, 'its content is not what was written: the checksum differs');
  if (
    JSON.stringify(Object.entries(counts).sort()) !== JSON.stringify(Object.entries(footer.records).sort())
  ) {
    throw invalid(path, 'it has other numbers of records than its last line says');
  }
  return { header, footer };
}

/** Records of a file that was checked. */
export async function* readRecords(path: string): AsyncGenerator<BackupRecord> {
  let number = 0;
  for await (const text of linesOf(path)) {
    number += 1;
    const line = parsed(path, text, number);
    if (number === 1 || line.end === true) continue;
    const properties = line.properties as Readonly<Record<string, unknown>>;
    if (typeof line.node === 'string') {
      yield { kind: 'node', record: { label: line.node as RecordLabel, properties } };
    } else {
      const [type, from, to] = [line.relationship, line.from, line.to] as string[];
      yield { kind: 'relationship', record: { type, from, to, properties } };
    }
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const bytes = file.pipe(createGunzip());
  file.on('error', (error) => bytes.destroy(error));
  // Asked for below: the lines just end.
  bytes.on('error', () => undefined);
  try {
    yield* createInterface({ input: bytes, crlfDelay: Number.POSITIVE_INFINITY });
    if (bytes.errored) throw bytes.errored;
  } catch (error) {
    const { code } = error as { readonly code?: string };
    if (code === 'ENOENT' || code === 'EISDIR')
      throw new AppError('FILE_NOT_FOUND', { path }, { cause: error });
    if (error instanceof AppError) throw error;
    throw invalid(path, error instanceof Error ? error.message : String(error));
  } finally {
    file.destroy();
  }
}

function parsed(path: string, text: string, number: number): Line {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Line;
  } catch {
    // Said below.
  }
  throw invalid(path, `line ${number} is no JSON object`);
}

function headerOf(path: string, line: Line): BackupHeader {
  if (line.format !== FORMAT) throw invalid(path, `its first line is not that of a ${FORMAT}`);
  if (typeof line.version !== 'number' || line.version > FORMAT_VERSION) {
    throw new AppError('BACKUP_NEWER', { path, got: line.version, known: FORMAT_VERSION });
  }
  return line as unknown as BackupHeader;
}

function kindOf(path: string, line: Line, number: number, labels: ReadonlySet<string>): string {
  const { node, relationship, properties } = line;
  if (properties !== null && typeof properties === 'object') {
    if (typeof node === 'string' && labels.has(node)) return node;
    if (typeof node === 'string')
      throw new AppError('BACKUP_NEWER', { path, got: node, known: [...labels].sort() });
    if ([relationship, line.from, line.to].every((each) => typeof each === 'string')) return 'relationship';
  }
  throw invalid(path, `line ${number} is no record`);
}

const invalid = (path: string, reason: string): AppError => new AppError('BACKUP_INVALID', { path, reason });
