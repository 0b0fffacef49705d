/**
 * Runs analyses as jobs on worker threads, with progress, deadline and cancellation. A run belongs to who started it and is
 * nobody else's to see. Results are kept for a while, and serve whoever asks the same of the same graph with the same view.
 */
import { deserialize } from 'node:v8';
import { AppError } from '../../errors';
import type { Log } from '../../log';
import { type EventStream, endable, orEnd } from '../event-stream';
import type { Page } from '../page.service';
import type { AnalysisKind, AnalysisResult } from './analysis-kind';
import { ResultStore } from './result-store';
import { type ExecutorSettings, RunExecutor } from './run-executor';
import {
  type AnalysisRun,
  isEnded,
  newRecord,
  type RunCaller,
  type RunRecord,
  type RunRequest,
  viewOf,
} from './run-record';
import { BUILT_WORKER } from './worker-pool';

export interface RunSettings extends ExecutorSettings {
  /** Longest time a run may ask for, and what it gets if it does not ask. */
  readonly maxSeconds: number;
  readonly resultBytes: number;
  readonly resultSeconds: number;
}

export const RUN_DEFAULTS: RunSettings = {
  workers: 2,
  maxSeconds: 60,
  queueLength: 64,
  resultBytes: 64 * 1024 * 1024,
  resultSeconds: 3600,
  threadMemoryMb: 1024,
  workerFile: BUILT_WORKER,
};

/** Ended runs that are remembered, of everybody. */
const RUNS_REMEMBERED = 1000;

export type RunListener = (run: AnalysisRun) => void;

export class AnalysisRunService {
  /** In order of start. */
  private readonly runs = new Map<string, RunRecord>();
  private readonly listeners = new Map<string, Set<RunListener>>();
  private readonly settings: RunSettings;
  private readonly results: ResultStore;
  private readonly executor: RunExecutor;
  private isClosed = false;

  constructor(
    settings: Partial<RunSettings> = {},
    private readonly now: () => Date = () => new Date(),
    log?: Log,
  ) {
    this.settings = { ...RUN_DEFAULTS, ...settings };
    const { resultBytes, resultSeconds } = this.settings;
    const time = (): number => this.now().getTime();
    this.results = new ResultStore(resultBytes, resultSeconds * 1000, time);
    this.executor = new RunExecutor(this.settings, {
      now: time,
      log,
      onChange: (run) => this.tell(run),
      keep: (run, bytes, mayServeOthers) => {
        run.resultKey = mayServeOthers ? run.cacheKey : run.id;
        return this.results.set(run.resultKey, bytes);
      },
    });
  }

  /** Queues a run and returns at once; the same question of the same caller joins the run that is under way. */
  start<P, R extends AnalysisResult, X = undefined>(
    kind: AnalysisKind<P, R, X>,
    caller: RunCaller,
    request: RunRequest<P, X>,
  ): AnalysisRun {
    if (this.isClosed) throw new AppError('NOT_READY', { reason: 'the service is ending' });
    const seconds = this.deadlineOf(request.seconds);
    const run = newRecord(kind.name, caller, request, seconds, this.now().getTime());
    const twin = this.twinOf(run);
    if (twin !== undefined) return this.seen(twin);
    const known = this.results.get(run.cacheKey);
    if (known !== undefined) {
      this.results.set(run.cacheKey, known);
      const endedAt = run.queuedAt;
      const ended = {
        status: 'DONE',
        phase: 'ended',
        progress: 1,
        resultKey: run.cacheKey,
        endedAt,
      } as const;
      Object.assign(run, ended, { isFromCache: true, projection: undefined, extra: undefined });
      this.remember(run);
    } else {
      if (!this.executor.hasRoom) {
        throw new AppError('ANALYSIS_QUEUE_FULL', { limit: this.settings.queueLength });
      }
      this.remember(run);
      this.executor.submit(run);
    }
    return this.seen(run);
  }

  /**
   * Runs an analysis to its end, for what goes on with its result. Its owner can follow and cancel it like any other.
   *
   * @throws AppError ANALYSIS_QUEUE_FULL, ANALYSIS_WITHOUT_RESULT where it failed or was cancelled
   */
  async outcome<P, R extends AnalysisResult, X = undefined>(
    kind: AnalysisKind<P, R, X>,
    caller: RunCaller,
    request: RunRequest<P, X>,
  ): Promise<R> {
    const { id } = this.start(kind, caller, request);
    let run = this.find(id, caller);
    while (!isEnded(run.status)) run = await this.settled(id, caller, this.settings.maxSeconds);
    const result = this.result(id, caller);
    if (result === undefined) {
      const reason = run.error === null ? `it ended as ${run.status}` : run.error.message;
      throw new AppError('ANALYSIS_WITHOUT_RESULT', { id, reason });
    }
    return result as R;
  }

  /** @throws AppError ANALYSIS_RUN_NOT_FOUND, for runs of others as well */
  find(id: string, caller: RunCaller): AnalysisRun {
    return this.seen(this.owned(id, caller));
  }

  /** Some of the caller's runs, the latest first, after the run with an id. */
  page(caller: RunCaller, first: number, afterId?: string): Page<AnalysisRun> {
    const own = [...this.runs.values()].filter((run) => isOwn(run, caller)).reverse();
    const after = afterId === undefined ? -1 : own.findIndex(({ id }) => id === afterId);
    if (afterId !== undefined && after < 0) throw new AppError('BAD_CURSOR', { got: afterId });
    return {
      items: own.slice(after + 1, after + 1 + first).map((run) => this.seen(run)),
      totalCount: own.length,
      hasNextPage: own.length > after + 1 + first,
      hasPreviousPage: after >= 0,
    };
  }

  /** The result of a run that is done; undefined while it is not, and when it is no longer kept. */
  result(id: string, caller: RunCaller): AnalysisResult | undefined {
    const { status, resultKey } = this.owned(id, caller);
    const bytes = status === 'DONE' && resultKey !== undefined ? this.results.get(resultKey) : undefined;
    return bytes && (deserialize(bytes) as AnalysisResult);
  }

  /** Ends a run that has not ended; resolves when it is off its thread, well within a second. */
  async cancel(id: string, caller: RunCaller): Promise<AnalysisRun> {
    const run = this.owned(id, caller);
    await this.executor.cancel(run);
    return this.seen(run);
  }

  /** Resolves when a run has ended, or after some seconds, whichever is first. */
  async settled(id: string, caller: RunCaller, seconds: number): Promise<AnalysisRun> {
    const run = this.owned(id, caller);
    if (!isEnded(run.status) && seconds > 0) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          unwatch();
          resolve();
        };
        const timer = setTimeout(done, seconds * 1000);
        const unwatch = this.watch(id, caller, (each) => {
          if (isEnded(each.status)) done();
        });
      });
    }
    return this.seen(run);
  }

  /** Calls back whenever a run moves on, the last time when it has ended. Returns how to stop that. */
  watch(id: string, caller: RunCaller, listener: RunListener): () => void {
    this.owned(id, caller);
    const listeners = this.listeners.get(id) ?? new Set();
    this.listeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.listeners.delete(id);
    };
  }

  /** How a run is now, and whenever it has moved on; a slow reader gets the latest only. Ends after the run's end. */
  follow(id: string, caller: RunCaller): EventStream<AnalysisRun> {
    const run = this.owned(id, caller);
    return endable((ending) => this.moves(run, ending));
  }

  /** Forgets every result, and cancels what would bring another: for when something was erased that they may name. */
  forgetResults(): void {
    this.results.clear();
    for (const run of this.runs.values()) if (!isEnded(run.status)) void this.executor.cancel(run);
  }

  get load(): { readonly queued: number; readonly running: number; readonly resultBytes: number } {
    const { queued, running } = this.executor;
    return { queued, running, resultBytes: this.results.byteLength };
  }

  /** Cancels everything and ends the threads. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.executor.close();
  }

  private async *moves(run: RunRecord, ending: AbortSignal): AsyncGenerator<AnalysisRun, void, void> {
    let wake: () => void = () => undefined;
    let hasMoved = false;
    const unwatch = this.watch(run.id, run.caller, () => {
      hasMoved = true;
      wake();
    });
    try {
      while (!ending.aborted) {
        hasMoved = false;
        const seen = this.seen(run);
        yield seen;
        if (isEnded(seen.status)) return;
        const moved = new Promise<void>((resolve) => {
          wake = resolve;
        });
        if (!hasMoved) await orEnd(moved, ending);
      }
    } finally {
      unwatch();
    }
  }

  private deadlineOf(asked: number | null | undefined): number {
    const { maxSeconds } = this.settings;
    const seconds = asked ?? maxSeconds;
    if (seconds > 0 && seconds <= maxSeconds) return seconds;
    const expected = `a number above 0 and up to ${maxSeconds}`;
    throw new AppError('BAD_INPUT', { what: 'seconds', expected, got: String(seconds) });
  }

  private twinOf({ caller, cacheKey, seconds }: RunRecord): RunRecord | undefined {
    for (const run of this.runs.values()) {
      const isSame = run.cacheKey === cacheKey && run.seconds === seconds && isOwn(run, caller);
      if (isSame && !isEnded(run.status) && run.stopping === undefined) return run;
    }
    return undefined;
  }

  private owned(id: string, caller: RunCaller): RunRecord {
    const run = this.runs.get(id);
    if (run === undefined || !isOwn(run, caller)) throw new AppError('ANALYSIS_RUN_NOT_FOUND', { id });
    return run;
  }

  private remember(run: RunRecord): void {
    this.runs.set(run.id, run);
    for (const [id, { status }] of this.runs) {
      if (this.runs.size <= RUNS_REMEMBERED) return;
      if (isEnded(status)) this.runs.delete(id);
    }
  }

  private seen(run: RunRecord): AnalysisRun {
    const hasResult = run.resultKey !== undefined && this.results.get(run.resultKey) !== undefined;
    return viewOf(run, this.now().getTime(), hasResult);
  }

  private tell(run: RunRecord): void {
    const listeners = this.listeners.get(run.id);
    if (listeners === undefined) return;
    const view = this.seen(run);
    for (const listener of [...listeners]) listener(view);
  }
}

/** What an owner saw with another view stays with that view. */
const isOwn = ({ caller }: RunRecord, { owner, scope }: RunCaller): boolean =>
  caller.owner === owner && caller.scope === scope;
