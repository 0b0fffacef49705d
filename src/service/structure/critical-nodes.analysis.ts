/** Critical nodes of a chosen part of the graph, as a job. */
import type { Projection } from '../../analysis';
import { randomSource } from '../../analysis/graph/random-source';
import { criticalNodes } from '../../analysis/robustness/critical-nodes';
import { AppError } from '../../errors';
import type { AnalysisKind, AnalysisResult } from '../analysis-run/analysis-kind';
import { type SubgraphQuery, subgraphOf, vertexCountOf } from './subgraph';

export interface CriticalNodesParameters extends SubgraphQuery {
  /** Removals. */
  readonly k: number;
  readonly seed: number;
  /** Exchanges tried; null: as many as the graph's size suggests. */
  readonly iterations: number | null;
}

export interface CriticalNodesResult extends AnalysisResult {
  readonly vertexCount: number;
  readonly edgeCount: number;
  readonly removed: readonly string[];
  readonly pairwiseConnectivity: number;
  /** No k removals leave fewer pairs. */
  readonly bound: number;
  readonly iterations: number;
}

/** What can be said before the graph is at hand. @throws AppError BAD_INPUT */
export function checkCriticalNodes({ k, iterations }: CriticalNodesParameters): void {
  const check = (what: string, got: number, least: number): void => {
    if (Number.isInteger(got) && got >= least) return;
    throw new AppError('BAD_INPUT', { what, expected: `a whole number from ${least}`, got: String(got) });
  };
  check('k', k, 0);
  check('iterations', iterations ?? 1, 1);
}

/** @throws AppError REMOVAL_COUNT, GRAPH_EMPTY */
export function checkRemovals(parameters: CriticalNodesParameters, projection: Projection): void {
  const { k } = parameters;
  const vertices = vertexCountOf(projection, parameters);
  if (k > vertices) throw new AppError('REMOVAL_COUNT', { got: String(k), vertices });
}

export const criticalNodesAnalysis: AnalysisKind<CriticalNodesParameters, CriticalNodesResult> = {
  name: 'CRITICAL_NODES',
  run({ projection, parameters }, { interrupt, progress, clock }) {
    const start = clock();
    const { k, seed, iterations } = parameters;
    const { graph, idOf } = subgraphOf(projection, parameters);
    if (!(Number.isInteger(k) && k >= 0 && k <= graph.vertexCount)) {
      throw new AppError('REMOVAL_COUNT', { got: String(k), vertices: graph.vertexCount });
    }
    const found = criticalNodes(graph, {
      k,
      random: randomSource(seed),
      iterations: iterations ?? undefined,
      interrupt,
      report: (share) => progress(share, 'exchanging removals'),
    });
    return {
      method: 'memetic search',
      exactness: found.status === 'optimal' ? 'EXACT' : 'UPPER_BOUND',
      isStopped: interrupt(),
      vertexCount: graph.vertexCount,
      edgeCount: graph.edgeCount,
      removed: Array.from(found.removed, idOf),
      pairwiseConnectivity: found.value,
      bound: found.bound,
      iterations: found.iterations,
      seconds: clock() - start,
    };
  },
};
