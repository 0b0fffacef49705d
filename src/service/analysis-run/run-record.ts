/** What the service keeps of a run, and how its owner sees it. */
import { randomUUID } from 'node:crypto';
import type { Projection } from '../../analysis';
import type { ErrorCode } from '../../errors';
import type { PlacedRun } from './worker-pool';

export const RUN_STATUSES = ['QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED', 'EXPIRED'] as const;
/** EXPIRED: it was done, but its result is no longer kept. */
export type RunStatus = (typeof RUN_STATUSES)[number];

export interface RunFault {
  readonly code: ErrorCode;
  readonly message: string;
}

export interface AnalysisRun extends RunTime {
  readonly id: string;
  readonly kind: string;
  readonly status: RunStatus;
  /** From 0 to 1; null while it is not known. */
  readonly progress: number | null;
  readonly phase: string;
  /** Since it began; 0 while it waits. */
  readonly secondsElapsed: number;
  /** Estimate from the progress so far, never beyond the deadline; null while there is none to make. */
  readonly secondsLeft: number | null;
  readonly graphVersion: number;
  readonly parameters: unknown;
  readonly queuedAt: string;
  readonly endedAt: string | null;
  /** Whether the result was there already, of an earlier run with the same parameters on the same graph. */
  readonly isFromCache: boolean;
  readonly error: RunFault | null;
}

/** Who asks. Callers of the same scope see the same of the graph at the same version. */
export interface RunCaller {
  readonly owner: string;
  readonly scope: string;
}

/** The time the graph is seen at; null: as it is now, at whatever time things hold. */
export interface RunTime {
  readonly asOf: string | null;
  readonly knownAt: string | null;
}

export interface RunRequest<P, X> {
  readonly parameters: P;
  /** The graph as the caller sees it, at that time. */
  readonly projection: Projection;
  readonly time?: RunTime;
  /** Number of the last change when it was asked: what may be seen of an earlier graph follows from it. */
  readonly presentVersion?: number;
  /** Deadline; the longest allowed if not given. */
  readonly seconds?: number | null;
  readonly extra?: X;
}

const NOW: RunTime = { asOf: null, knownAt: null };

export type EndedStatus = Exclude<RunStatus, 'QUEUED' | 'RUNNING'>;

export interface RunRecord extends RunTime {
  readonly id: string;
  readonly kind: string;
  readonly caller: RunCaller;
  readonly parameters: unknown;
  extra: unknown;
  readonly seconds: number;
  readonly graphVersion: number;
  readonly queuedAt: number;
  /** What decides the result. */
  readonly cacheKey: string;
  /** One number in shared memory, which the thread polls. */
  readonly flag: Int32Array;
  /** Let go when the run ends, so that old versions of the graph can go. */
  projection: Projection | undefined;
  status: RunStatus;
  progress: number | null;
  phase: string;
  startedAt: number | undefined;
  endedAt: number | undefined;
  isFromCache: boolean;
  /** Where the result is kept. */
  resultKey: string | undefined;
  error: RunFault | null;
  /** Why it was told to stop. */
  stopping: 'cancelled' | 'deadline' | undefined;
  placed: PlacedRun | undefined;
}

export const isEnded = (status: RunStatus): status is EndedStatus =>
  status !== 'QUEUED' && status !== 'RUNNING';

export function newRecord<P, X>(
  kind: string,
  caller: RunCaller,
  { parameters, projection, extra, time, presentVersion }: RunRequest<P, X>,
  seconds: number,
  now: number,
): RunRecord {
  const { asOf, knownAt } = time ?? NOW;
  return {
    id: randomUUID(),
    kind,
    caller,
    parameters,
    extra,
    seconds,
    graphVersion: projection.seq,
    queuedAt: now,
    cacheKey: JSON.stringify([kind, projection.seq, presentVersion, caller.scope, asOf, knownAt, parameters]),
    asOf,
    knownAt,
    flag: new Int32Array(new SharedArrayBuffer(4)),
    projection,
    status: 'QUEUED',
    progress: null,
    phase: 'waiting',
    startedAt: undefined,
    endedAt: undefined,
    isFromCache: false,
    resultKey: undefined,
    error: null,
    stopping: undefined,
    placed: undefined,
  };
}

/** @param hasResult whether the result of a run that is done is still kept */
export function viewOf(run: RunRecord, now: number, hasResult: boolean): AnalysisRun {
  const { startedAt, endedAt, progress, seconds } = run;
  const elapsed = startedAt === undefined ? 0 : ((endedAt ?? now) - startedAt) / 1000;
  return {
    id: run.id,
    kind: run.kind,
    status: run.status === 'DONE' && !hasResult ? 'EXPIRED' : run.status,
    progress,
    phase: run.phase,
    secondsElapsed: elapsed,
    secondsLeft: run.status === 'RUNNING' ? secondsLeft(progress, elapsed, seconds) : null,
    graphVersion: run.graphVersion,
    parameters: run.parameters,
    asOf: run.asOf,
    knownAt: run.knownAt,
    queuedAt: new Date(run.queuedAt).toISOString(),
    endedAt: endedAt === undefined ? null : new Date(endedAt).toISOString(),
    isFromCache: run.isFromCache,
    error: run.error,
  };
}

function secondsLeft(progress: number | null, elapsed: number, deadline: number): number | null {
  if (progress === null || progress === 0) return null;
  return Math.min((elapsed * (1 - progress)) / progress, Math.max(0, deadline - elapsed));
}
