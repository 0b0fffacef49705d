/**
 * Published facts of Zachary's karate club.
 * Betweenness of the two leaders: Girvan, Newman, PNAS 99(12), 2002, doi:10.1073/pnas.122653799 (231.07 and 160.55 pairs);
 * modularity optimum 0.4198 with 4 classes: Brandes et al., "On modularity clustering", IEEE TKDE 20(2), 2008,
 * doi:10.1109/TKDE.2007.190689. Degrees 16 and 17 of the leaders and the single tie of member 12: Zachary 1977, figure 3.
 */
import { betweenness } from '../../src/analysis/centrality/betweenness';
import { degreeCentrality } from '../../src/analysis/centrality/degree';
import { kCore } from '../../src/analysis/centrality/k-core';
import { pageRank } from '../../src/analysis/centrality/page-rank';
import { biconnectedComponents } from '../../src/analysis/connectivity/biconnected-components';
import { connectedComponents } from '../../src/analysis/connectivity/connected-components';
import { leiden } from '../../src/analysis/connectivity/leiden';
import { minEdgeCut } from '../../src/analysis/flow/edge-cut';
import { randomSource } from '../../src/analysis/graph/random-source';
import { criticalNodes } from '../../src/analysis/robustness/critical-nodes';
import { fromPairs, type PairGraph, pairwiseAfter, subsetsOf } from '../support/small-graphs';
import { KARATE_CLUB_TIES } from './karate-club';

const club: PairGraph = {
  n: 34,
  pairs: Object.entries(KARATE_CLUB_TIES).flatMap(([s, list]) => list.map((t) => [Number(s), t] as const)),
};
const graph = fromPairs(club);
const INSTRUCTOR = 0;
const ADMINISTRATOR = 33;

describe("Zachary's karate club", () => {
  it('has 34 members in one piece, 78 ties, and leaders of 16 and 17 ties', () => {
    const degrees = degreeCentrality(graph);
    expect([graph.edgeCount, connectedComponents(graph).count]).toEqual([78, 1]);
    expect([degrees[INSTRUCTOR], degrees[ADMINISTRATOR]]).toEqual([16, 17]);
  });

  it('hangs on the instructor, whose tie to member 12 is the only bridge', () => {
    const { articulationPoints, bridges, blockCount } = biconnectedComponents(graph);
    expect([...articulationPoints]).toEqual([INSTRUCTOR]);
    expect([...bridges]).toEqual([INSTRUCTOR, 11]);
    expect(blockCount).toBe(3);
  });

  it('passes most shortest paths through its leaders', () => {
    const { values } = betweenness(graph);
    expect(values[INSTRUCTOR]).toBeCloseTo(231.0714, 4);
    expect(values[ADMINISTRATOR]).toBeCloseTo(160.5516, 4);
  });

  it('has a 4-core of ten members', () => {
    const core = [...kCore(graph).coreOf.entries()].filter(([, c]) => c === 4).map(([v]) => v);
    expect(core).toEqual([0, 1, 2, 3, 7, 8, 13, 30, 32, 33]);
  });

  it('ranks the administrator first by PageRank, the instructor second', () => {
    const { values } = pageRank(graph);
    expect(values[ADMINISTRATOR]).toBeCloseTo(0.100919, 6);
    expect(values[INSTRUCTOR]).toBeCloseTo(0.096997, 6);
  });

  it('is split into its leaders by ten ties', () => {
    expect(minEdgeCut(graph, INSTRUCTOR, ADMINISTRATOR).value).toBe(10);
  });

  it('has four communities at the modularity optimum', () => {
    const best = [1, 2, 3, 4, 5]
      .map((seed) => leiden(graph, { random: randomSource(seed) }))
      .reduce((a, b) => (b.modularity > a.modularity ? b : a));
    expect(best.modularity).toBeCloseTo(0.4198, 4);
    expect(best.count).toBe(4);
  });

  it('is broken best by the same members that trying all sets of three finds', () => {
    let best = Number.POSITIVE_INFINITY;
    for (const subset of subsetsOf(34, 3)) best = Math.min(best, pairwiseAfter(club, new Set(subset)));
    const found = criticalNodes(graph, { k: 3, random: randomSource(1), iterations: 5000 });
    expect(found.value).toBe(best);
  });
});
