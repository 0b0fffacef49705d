// Structural kernels, their peers on the same graphs in the same run. CPU time, medians; a ratio below 1 means faster.
//   node bench/structure.bench.mjs [--critical SECONDS]
// ATLAS_PEERS_PYTHON names a Python with igraph, networkit and pycnp; ATLAS_DATA the folder of real data. Needs `npm run build`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const kernel = (path) => require(`../dist/analysis/${path}.js`);
const { csrGraph, csrByteLength, edgeArraysOf } = kernel('graph/csr-graph');
const { randomSource, sampleWithoutReplacement } = kernel('graph/random-source');
const { biconnectedComponents } = kernel('connectivity/biconnected-components');
const { stronglyConnectedComponents } = kernel('connectivity/strongly-connected-components');
const { pageRank } = kernel('centrality/page-rank');
const { kCore } = kernel('centrality/k-core');
const { betweenness } = kernel('centrality/betweenness');
const { dismantle } = kernel('robustness/dismantling');
const { criticalNodes } = kernel('robustness/critical-nodes');

const N = 200_000;
const M = 1_000_000;
const RUNS = 5;
const SAMPLES = 20;
const python = process.env.ATLAS_PEERS_PYTHON;
const criticalSeconds = Number(process.argv[process.argv.indexOf('--critical') + 1] || 10);

/** Median CPU seconds of some runs after one to warm up. */
function cpu(work, runs = RUNS) {
  const times = [];
  for (let i = 0; i <= runs; i += 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    if (i > 0) times.push((user + system) / 1e6);
  }
  return times.sort((a, b) => a - b)[runs >> 1];
}

/** Different pairs in no order, without loops: NetworKit's core numbers refuse loops. */
function randomEdges(seed, directed) {
  const random = randomSource(seed);
  const sources = new Int32Array(M);
  const targets = new Int32Array(M);
  for (let i = 0; i < M; i += 1) {
    sources[i] = random.below(N);
    targets[i] = random.below(N);
  }
  const simple = edgeArraysOf(csrGraph({ vertexCount: N, sources, targets }, { directed, simple: true }));
  for (let i = simple.sources.length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    for (const ends of [simple.sources, simple.targets]) [ends[i], ends[j]] = [ends[j], ends[i]];
  }
  return simple;
}

function writeGraph(folder, name, edges) {
  const pairs = new Int32Array(2 * edges.sources.length);
  for (let i = 0; i < edges.sources.length; i += 1) {
    pairs[2 * i] = edges.sources[i];
    pairs[2 * i + 1] = edges.targets[i];
  }
  writeFileSync(join(folder, `${name}.bin`), Buffer.from(pairs.buffer));
  writeFileSync(join(folder, `${name}.meta`), String(N));
}

function peersOf(args) {
  if (python === undefined) return [];
  const run = spawnSync(python, [new URL('structure-peers.py', import.meta.url).pathname, ...args], {
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`the peers failed: ${run.stderr}`);
  return run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function row(work, own, peers, limit) {
  const best = peers.length === 0 ? undefined : Math.min(...peers.map(([, seconds]) => seconds));
  const told = peers.map(([name, seconds]) => `${name} ${seconds.toFixed(3)}`).join(', ');
  const ratio = best === undefined ? '' : `ratio ${(own / best).toFixed(2)}`;
  console.log(
    `${work.padEnd(52)} ${own.toFixed(3)} s  ${told.padEnd(38)} ${ratio.padEnd(12)} (to reach: ${limit})`,
  );
}

const undirected = randomEdges(1, false);
const directed = randomEdges(2, true);
const graph = csrGraph(undirected);
const arcs = csrGraph(directed, { directed: true });
const sources = sampleWithoutReplacement(N, SAMPLES, randomSource(3));

const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'));
writeGraph(folder, 'undirected', undirected);
writeGraph(folder, 'directed', directed);
writeFileSync(join(folder, 'sources.json'), JSON.stringify([...sources]));
if (python === undefined) console.log('peers are not run: name their Python in ATLAS_PEERS_PYTHON');
const seconds = new Map(
  peersOf(['structural', folder, String(RUNS)]).map((each) => [each.work, each.seconds]),
);
rmSync(folder, { recursive: true });
const peers = (...names) =>
  names.filter((name) => seconds.has(name)).map((name) => [name.split(' ').at(-1), seconds.get(name)]);

console.log(`random graphs of ${N} vertices and ${graph.edgeCount} edges`);
const bytes = (options) => (csrByteLength(csrGraph(undirected, options)) / graph.edgeCount).toFixed(1);
row(
  'CSR build, undirected',
  cpu(() => csrGraph(undirected)),
  [],
  '0.15 s',
);
row(
  'CSR build, undirected, with edge ids',
  cpu(() => csrGraph(undirected, { edgeIds: true })),
  [],
  '0.15 s',
);
row(
  'CSR build, both ways',
  cpu(() => csrGraph(directed, { directed: true })),
  [],
  '-',
);
console.log(
  `bytes an edge: ${bytes({})} undirected, ${bytes({ edgeIds: true })} with edge ids (17), ` +
    `${bytes({ directed: true, edgeIds: true })} both ways with edge ids (27)`,
);
row(
  'articulation points + bridges + blocks',
  cpu(() => biconnectedComponents(graph)),
  peers('blocks igraph'),
  '1.0',
);
row(
  'PageRank, undirected, error 1e-10',
  cpu(() => pageRank(graph)),
  peers('undirected pagerank igraph', 'undirected pagerank networkit'),
  '1.2',
);
row(
  'PageRank, directed, error 1e-10',
  cpu(() => pageRank(arcs)),
  peers('directed pagerank igraph', 'directed pagerank networkit'),
  '1.2',
);
row(
  'k-core',
  cpu(() => kCore(graph)),
  peers('k-core igraph', 'k-core networkit'),
  '1.2',
);
row(
  'strongly connected components',
  cpu(() => stronglyConnectedComponents(arcs)),
  peers('directed scc igraph', 'directed scc networkit'),
  '1.2',
);
row(
  `betweenness from ${SAMPLES} sources`,
  cpu(() => betweenness(graph, { sources }), 1),
  peers('betweenness igraph'),
  '1.2',
);
row(
  'CoreHD + tree-breaking + reinsertion + curve',
  cpu(() => dismantle(graph, { method: 'core-hd', target: 0.01, random: randomSource(1) }), 3),
  [],
  '1 s',
);

const INSTANCES = [
  ['BarabasiAlbert_n500m1', 50],
  ['ErdosRenyi_n235', 50],
  ['ForestFire_n250', 50],
  ['WattsStrogatz_n250', 70],
];
const data = process.env.ATLAS_DATA;
if (data === undefined) console.log('critical nodes are not run: name the folder of real data in ATLAS_DATA');
else
  console.log(
    `critical nodes, ${criticalSeconds} s each (connected pairs left; to reach: at most the peer's)`,
  );
for (const [name, k] of data === undefined ? [] : INSTANCES) {
  const path = join(data, 'graphs', 'cnp', `${name}.txt`);
  if (!existsSync(path)) throw new Error(`no instance at ${path}`);
  const edges = { sources: [], targets: [] };
  const [first, ...lines] = readFileSync(path, 'utf8').split('\n');
  for (const line of lines.filter((each) => each.includes(':'))) {
    const [v, rest] = line.split(':');
    for (const w of rest.split(' ').filter((each) => each !== '')) {
      edges.sources.push(Number(v));
      edges.targets.push(Number(w));
    }
  }
  const instance = csrGraph({ vertexCount: Number(first), ...edges }, { simple: true });
  const start = performance.now();
  const own = criticalNodes(instance, {
    k,
    random: randomSource(1),
    iterations: Number.POSITIVE_INFINITY,
    interrupt: () => performance.now() - start > 1000 * criticalSeconds,
  });
  const took = ((performance.now() - start) / 1000).toFixed(1);
  const told = ['CHNS', 'CBNS']
    .flatMap((search) =>
      peersOf(['critical', path, String(k), String(criticalSeconds), search, '1']).map(
        (each) => `PyCNP ${search} ${each.value}`,
      ),
    )
    .join(', ');
  console.log(
    `${name.padEnd(24)} k ${k}: ${own.value} (${own.status}, bound ${own.bound}, ${took} s)  ${told}`,
  );
}
