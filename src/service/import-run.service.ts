/**
 * Imports in the background: started at once, one after the other, with progress, cancellation, and what became of each
 * object. A run belongs to who started it; this process remembers the last ones.
 */
import { randomUUID } from 'node:crypto';
import { AppError } from '../errors';
import type { ByteSource } from '../ingest/byte-source';
import type { EventStream } from './event-stream';
import type { ImportOptions, ImportService } from './import.service';
import type { ImportProgress } from './import-progress';
import type { ImportReport } from './import-report';
import { type ImportedObjectPage, ImportedObjects, type ImportedStatus } from './imported-object';
import type { Page } from './page.service';
import { Topic } from './topic';

export const IMPORT_RUN_STATUSES = ['QUEUED', 'RUNNING', 'DONE', 'CANCELLED', 'FAILED'] as const;
export type ImportRunStatus = (typeof IMPORT_RUN_STATUSES)[number];

/** An import as it stands. */
export interface ImportRun {
  readonly id: string;
  readonly status: ImportRunStatus;
  readonly files: number;
  /** What is being written now; absent while files are read. */
  readonly progress?: ImportProgress;
  readonly queuedAt: string;
  readonly endedAt?: string;
  readonly report?: ImportReport;
  readonly error?: { readonly code: string; readonly message: string };
}

interface RunRecord {
  run: ImportRun;
  readonly actor: string;
  readonly ending: AbortController;
  objects: ImportedObjects;
  isTold: number;
}

const RUNS_REMEMBERED = 200;
/** Bytes that the objects of all runs may take; those of the oldest go first. */
const MAX_OBJECT_BYTES = 64 * 2 ** 20;
const TELL_EVERY_MS = 200;

export const isEnded = ({ status }: ImportRun): boolean => status !== 'QUEUED' && status !== 'RUNNING';

export class ImportRunService {
  private readonly records = new Map<string, RunRecord>();
  private readonly topic = new Topic<ImportRun>(8);
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly importing: ImportService,
    private readonly now: () => Date,
  ) {}

  /** Queues an import and returns at once. @throws AppError as `ImportService.check` does */
  start(sources: readonly ByteSource[], options: ImportOptions): ImportRun {
    this.importing.check(options);
    const run: ImportRun = {
      id: randomUUID(),
      status: 'QUEUED',
      files: sources.length,
      queuedAt: this.now().toISOString(),
    };
    const objects = new ImportedObjects();
    const record: RunRecord = {
      run,
      actor: options.actor,
      ending: new AbortController(),
      objects,
      isTold: 0,
    };
    this.records.set(run.id, record);
    this.forget();
    this.queue = this.queue.then(() => this.execute(record, sources, options));
    return run;
  }

  /** @throws AppError IMPORT_RUN_NOT_FOUND, for runs of others as well */
  find(id: string, actor: string): ImportRun {
    return this.owned(id, actor).run;
  }

  /** One's runs, the latest first. */
  page(actor: string, first: number, afterId?: string): Page<ImportRun> {
    const own = [...this.records.values()].filter((record) => record.actor === actor).reverse();
    const after = afterId === undefined ? -1 : own.findIndex(({ run }) => run.id === afterId);
    if (afterId !== undefined && after < 0) throw new AppError('BAD_CURSOR', { got: afterId });
    return {
      items: own.slice(after + 1, after + 1 + first).map(({ run }) => run),
      totalCount: own.length,
      hasNextPage: own.length > after + 1 + first,
      hasPreviousPage: after >= 0,
    };
  }

  /** What became of the objects of a run so far. */
  objects(
    id: string,
    actor: string,
    first: number,
    after?: number,
    status?: ImportedStatus,
  ): ImportedObjectPage {
    return this.owned(id, actor).objects.page(first, after, status);
  }

  /** Ends a run after the batch that is being written; what is written stays. */
  cancel(id: string, actor: string): ImportRun {
    const record = this.owned(id, actor);
    record.ending.abort();
    if (record.run.status === 'QUEUED') this.end(record, { status: 'CANCELLED' });
    return record.run;
  }

  /** How a run stands, now and whenever it moves on; ends when the run does. */
  follow(id: string, actor: string): EventStream<ImportRun> {
    const record = this.owned(id, actor);
    return this.topic.follow(id, { current: () => record.run, isLast: isEnded });
  }

  /** Resolves when a run has ended, or after some seconds, whichever is first. */
  async settled(id: string, actor: string, seconds: number): Promise<ImportRun> {
    const record = this.owned(id, actor);
    if (isEnded(record.run) || seconds <= 0) return record.run;
    const events = this.follow(id, actor);
    const timer = setTimeout(() => void events.return(), seconds * 1000);
    for await (const run of events) if (isEnded(run)) break;
    clearTimeout(timer);
    return record.run;
  }

  /** Cancels what runs and waits, and resolves when nothing does any more. */
  async close(): Promise<void> {
    for (const record of this.records.values())
      if (!isEnded(record.run)) this.cancel(record.run.id, record.actor);
    await this.queue;
  }

  private owned(id: string, actor: string): RunRecord {
    const record = this.records.get(id);
    if (record?.actor !== actor) throw new AppError('IMPORT_RUN_NOT_FOUND', { id });
    return record;
  }

  private async execute(
    record: RunRecord,
    sources: readonly ByteSource[],
    options: ImportOptions,
  ): Promise<void> {
    if (isEnded(record.run)) return;
    this.tell(record, { status: 'RUNNING' });
    try {
      const report = await this.importing.import(sources, options, {
        signal: record.ending.signal,
        onProgress: (progress) => this.progressed(record, progress),
        onObject: (object) => record.objects.add(object),
      });
      this.end(record, { status: report.isCancelled ? 'CANCELLED' : 'DONE', report });
    } catch (error) {
      const fault = error instanceof AppError ? error : new AppError('INTERNAL', {}, { cause: error });
      this.end(record, { status: 'FAILED', error: { code: fault.code, message: fault.message } });
    }
    this.forget();
  }

  private progressed(record: RunRecord, progress: ImportProgress): void {
    record.run = { ...record.run, progress };
    if (this.now().getTime() - record.isTold < TELL_EVERY_MS) return;
    this.tell(record, {});
  }

  private end(record: RunRecord, news: Partial<ImportRun>): void {
    this.tell(record, { ...news, endedAt: this.now().toISOString() });
  }

  private tell(record: RunRecord, news: Partial<ImportRun>): void {
    record.run = { ...record.run, ...news };
    record.isTold = this.now().getTime();
    this.topic.publish(record.run.id, record.run);
  }

  /** Forgets what has ended: for when something was erased that it may name. */
  forgetEnded(): void {
    for (const { run } of this.records.values()) if (isEnded(run)) this.records.delete(run.id);
  }

  /** Lets go of the oldest runs, and of the objects of old runs where they take too much. */
  private forget(): void {
    const ended = [...this.records.values()].filter(({ run }) => isEnded(run));
    for (const { run } of ended.slice(0, Math.max(0, this.records.size - RUNS_REMEMBERED)))
      this.records.delete(run.id);
    let bytes = 0;
    for (const record of [...this.records.values()].reverse()) {
      bytes += record.objects.size;
      if (bytes > MAX_OBJECT_BYTES && isEnded(record.run)) record.objects = new ImportedObjects();
    }
  }
}
