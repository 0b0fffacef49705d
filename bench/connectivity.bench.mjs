// What holds a graph of 200k vertices and 1M edges together: blocks, bridges, articulation points; strong components.
//   npm run build && node bench/connectivity.bench.mjs
import { kernel, randomEdges, timedPeers } from './graphs.mjs';
import { cpu, report } from './report.mjs';

const { csrGraph } = kernel('graph/csr-graph');
const { biconnectedComponents } = kernel('connectivity/biconnected-components');
const { stronglyConnectedComponents } = kernel('connectivity/strongly-connected-components');

const edges = randomEdges(1, false);
const graph = csrGraph(edges);
report({
  work: 'articulation points + bridges + blocks, 1M edges',
  own: cpu(() => biconnectedComponents(graph)),
  peers: timedPeers(edges, false, ['blocks'])('blocks'),
  most: 1,
  isRatio: true,
});
const arcs = randomEdges(2, true);
const directed = csrGraph(arcs, { directed: true });
report({
  work: 'strongly connected components, 1M edges',
  own: cpu(() => stronglyConnectedComponents(directed)),
  peers: timedPeers(arcs, true, ['scc'])('scc'),
  most: 1.2,
  isRatio: true,
});
