// Dismantling: the fast method on 200k vertices and 1M edges, and all methods on a sparse graph of 10,000 vertices, where removals
// and area are printed beside the time: no method is best in both.
//   npm run build && node bench/dismantling.bench.mjs
import { kernel, randomEdges } from './graphs.mjs';
import { cpu, cpuOf, report } from './report.mjs';

const { csrGraph } = kernel('graph/csr-graph');
const { randomSource } = kernel('graph/random-source');
const { dismantle } = kernel('robustness/dismantling');

const graph = csrGraph(randomEdges(1, false));
report({
  work: 'CoreHD + tree-breaking + reinsertion + curve, 1M edges',
  own: cpu(() => dismantle(graph, { method: 'core-hd', target: 0.01, random: randomSource(1) }), 3),
  most: 1,
});

const n = 10_000;
const random = randomSource(5);
const ends = () => Int32Array.from({ length: 1.75 * n }, () => random.below(n));
const sparse = csrGraph({ vertexCount: n, sources: ends(), targets: ends() }, { simple: true });
for (const method of ['degree', 'ci', 'core-hd', 'gnd', 'min-sum']) {
  const { seconds, result } = await cpuOf(() =>
    dismantle(sparse, { method, target: 0.01, random: randomSource(1) }),
  );
  const share = ((100 * result.removed.length) / n).toFixed(1);
  report({
    work: `  ${method}, 10,000 vertices: ${share} % removed, area ${result.area.toFixed(4)}`,
    own: seconds,
  });
}
