/** What the service and its worker threads say to each other. */
import type { SharedProjection } from './shared-projection';

/** Value of the flag by which the service asks a thread to stop a run. */
export const STOP_NOW = 1;

export interface RunMessage {
  readonly kind: string;
  readonly parameters: unknown;
  readonly extra: unknown;
  readonly projection: SharedProjection;
  /** One number in shared memory: STOP_NOW once the run is to end. */
  readonly flag: Int32Array;
}

export type WorkerMessage =
  | { readonly type: 'begun' }
  | { readonly type: 'progress'; readonly share: number | null; readonly phase: string }
  /** The best result so far, in case the run does not end in time by itself. */
  | { readonly type: 'interim'; readonly bytes: Uint8Array }
  /** `bytes`: the result, serialised on the thread, so that the service pays for it only when somebody reads it. */
  | { readonly type: 'done'; readonly bytes: Uint8Array; readonly wasInterrupted: boolean }
  | { readonly type: 'refused'; readonly code: string; readonly data: Record<string, unknown> }
  | { readonly type: 'crashed'; readonly reason: string };
