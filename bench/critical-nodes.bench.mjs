// Critical nodes: pairs left at equal seconds, ours and PyCNP's two searches, seed by seed.
//   npm run build && node bench/critical-nodes.bench.mjs [--seconds S] [FILE K ...]
// Without files: the instances below ATLAS_DATA, with k of Ventresca 2012, and generated ones of other shapes and sizes.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kernel, peersOf } from './graphs.mjs';
import { report } from './report.mjs';

const { csrGraph, edgeArraysOf } = kernel('graph/csr-graph');
const { randomSource } = kernel('graph/random-source');
const { criticalNodes } = kernel('robustness/critical-nodes');

const words = process.argv.slice(2);
const at = words.indexOf('--seconds');
const seconds = at < 0 ? 5 : Number(words.splice(at, 2)[1]);

/** An adjacency file: the number of vertices, then `v: w w ..` a line. */
function read(path) {
  const edges = { sources: [], targets: [] };
  const [first, ...lines] = readFileSync(path, 'utf8').split('\n');
  for (const text of lines.filter((each) => each.includes(':'))) {
    const [v, rest] = text.split(':');
    for (const w of rest.split(' ').filter((each) => each !== '')) {
      edges.sources.push(Number(v));
      edges.targets.push(Number(w));
    }
  }
  return csrGraph({ vertexCount: Number(first), ...edges }, { simple: true });
}

function write(folder, name, graph) {
  const path = join(folder, `${name}.txt`);
  const rows = Array.from({ length: graph.vertexCount }, (_, v) => {
    const targets = graph.targets.subarray(graph.offsets[v], graph.offsets[v + 1]);
    return `${v}: ${targets.join(' ')}`;
  });
  writeFileSync(path, `${graph.vertexCount}\n${rows.join('\n')}\n`);
  return path;
}

/** Random graph with m edges; `near` draws the second end within so many numbers of the first, on a ring. */
function sparse(seed, n, m, near = n) {
  const random = randomSource(seed);
  const sources = Int32Array.from({ length: m }, () => random.below(n));
  const targets = sources.map((v) => (near === n ? random.below(n) : (v + 1 + random.below(near)) % n));
  return edgeArraysOf(csrGraph({ vertexCount: n, sources, targets }, { simple: true }));
}

/** Each new vertex joins `links` ends of edges that are there. */
function preferential(seed, n, links) {
  const random = randomSource(seed);
  const sources = [];
  const targets = [];
  for (let v = 1; v < n; v += 1) {
    for (let i = 0; i < Math.min(links, v); i += 1) {
      const e = random.below(Math.max(1, sources.length));
      const old = sources.length === 0 ? 0 : random.below(2) === 0 ? sources[e] : targets[e];
      sources.push(v);
      targets.push(old);
    }
  }
  return { vertexCount: n, sources, targets };
}

const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'));
const instances = [];
for (let i = 0; i < words.length; i += 2) instances.push([words[i], Number(words[i + 1])]);
if (instances.length === 0) {
  const published = [
    ['BarabasiAlbert_n500m1', 50],
    ['ErdosRenyi_n235', 50],
    ['ForestFire_n250', 50],
    ['WattsStrogatz_n250', 70],
  ];
  const data = process.env.ATLAS_DATA;
  if (data === undefined)
    console.log('published instances are not run: name the folder of data in ATLAS_DATA');
  for (const [name, k] of data === undefined ? [] : published) {
    const path = join(data, 'graphs', 'cnp', `${name}.txt`);
    if (!existsSync(path)) throw new Error(`no instance at ${path}`);
    instances.push([path, k]);
  }
  const made = [
    ['random-1000', sparse(1, 1000, 1500), 150],
    ['ring-1500', sparse(2, 1500, 4500, 5), 200],
    ['preferential-1000-2', preferential(3, 1000, 2), 75],
    ['random-5000', sparse(4, 5000, 6500), 400],
  ];
  for (const [name, edges, k] of made) {
    instances.push([write(folder, name, csrGraph(edges, { simple: true })), k]);
  }
}

try {
  for (const [path, k] of instances) {
    const graph = read(path);
    const start = performance.now();
    const own = criticalNodes(graph, {
      k,
      random: randomSource(1),
      iterations: Number.POSITIVE_INFINITY,
      interrupt: () => performance.now() - start > 1000 * seconds,
    });
    const peers = ['CHNS', 'CBNS'].flatMap((search) =>
      peersOf(['critical', path, String(k), String(seconds), search, '1']).map(({ value }) => [
        search,
        value,
      ]),
    );
    const name = path.replace(/^.*\//, '').replace(/\.\w+$/, '');
    const proof = own.status === 'optimal' ? 'proved' : `bound ${own.bound}`;
    const work = `critical nodes, ${name} k ${k}, ${seconds} s (${proof})`;
    report({ work, own: own.value, unit: '', peers, most: peers.length > 0 ? 1 : undefined, isRatio: true });
  }
} finally {
  rmSync(folder, { recursive: true });
}
