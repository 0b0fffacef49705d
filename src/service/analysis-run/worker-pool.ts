/** Threads that run analyses: started when first needed, kept, replaced when one dies. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { RunMessage, WorkerMessage } from './worker-message';

/** The file a thread starts from, and the options of Node it starts with. */
export interface WorkerFile {
  readonly path: string;
  readonly execArgv?: readonly string[];
}

export const BUILT_WORKER: WorkerFile = { path: join(__dirname, 'analysis-worker.js') };

/** How a run on a thread ended: the last word of the thread, or that it died without one. */
export type RunOutcome =
  | Exclude<WorkerMessage, { readonly type: 'begun' | 'progress' | 'interim' }>
  | { readonly type: 'died'; readonly isOutOfMemory: boolean; readonly reason: string };

export interface PlacedEvents {
  /** The thread has started and has the run: what came before is not the run's time. */
  readonly onBegin: () => void;
  readonly onProgress: (share: number | null, phase: string) => void;
  /** The run has a result, which is better than none should it be ended. */
  readonly onInterim: (bytes: Uint8Array) => void;
}

/** A run that has a thread. */
export interface PlacedRun {
  readonly outcome: Promise<RunOutcome>;
  /** Ends the thread, and with it the run, without asking either. */
  readonly kill: () => void;
}

export class WorkerPool {
  private readonly idle: Worker[] = [];
  private readonly threads = new Set<Worker>();

  constructor(
    private readonly file: WorkerFile,
    private readonly size: number,
    private readonly memoryMb: number,
    /** Called when a thread has gone, and another may start. */
    private readonly onRoom: () => void,
  ) {}

  get hasRoom(): boolean {
    return this.idle.length > 0 || this.threads.size < this.size;
  }

  /** Runs on a thread, once the message is ready; there must be room. */
  place(message: Promise<RunMessage>, events: PlacedEvents): PlacedRun {
    const thread = this.idle.pop() ?? this.start();
    thread.ref();
    let wasKilled = false;
    const outcome = new Promise<RunOutcome>((resolve) => {
      let reason = 'it ended by itself';
      let isOutOfMemory = false;
      const onMessage = (said: WorkerMessage): void => {
        if (said.type === 'progress') events.onProgress(said.share, said.phase);
        else if (said.type === 'begun') events.onBegin();
        else if (said.type === 'interim') events.onInterim(said.bytes);
        else finish(said);
      };
      const onError = (error: unknown): void => {
        isOutOfMemory = (error as NodeJS.ErrnoException | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
        reason = error instanceof Error ? String(error.stack) : String(error);
      };
      const onExit = (): void => finish({ type: 'died', isOutOfMemory, reason });
      const finish = (result: RunOutcome): void => {
        thread.off('message', onMessage).off('error', onError).off('exit', onExit);
        if (result.type !== 'died' && !wasKilled) this.release(thread);
        resolve(result);
      };
      thread.on('message', onMessage).on('error', onError).on('exit', onExit);
      message.then(
        (ready) => {
          if (!wasKilled) thread.postMessage(ready);
        },
        (error: unknown) => finish({ type: 'crashed', reason: String(error) }),
      );
    });
    const kill = (): void => {
      wasKilled = true;
      void thread.terminate();
    };
    return { outcome, kill };
  }

  /** Ends every thread. */
  async close(): Promise<void> {
    await Promise.all([...this.threads].map((thread) => thread.terminate()));
  }

  private start(): Worker {
    const { path, execArgv } = this.file;
    const thread = new Worker(path, {
      execArgv: [...(execArgv ?? [])],
      resourceLimits: { maxOldGenerationSizeMb: this.memoryMb },
    });
    this.threads.add(thread);
    thread.once('exit', () => {
      this.threads.delete(thread);
      const at = this.idle.indexOf(thread);
      if (at >= 0) this.idle.splice(at, 1);
      this.onRoom();
    });
    // Without a listener an error of an idle thread would end the process.
    thread.on('error', () => undefined);
    return thread;
  }

  /** An idle thread does not keep the process alive. */
  private release(thread: Worker): void {
    thread.unref();
    this.idle.push(thread);
  }
}
