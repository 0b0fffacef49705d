/** Carries runs from the queue over a thread to their end: who is next, deadlines, cancellation, and what each end means. */
import type { Projection } from '../../analysis';
import { AppError, type ErrorCode } from '../../errors';
import type { Log } from '../../log';
import { type EndedStatus, isEnded, type RunRecord } from './run-record';
import { shareProjection } from './shared-projection';
import { type RunMessage, STOP_NOW } from './worker-message';
import { type RunOutcome, type WorkerFile, WorkerPool } from './worker-pool';

export interface ExecutorSettings {
  readonly workers: number;
  /** Runs that may wait for a thread. */
  readonly queueLength: number;
  /** Megabytes of objects that one thread may hold; typed arrays are beyond it. */
  readonly threadMemoryMb: number;
  readonly workerFile: WorkerFile;
}

export interface ExecutorEvents {
  /** A run moved on, or ended. */
  readonly onChange: (run: RunRecord) => void;
  /** Keeps a result; false when it is too large to be kept. */
  readonly keep: (run: RunRecord, bytes: Uint8Array, mayServeOthers: boolean) => boolean;
  readonly now: () => number;
  readonly log?: Log;
}

/** Time a thread gets to obey before it is ended. */
const GRACE_MS = 500;
/** Time a thread gets to start and to receive the graph, which is not the run's. */
const START_SECONDS = 30;

export class RunExecutor {
  private readonly queue: RunRecord[] = [];
  private readonly placed = new Set<RunRecord>();
  private readonly pool: WorkerPool;
  private isClosed = false;

  constructor(
    private readonly settings: ExecutorSettings,
    private readonly events: ExecutorEvents,
  ) {
    const { workerFile, workers, threadMemoryMb } = settings;
    this.pool = new WorkerPool(workerFile, workers, threadMemoryMb, () => this.fillThreads());
  }

  get queued(): number {
    return this.queue.length;
  }

  get running(): number {
    return this.placed.size;
  }

  /** Whether another run would be taken. */
  get hasRoom(): boolean {
    return this.pool.hasRoom || this.queue.length < this.settings.queueLength;
  }

  /** Takes a run; it begins when there is a thread. */
  submit(run: RunRecord): void {
    this.queue.push(run);
    this.fillThreads();
  }

  /** Cancels a run; resolves when it has ended. */
  async cancel(run: RunRecord): Promise<void> {
    const at = this.queue.indexOf(run);
    if (at >= 0) {
      this.queue.splice(at, 1);
      this.end(run, 'CANCELLED');
      return;
    }
    if (isEnded(run.status)) return;
    this.stop(run, 'cancelled');
    await run.placed?.outcome;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.queue, ...this.placed].map((run) => this.cancel(run)));
    await this.pool.close();
  }

  /** Gives free threads to the owner who holds the fewest, of equals to the run that came first. */
  private fillThreads(): void {
    while (this.queue.length > 0 && this.pool.hasRoom && !this.isClosed) {
      const held = this.queue.map(
        ({ caller }) => [...this.placed].filter((each) => each.caller.owner === caller.owner).length,
      );
      const [run] = this.queue.splice(held.indexOf(Math.min(...held)), 1);
      void this.execute(run);
    }
  }

  private async execute(run: RunRecord): Promise<void> {
    const lateAfter = (seconds: number) => setTimeout(() => this.stop(run, 'deadline'), seconds * 1000);
    let deadline = lateAfter(run.seconds + START_SECONDS);
    let interim: Uint8Array | undefined;
    run.placed = this.pool.place(messageOf(run), {
      onBegin: () => {
        clearTimeout(deadline);
        deadline = lateAfter(run.seconds);
        run.startedAt = this.events.now();
      },
      onProgress: (share, phase) => {
        run.progress = share;
        run.phase = phase;
        this.events.onChange(run);
      },
      onInterim: (bytes) => {
        interim = bytes;
      },
    });
    this.placed.add(run);
    Object.assign(run, { status: 'RUNNING', startedAt: this.events.now(), phase: 'starting' });
    this.events.onChange(run);
    const outcome = await run.placed.outcome;
    clearTimeout(deadline);
    this.placed.delete(run);
    this.conclude(run, lateOutcome(run, outcome, interim));
    this.fillThreads();
  }

  /** Asks a run to stop, and ends its thread when it does not. */
  private stop(run: RunRecord, why: 'cancelled' | 'deadline'): void {
    run.stopping = run.stopping === 'cancelled' ? run.stopping : why;
    Atomics.store(run.flag, 0, STOP_NOW);
    const last = setTimeout(() => run.placed?.kill(), GRACE_MS);
    void run.placed?.outcome.then(() => clearTimeout(last));
  }

  private conclude(run: RunRecord, outcome: RunOutcome): void {
    if (run.stopping === 'cancelled') this.end(run, 'CANCELLED');
    else if (outcome.type === 'done') {
      const isKept = this.events.keep(run, outcome.bytes, !outcome.wasInterrupted);
      if (isKept) this.end(run, 'DONE');
      else this.fail(run, new AppError('ANALYSIS_RESULT_TOO_LARGE', { bytes: outcome.bytes.byteLength }));
    } else if (outcome.type === 'refused') {
      this.fail(run, new AppError(outcome.code as ErrorCode, outcome.data));
    } else if (run.stopping === 'deadline') {
      this.fail(run, new AppError('ANALYSIS_DEADLINE', { seconds: run.seconds }));
    } else if (outcome.type === 'died' && outcome.isOutOfMemory) {
      this.fail(run, new AppError('ANALYSIS_OUT_OF_MEMORY', { limitMb: this.settings.threadMemoryMb }));
    } else {
      this.events.log?.error({ runId: run.id, kind: run.kind, reason: outcome.reason }, 'analysis crashed');
      this.fail(run, new AppError('ANALYSIS_CRASHED', { id: run.id }));
    }
  }

  private fail(run: RunRecord, { code, message }: AppError): void {
    run.error = { code, message };
    this.end(run, 'FAILED');
  }

  private end(run: RunRecord, status: EndedStatus): void {
    Object.assign(run, { status, endedAt: this.events.now(), projection: undefined, extra: undefined });
    if (status === 'DONE') run.progress = 1;
    run.phase = 'ended';
    this.events.onChange(run);
  }
}

/** A thread that was ended at the deadline leaves what it had kept by then. */
function lateOutcome(
  { stopping }: RunRecord,
  outcome: RunOutcome,
  bytes: Uint8Array | undefined,
): RunOutcome {
  const isLate = stopping === 'deadline' && outcome.type === 'died' && !outcome.isOutOfMemory;
  return isLate && bytes !== undefined ? { type: 'done', bytes, wasInterrupted: true } : outcome;
}

async function messageOf({ kind, parameters, extra, flag, projection }: RunRecord): Promise<RunMessage> {
  return { kind, parameters, extra, flag, projection: await shareProjection(projection as Projection) };
}
