/** Measures of single nodes in a chosen part of the graph, as a job. */
import type { AnalysisKind, AnalysisResult } from '../analysis-run/analysis-kind';
import { byValue, type CentralityMeasure, measure } from './measure';
import { type SubgraphDirection, type SubgraphQuery, subgraphOf } from './subgraph';

export interface MeasureParameters extends SubgraphQuery {
  readonly measure: CentralityMeasure;
  readonly direction: SubgraphDirection;
  /** Nodes to start betweenness from; null: all. */
  readonly samples: number | null;
  readonly seed: number;
  /** How many of the highest to keep. */
  readonly limit: number;
}

export interface MeasureResult extends AnalysisResult {
  readonly vertexCount: number;
  readonly edgeCount: number;
  readonly ids: readonly string[];
  readonly values: Float64Array;
  readonly mean: number;
  readonly median: number;
}

export const measureAnalysis: AnalysisKind<MeasureParameters, MeasureResult> = {
  name: 'STRUCTURE',
  run({ projection, parameters }, { interrupt, progress, clock }) {
    const start = clock();
    const { measure: name, direction, samples, seed, limit } = parameters;
    const { graph, idOf } = subgraphOf(projection, parameters, direction);
    progress(null, `measuring ${name}`);
    const { values, isExact, isStopped } = measure(graph, name, {
      samples: samples ?? undefined,
      seed,
      interrupt,
      report: (share) => progress(share, `measuring ${name}`),
    });
    const order = byValue(values);
    const shown = order.subarray(0, limit);
    return {
      method: name,
      // What is missing from a sum over sources can only be added to it.
      exactness: isStopped
        ? isExact && name === 'betweenness'
          ? 'LOWER_BOUND'
          : 'ESTIMATE'
        : exactnessOf(isExact),
      isStopped,
      vertexCount: graph.vertexCount,
      edgeCount: graph.edgeCount,
      ids: Array.from(shown, idOf),
      values: Float64Array.from(shown, (v) => values[v]),
      mean: order.reduce((sum, v) => sum + values[v], 0) / order.length,
      median: values[order[order.length >> 1]],
      seconds: clock() - start,
    };
  },
};

const exactnessOf = (isExact: boolean) => (isExact ? 'EXACT' : 'ESTIMATE');
