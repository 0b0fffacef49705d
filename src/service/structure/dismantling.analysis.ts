/** Dismantling of a chosen part of the graph, as a job. */
import { randomSource } from '../../analysis/graph/random-source';
import {
  DISMANTLING_METHODS,
  type DismantlingMethod,
  dismantle,
} from '../../analysis/robustness/dismantling';
import { AppError } from '../../errors';
import type { AnalysisKind, AnalysisResult } from '../analysis-run/analysis-kind';
import { type SubgraphQuery, subgraphOf } from './subgraph';

export interface DismantlingParameters extends SubgraphQuery {
  readonly method: DismantlingMethod;
  /** Largest component to end with, as a share of the vertices. */
  readonly target: number;
  /** Radius of collective influence. */
  readonly radius: number;
  readonly seed: number;
}

export interface DismantlingResult extends AnalysisResult {
  readonly method: DismantlingMethod;
  readonly vertexCount: number;
  readonly edgeCount: number;
  readonly removed: readonly string[];
  /** Largest component after 0, 1, .. removals. */
  readonly curve: Int32Array;
  readonly area: number;
}

/** @throws AppError DISMANTLING_TARGET, BAD_INPUT */
export function checkDismantling({ target, radius, method }: DismantlingParameters): void {
  if (!(target > 0 && target <= 1)) throw new AppError('DISMANTLING_TARGET', { got: String(target) });
  if (!DISMANTLING_METHODS.includes(method)) {
    throw new AppError('DISMANTLING_METHOD', { got: method, known: DISMANTLING_METHODS.join(', ') });
  }
  if (!(Number.isInteger(radius) && radius >= 0)) {
    throw new AppError('BAD_INPUT', {
      what: 'radius',
      expected: 'a whole number from 0',
      got: String(radius),
    });
  }
}

export const dismantlingAnalysis: AnalysisKind<DismantlingParameters, DismantlingResult> = {
  name: 'DISMANTLING',
  run({ projection, parameters }, { interrupt, progress, clock }) {
    const start = clock();
    const { method, target, radius, seed } = parameters;
    const { graph, idOf } = subgraphOf(projection, parameters);
    progress(null, `removing by ${method}`);
    const found = dismantle(graph, {
      method,
      target,
      radius,
      random: randomSource(seed),
      interrupt,
      report: (share) => progress(share, `removing by ${method}`),
    });
    return {
      method,
      exactness: 'UPPER_BOUND',
      isStopped: found.status === 'stopped',
      vertexCount: graph.vertexCount,
      edgeCount: graph.edgeCount,
      removed: Array.from(found.removed, idOf),
      curve: found.curve,
      area: found.area,
      seconds: clock() - start,
    };
  },
};
