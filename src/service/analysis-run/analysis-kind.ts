/** What an analysis has to be, to run as a job: a name and a function that a worker thread calls. */
import type { Projection } from '../../analysis';
import type { Exactness } from '../exactness';

export interface AnalysisTask<P, X = undefined> {
  readonly projection: Projection;
  /** What was asked, plain JSON: with the graph version and the viewer it decides the result. */
  readonly parameters: P;
  /** What the run needs beside the projection: anything that can be cloned, and that follows from version and viewer. */
  readonly extra: X;
}

/** How a run and those who wait for it reach each other. */
export interface RunControl {
  /** Polled by kernels: true once the run is cancelled or past its deadline. Cheap. */
  readonly interrupt: () => boolean;
  /** Tells how far the run is: a share from 0 to 1 if that is known, and what it is doing. May be called at any rate. */
  readonly progress: (share: number | null, phase: string) => void;
  /** Keeps a result that stands should the deadline end the thread: the last one kept is then the run's. */
  readonly keep: (interim: AnalysisResult) => void;
  /** Seconds from any start; results may depend on it only in their field `seconds`, and where they were limited by time. */
  readonly clock: () => number;
}

/** What every result says of itself. All of a result can be cloned, and only `seconds` differs between equal runs. */
export interface AnalysisResult {
  readonly method: string;
  readonly exactness: Exactness;
  /** Whether it was ended by its deadline, and shows what there was by then. */
  readonly isStopped: boolean;
  readonly seconds: number;
}

export interface AnalysisKind<P, R extends AnalysisResult, X = undefined> {
  /** As the API names it: `CRITICAL_NODES`. */
  readonly name: string;
  /**
   * Runs on a worker thread. Must poll `interrupt`, and then return the best it has, or something that says it stopped; where a step
   * may take longer than a thread is given to obey, it must `keep` what it has before.
   */
  readonly run: (task: AnalysisTask<P, X>, control: RunControl) => R | Promise<R>;
}
