/** Groups of nodes in a chosen part of the graph, as a job: linked parts, cycles, blocks, communities. */
import { biconnectedComponents } from '../../analysis/connectivity/biconnected-components';
import { connectedComponents } from '../../analysis/connectivity/connected-components';
import { leiden } from '../../analysis/connectivity/leiden';
import { stronglyConnectedComponents } from '../../analysis/connectivity/strongly-connected-components';
import type { CsrGraph } from '../../analysis/graph/csr-graph';
import type { Interrupt } from '../../analysis/graph/interrupt';
import { randomSource } from '../../analysis/graph/random-source';
import type { AnalysisKind, AnalysisResult } from '../analysis-run/analysis-kind';
import { type SubgraphQuery, subgraphOf } from './subgraph';

export const GROUPINGS = ['components', 'strong-components', 'blocks', 'communities'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface GroupsParameters extends SubgraphQuery {
  readonly grouping: Grouping;
  /** Of communities: the higher, the smaller they are. */
  readonly resolution: number;
  readonly seed: number;
  /** How many groups to keep, and how many members of each. */
  readonly limit: number;
  readonly memberLimit: number;
}

export interface NodeGroup {
  readonly size: number;
  readonly ids: readonly string[];
}

export interface GroupsResult extends AnalysisResult {
  readonly vertexCount: number;
  readonly edgeCount: number;
  readonly groupCount: number;
  /** The largest first, of equals the one with the smallest id. */
  readonly groups: readonly NodeGroup[];
  /** Sizes of all groups, largest first. */
  readonly sizes: Int32Array;
  readonly modularity: number | null;
  /** Of blocks: nodes, and pairs of linked nodes, without which the graph falls apart further. */
  readonly articulationPoints: readonly string[] | null;
  readonly bridges: readonly (readonly [string, string])[] | null;
}

interface Found {
  readonly groups: number[][];
  readonly modularity?: number;
  readonly isStopped?: boolean;
  readonly articulationPoints?: Int32Array;
  readonly bridges?: Int32Array;
}

export const groupsAnalysis: AnalysisKind<GroupsParameters, GroupsResult> = {
  name: 'GROUPS',
  run({ projection, parameters }, { interrupt, progress, clock }) {
    const start = clock();
    const { grouping, limit, memberLimit } = parameters;
    const direction = grouping === 'strong-components' ? 'OUT' : 'BOTH';
    const { graph, idOf } = subgraphOf(projection, parameters, direction);
    progress(null, `finding ${grouping}`);
    const { groups, modularity, isStopped = false, ...cuts } = find(graph, parameters, interrupt);
    // Members are numbered by id, so the first is the smallest; groups are compared by it.
    groups.sort((a, b) => b.length - a.length || a[0] - b[0]);
    const pairs = Array.from({ length: (cuts.bridges?.length ?? 0) / 2 }, (_, i) => i);
    return {
      method: grouping === 'communities' ? 'Leiden' : grouping,
      exactness: grouping === 'communities' ? 'LOWER_BOUND' : 'EXACT',
      isStopped,
      vertexCount: graph.vertexCount,
      edgeCount: graph.edgeCount,
      groupCount: groups.length,
      groups: groups
        .slice(0, limit)
        .map((members) => ({ size: members.length, ids: members.slice(0, memberLimit).map(idOf) })),
      sizes: Int32Array.from(groups, (members) => members.length),
      modularity: modularity ?? null,
      articulationPoints: cuts.articulationPoints ? Array.from(cuts.articulationPoints, idOf) : null,
      bridges: cuts.bridges
        ? pairs.map((i) => [idOf(cuts.bridges![2 * i]), idOf(cuts.bridges![2 * i + 1])] as const)
        : null,
      seconds: clock() - start,
    };
  },
};

function find(
  graph: CsrGraph,
  { grouping, resolution, seed }: GroupsParameters,
  interrupt: Interrupt,
): Found {
  switch (grouping) {
    case 'components':
      return { groups: membersOf(connectedComponents(graph).componentOf) };
    case 'strong-components':
      return { groups: membersOf(stronglyConnectedComponents(graph).componentOf) };
    case 'communities': {
      const found = leiden(graph, { random: randomSource(seed), resolution, interrupt });
      const { communityOf, modularity, status } = found;
      return { groups: membersOf(communityOf), modularity, isStopped: status === 'stopped' };
    }
    case 'blocks': {
      const { blockCount, blockOffsets, blockVertices, ...cuts } = biconnectedComponents(graph);
      const groups = Array.from({ length: blockCount }, (_, b) =>
        [...blockVertices.subarray(blockOffsets[b], blockOffsets[b + 1])].sort((x, y) => x - y),
      );
      return { groups, ...cuts };
    }
  }
}

/** Members of each class, ascending. */
function membersOf(classOf: Int32Array): number[][] {
  const groups: number[][] = [];
  classOf.forEach((c, v) => {
    groups[c] ??= [];
    groups[c].push(v);
  });
  return groups;
}
