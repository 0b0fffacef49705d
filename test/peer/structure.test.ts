/**
 * Structural kernels against igraph and NetworKit on random graphs and, when ATLAS_DATA names it, on real ones.
 * ATLAS_PEERS_PYTHON names a Python that has the packages igraph and networkit.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { betweenness } from '../../src/analysis/centrality/betweenness';
import { closeness } from '../../src/analysis/centrality/closeness';
import { kCore } from '../../src/analysis/centrality/k-core';
import { pageRank } from '../../src/analysis/centrality/page-rank';
import { biconnectedComponents } from '../../src/analysis/connectivity/biconnected-components';
import { connectedComponents } from '../../src/analysis/connectivity/connected-components';
import { immediateDominators } from '../../src/analysis/connectivity/dominators';
import { stronglyConnectedComponents } from '../../src/analysis/connectivity/strongly-connected-components';
import { globalEdgeCut, minEdgeCut } from '../../src/analysis/flow/edge-cut';
import { globalVertexCut } from '../../src/analysis/flow/vertex-cut';
import { edgeArraysOf, simpleUndirected } from '../../src/analysis/graph/csr-graph';
import { randomSource } from '../../src/analysis/graph/random-source';
import { fileSource } from '../../src/ingest/byte-source';
import { readEdgeList } from '../../src/ingest/edge-list.reader';
import { fromPairs, type PairGraph } from '../support/small-graphs';

interface PeerGraph extends PairGraph {
  readonly name: string;
  readonly directed: boolean;
}

interface Answers {
  readonly betweenness: number[];
  readonly betweennessOther: number[];
  readonly closeness: number[];
  readonly harmonic: number[];
  readonly pageRank: number[];
  readonly components: number[];
  readonly strong: number[];
  readonly dominators: number[];
  readonly core: number[];
  readonly coreOther: number[];
  readonly articulation: number[];
  readonly bridges: number[][];
  readonly blocks: number[][];
  readonly edgeConnectivity: number;
  readonly vertexConnectivity: number;
  readonly edgeCut: number;
}

const python = process.env.ATLAS_PEERS_PYTHON;

function randomGraphs(): PeerGraph[] {
  const random = randomSource(2024);
  return Array.from({ length: 40 }, (_, i) => {
    const n = 2 + random.below(i < 20 ? 12 : 120);
    const m = random.below(3 * n);
    const seen = new Map<string, [number, number]>();
    const directed = i % 2 === 1;
    for (let j = 0; j < m; j += 1) {
      const s = random.below(n);
      const t = random.below(n);
      if (s === t) continue;
      const pair: [number, number] = directed || s < t ? [s, t] : [t, s];
      seen.set(pair.join(), pair);
    }
    return { name: `random ${i}`, n, directed, pairs: [...seen.values()] };
  });
}

async function realGraphs(folder: string): Promise<PeerGraph[]> {
  const names = ['ErdosRenyi_n235', 'ForestFire_n250', 'WattsStrogatz_n250', 'BarabasiAlbert_n500m1'];
  return Promise.all(
    names.map(async (name) => {
      const list = await readEdgeList(fileSource(join(folder, 'graphs', 'cnp', `${name}.txt`)));
      const n = list.ids.length;
      const { sources, targets } = edgeArraysOf(
        simpleUndirected(
          fromPairs({ n, pairs: Array.from(list.sources, (s, i) => [s, list.targets[i]] as const) }),
        ),
      );
      return { name, n, directed: false, pairs: Array.from(sources, (s, i) => [s, targets[i]] as const) };
    }),
  );
}

function answersOf(graphs: readonly PeerGraph[], interpreter: string): Answers[] {
  const input = JSON.stringify(graphs.map(({ n, pairs, directed }) => ({ n, edges: pairs, directed })));
  const script = join(__dirname, 'structure-peers.py');
  const run = spawnSync(interpreter, [script], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(`${interpreter} failed: ${run.stderr}`);
  return JSON.parse(run.stdout) as Answers[];
}

/** Largest difference relative to the size of the values. */
function distance(got: ArrayLike<number>, expected: readonly number[]): number {
  expect(got.length).toBe(expected.length);
  return expected.reduce(
    (worst, value, i) => Math.max(worst, Math.abs(got[i] - value) / (1 + Math.abs(value))),
    0,
  );
}

/** Class numbers in order of first appearance, so that partitions compare. */
function partition(classOf: ArrayLike<number>): number[] {
  const numbers = new Map<number, number>();
  return Array.from(classOf, (c) => {
    if (!numbers.has(c)) numbers.set(c, numbers.size);
    return numbers.get(c) as number;
  });
}

function compare(graph: PeerGraph, peer: Answers): void {
  const { directed } = graph;
  const csr = fromPairs(graph, { directed });
  const own = betweenness(csr).values;
  expect(distance(own, peer.betweenness)).toBeLessThan(1e-9);
  const perPair = directed ? 1 : 0.5;
  expect(
    distance(
      own,
      peer.betweennessOther.map((value) => value * perPair),
    ),
  ).toBeLessThan(1e-9);
  expect(distance(closeness(csr).closeness, peer.closeness)).toBeLessThan(1e-12);
  expect(distance(closeness(csr).harmonic, peer.harmonic)).toBeLessThan(1e-12);
  expect(distance(pageRank(csr).values, peer.pageRank)).toBeLessThan(1e-9);
  expect(partition(connectedComponents(csr).componentOf)).toEqual(partition(peer.components));
  expect(partition(stronglyConnectedComponents(csr).componentOf)).toEqual(partition(peer.strong));
  if (directed) {
    const unreached = [...immediateDominators(csr, 0)].map((d, v) => (v === 0 ? -1 : d));
    expect(unreached).toEqual(peer.dominators);
    return;
  }
  expect([...kCore(csr).coreOf]).toEqual(peer.core);
  expect(peer.coreOther).toEqual(peer.core);
  const blocks = biconnectedComponents(csr);
  expect([...blocks.articulationPoints]).toEqual(peer.articulation);
  expect([...blocks.bridges]).toEqual(peer.bridges.flat());
  const members = Array.from({ length: blocks.blockCount }, (_, b) =>
    [...blocks.blockVertices.slice(blocks.blockOffsets[b], blocks.blockOffsets[b + 1])].sort((x, y) => x - y),
  );
  expect(members.map(String).sort()).toEqual(peer.blocks.map(String).sort());
  expect(minEdgeCut(csr, 0, graph.n - 1).value).toBe(peer.edgeCut);
  if (graph.n > 130) return;
  expect(globalEdgeCut(csr).value).toBe(peer.edgeConnectivity);
  expect(globalVertexCut(csr).value).toBe(peer.vertexConnectivity);
}

if (python === undefined) {
  it('is not run: name a Python with igraph and networkit in ATLAS_PEERS_PYTHON', () => {
    expect(python).toBeUndefined();
  });
} else {
  describe('structural kernels equal igraph and NetworKit', () => {
    it('on random graphs', () => {
      const graphs = randomGraphs();
      answersOf(graphs, python).forEach((peer, i) => {
        compare(graphs[i], peer);
      });
    });

    it('on real graphs', async () => {
      const folder = process.env.ATLAS_DATA;
      if (folder === undefined) {
        process.stderr.write('real graphs are not compared: name their folder in ATLAS_DATA\n');
        return;
      }
      const graphs = await realGraphs(folder);
      answersOf(graphs, python).forEach((peer, i) => {
        compare(graphs[i], peer);
      });
    });
  });
}
