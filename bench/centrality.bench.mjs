// Centrality in a graph of 200k vertices and 1M edges: PageRank to the same error, k-core, betweenness from the same sources.
//   npm run build && node bench/centrality.bench.mjs
import { kernel, N, randomEdges, timedPeers } from './graphs.mjs';
import { cpu, report } from './report.mjs';

const { csrGraph } = kernel('graph/csr-graph');
const { randomSource, sampleWithoutReplacement } = kernel('graph/random-source');
const { pageRank } = kernel('centrality/page-rank');
const { kCore } = kernel('centrality/k-core');
const { betweenness } = kernel('centrality/betweenness');

const SAMPLES = 20;
const edges = randomEdges(1, false);
const graph = csrGraph(edges);
const sources = sampleWithoutReplacement(N, SAMPLES, randomSource(3));
const peers = timedPeers(edges, false, ['pagerank', 'k-core', 'betweenness'], sources);
const row = (work, peer, run, runs) =>
  report({ work, own: cpu(run, runs), peers: peer, most: 1.2, isRatio: true });

row('PageRank, undirected, error 1e-10, 1M edges', peers('pagerank'), () => pageRank(graph));
row('k-core, 1M edges', peers('k-core'), () => kCore(graph));
row(
  `betweenness from ${SAMPLES} sources, 200k vertices`,
  peers('betweenness'),
  () => betweenness(graph, { sources }),
  1,
);

const arcs = randomEdges(2, true);
const directed = csrGraph(arcs, { directed: true });
row('PageRank, directed, error 1e-10, 1M arcs', timedPeers(arcs, true, ['pagerank'])('pagerank'), () =>
  pageRank(directed),
);
