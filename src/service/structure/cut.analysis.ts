/** The fewest nodes, or links, that separate two nodes, as a job. */
import { minEdgeCut } from '../../analysis/flow/edge-cut';
import { minVertexCut } from '../../analysis/flow/vertex-cut';
import { AppError } from '../../errors';
import type { AnalysisKind, AnalysisResult } from '../analysis-run/analysis-kind';
import { type Subgraph, type SubgraphDirection, type SubgraphQuery, subgraphOf } from './subgraph';

export interface CutParameters extends SubgraphQuery {
  readonly from: string;
  readonly to: string;
  readonly direction: SubgraphDirection;
  readonly of: 'NODES' | 'LINKS';
}

export interface CutResult extends AnalysisResult {
  readonly vertexCount: number;
  readonly edgeCount: number;
  /** False where the two are linked themselves, so that no other nodes separate them. */
  readonly isSeparable: boolean;
  /** Where it is stopped, no cut is smaller, and none is listed. */
  readonly size: number;
  readonly nodeIds: readonly string[];
  readonly links: readonly (readonly [string, string])[];
}

/** @throws AppError BAD_INPUT */
export function checkCut({ from, to }: CutParameters): void {
  if (from === to)
    throw new AppError('BAD_INPUT', { what: 'to', expected: 'another node than from', got: to });
}

export const cutAnalysis: AnalysisKind<CutParameters, CutResult> = {
  name: 'CUT',
  run({ projection, parameters }, { interrupt, progress, clock }) {
    const start = clock();
    const part = subgraphOf(projection, parameters, parameters.direction);
    const { graph, idOf } = part;
    const from = known(part, parameters.from);
    const to = known(part, parameters.to);
    progress(null, 'finding what separates them');
    const isOfNodes = parameters.of === 'NODES';
    const cut = isOfNodes
      ? minVertexCut(graph, from, to, undefined, interrupt)
      : minEdgeCut(graph, from, to, interrupt);
    const isStopped = cut.status === 'stopped';
    const nodes = 'vertices' in cut ? Array.from(cut.vertices, idOf) : [];
    const ends = 'edges' in cut ? Array.from(cut.edges, idOf) : [];
    return {
      method: 'maximum flow',
      exactness: isStopped ? 'LOWER_BOUND' : 'EXACT',
      isStopped,
      vertexCount: graph.vertexCount,
      edgeCount: graph.edgeCount,
      isSeparable: cut.status !== 'infeasible',
      size: cut.value,
      nodeIds: nodes,
      links: Array.from({ length: ends.length / 2 }, (_, i) => [ends[2 * i], ends[2 * i + 1]] as const),
      seconds: clock() - start,
    };
  },
};

/** @throws AppError NODE_NOT_FOUND when the node is not in the part of the graph */
export function known(part: Subgraph, id: string): number {
  const vertex = part.vertexOf(id);
  if (vertex < 0) throw new AppError('NODE_NOT_FOUND', { id });
  return vertex;
}
