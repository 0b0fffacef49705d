/** What every way from a node to others passes, as a job. */
import { immediateDominators } from '../../analysis/connectivity/dominators';
import type { AnalysisKind, AnalysisResult } from '../analysis-run/analysis-kind';
import { known } from './cut.analysis';
import { byValue } from './measure';
import { type SubgraphDirection, type SubgraphQuery, subgraphOf } from './subgraph';

export interface DominatorsParameters extends SubgraphQuery {
  readonly root: string;
  readonly direction: SubgraphDirection;
  /** How many of those that dominate most to keep. */
  readonly limit: number;
}

export interface Dominator {
  readonly id: string;
  /** The nearest node before it that every way passes too; null: only the root. */
  readonly dominatorId: string | null;
  /** Nodes that the root reaches only through it. */
  readonly dominated: number;
}

export interface DominatorsResult extends AnalysisResult {
  readonly vertexCount: number;
  readonly edgeCount: number;
  /** Nodes that the root reaches. */
  readonly reached: number;
  readonly dominators: readonly Dominator[];
}

export const dominatorsAnalysis: AnalysisKind<DominatorsParameters, DominatorsResult> = {
  name: 'DOMINATORS',
  run({ projection, parameters }, { interrupt, progress, clock }) {
    const start = clock();
    const part = subgraphOf(projection, parameters, parameters.direction);
    const { graph, idOf } = part;
    const root = known(part, parameters.root);
    progress(null, 'finding dominators');
    const found = immediateDominators(graph, root, interrupt);
    const above = found ?? new Int32Array(graph.vertexCount).fill(-1);
    const dominated = dominatedCounts(above, root);
    const order = byValue(dominated).filter((v) => dominated[v] > 0);
    return {
      method: 'dominator tree',
      exactness: found ? 'EXACT' : 'LOWER_BOUND',
      isStopped: found === undefined,
      vertexCount: graph.vertexCount,
      edgeCount: graph.edgeCount,
      reached: above.reduce((count, dominator, v) => count + (dominator >= 0 && v !== root ? 1 : 0), 0),
      dominators: Array.from(order.subarray(0, parameters.limit), (v) => ({
        id: idOf(v),
        dominatorId: above[v] === root ? null : idOf(above[v]),
        dominated: dominated[v],
      })),
      seconds: clock() - start,
    };
  },
};

/** Vertices strictly below each vertex in the dominator tree; 0 for the root itself, which dominates all. */
function dominatedCounts(above: Int32Array, root: number): Int32Array {
  const n = above.length;
  const waiting = new Int32Array(n);
  for (let v = 0; v < n; v++) if (v !== root && above[v] >= 0) waiting[above[v]] += 1;
  const counts = new Int32Array(n);
  const ready: number[] = [];
  for (let v = 0; v < n; v++) if (v !== root && above[v] >= 0 && waiting[v] === 0) ready.push(v);
  for (let v = ready.pop(); v !== undefined; v = ready.pop()) {
    const up = above[v];
    if (up === root) continue;
    counts[up] += counts[v] + 1;
    waiting[up] -= 1;
    if (waiting[up] === 0) ready.push(up);
  }
  return counts;
}
