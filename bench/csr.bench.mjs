// The graph in typed arrays: building it from edges, and its size.
//   npm run build && node bench/csr.bench.mjs
import { kernel, randomEdges, timedPeers } from './graphs.mjs';
import { cpu, report } from './report.mjs';

const { csrGraph, csrByteLength } = kernel('graph/csr-graph');
const edges = randomEdges(1, false);
const arcs = randomEdges(2, true);
const peers = timedPeers(edges, false, ['build']);

report({
  work: 'CSR build, 1M edges',
  own: cpu(() => csrGraph(edges)),
  peers: peers('build'),
  most: 0.15,
});
report({ work: 'CSR build, with edge ids', own: cpu(() => csrGraph(edges, { edgeIds: true })), most: 0.15 });
report({ work: 'CSR build, both ways', own: cpu(() => csrGraph(arcs, { directed: true })) });
const size = (of, options) => csrByteLength(csrGraph(of, options)) / of.sources.length;
report({ work: 'CSR size an edge, undirected', own: size(edges, {}), unit: 'B', most: 17 });
report({ work: 'CSR size an edge, with edge ids', own: size(edges, { edgeIds: true }), unit: 'B', most: 17 });
report({
  work: 'CSR size an edge, both ways with edge ids',
  own: size(arcs, { directed: true, edgeIds: true }),
  unit: 'B',
  most: 27,
});
