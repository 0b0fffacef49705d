/** The side of a worker thread: takes one run after the other and answers. */
import { constants, setPriority } from 'node:os';
import { serialize } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import type { Projection } from '../../analysis';
import { AppError } from '../../errors';
import type { AnalysisKind, AnalysisResult, RunControl } from './analysis-kind';
import { openProjection, type SharedProjection } from './shared-projection';
import { type RunMessage, STOP_NOW, type WorkerMessage } from './worker-message';

/** Least milliseconds between two words of progress. */
const PROGRESS_MS = 100;

let opened: { readonly key: number; readonly projection: Projection } | undefined;

const clock = (): number => performance.now() / 1000;

/** Serves runs of these kinds on this thread until the thread is ended. */
export function serveAnalyses(kinds: readonly AnalysisKind<never, AnalysisResult, never>[]): void {
  yieldToTheService();
  const port = parentPort;
  if (port === null) throw new Error('this file runs on a worker thread only');
  const say = (message: WorkerMessage, transfer: ArrayBuffer[] = []): void =>
    port.postMessage(message, transfer);
  port.on('message', async (message: RunMessage) => {
    try {
      const kind = kinds.find(({ name }) => name === message.kind);
      if (kind === undefined) throw new Error(`no analysis is called ${message.kind}`);
      const { control, wasInterrupted } = controlOf(message.flag, say);
      const { parameters, extra } = message;
      say({ type: 'begun' });
      const task = { projection: projectionOf(message.projection), parameters, extra };
      const bytes = ownBytes(serialize(await kind.run(task as never, control)));
      say({ type: 'done', bytes, wasInterrupted: wasInterrupted() }, [bytes.buffer]);
    } catch (error) {
      if (error instanceof AppError) say({ type: 'refused', code: error.code, data: error.data });
      else say({ type: 'crashed', reason: error instanceof Error ? String(error.stack) : String(error) });
    }
  });
}

/** On Linux a thread has a priority of its own: requests go before analyses. Elsewhere it would be the whole process. */
function yieldToTheService(): void {
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}

/** Bytes in a buffer of their own, which can be handed over whole. */
const ownBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

function projectionOf(shared: SharedProjection): Projection {
  if (opened?.key !== shared.key) opened = { key: shared.key, projection: openProjection(shared) };
  return opened.projection;
}

function controlOf(
  flag: Int32Array,
  say: (message: WorkerMessage, transfer?: ArrayBuffer[]) => void,
): { control: RunControl; wasInterrupted: () => boolean } {
  let wasInterrupted = false;
  let saidAt = Number.NEGATIVE_INFINITY;
  let saidPhase: string | undefined;
  const interrupt = (): boolean => {
    wasInterrupted = wasInterrupted || Atomics.load(flag, 0) === STOP_NOW;
    return wasInterrupted;
  };
  const progress = (share: number | null, phase: string): void => {
    const now = performance.now();
    if (phase === saidPhase && now - saidAt < PROGRESS_MS) return;
    saidAt = now;
    saidPhase = phase;
    say({ type: 'progress', share: share === null ? null : Math.min(1, Math.max(0, share)), phase });
  };
  const keep = (interim: AnalysisResult): void => {
    const bytes = ownBytes(serialize(interim));
    say({ type: 'interim', bytes }, [bytes.buffer]);
  };
  return { control: { interrupt, progress, keep, clock }, wasInterrupted: () => wasInterrupted };
}
