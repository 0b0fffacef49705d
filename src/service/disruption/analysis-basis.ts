/** How a result came about, and how far it can be trusted. */
import type { Projection } from '../../analysis';
import type { Exactness } from '../exactness';

export interface AnalysisBasis {
  readonly method: string;
  readonly exactness: Exactness;
  /** What the exact value cannot pass, where the result is no exact one and that is known. */
  readonly bound: number | null;
  /** Number of the last change of the graph that was analysed. */
  readonly graphVersion: number;
  readonly seconds: number;
}

/** The basis of a result that was begun at a time of `performance.now()`. */
export function basisOf(
  projection: Projection,
  startMs: number,
  method: string,
  exactness: Exactness,
  bound: number | null = null,
): AnalysisBasis {
  const seconds = Math.round(performance.now() - startMs) / 1000;
  return { method, exactness, bound, graphVersion: projection.seq, seconds };
}
