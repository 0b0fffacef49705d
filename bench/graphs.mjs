// Graphs for benches, and the peers' side of each comparison on the same graphs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
/** A built module below dist/analysis. */
export const kernel = (path) => require(`../dist/analysis/${path}.js`);
const { csrGraph, edgeArraysOf } = kernel('graph/csr-graph');
const { randomSource } = kernel('graph/random-source');

export const N = 200_000;
const M = 1_000_000;

/** Different pairs in no order, without loops: NetworKit's core numbers refuse loops. */
export function randomEdges(seed, directed) {
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

const python = process.env.ATLAS_PEERS_PYTHON;
if (python === undefined) console.log('peers are not run: name their Python in ATLAS_PEERS_PYTHON');

/** What `structure-peers.py` prints for some arguments, line by line; nothing without peers. */
export function peersOf(args) {
  if (python === undefined) return [];
  const script = new URL('structure-peers.py', import.meta.url).pathname;
  const run = spawnSync(python, [script, ...args], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`the peers failed: ${run.stderr}`);
  return run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/**
 * Times peers on a graph: a function from names of works to pairs of peer and seconds.
 *
 * @param works `work peer` as the script names them: `blocks igraph`
 */
export function timedPeers(edges, directed, works, sources = []) {
  if (python === undefined) return () => [];
  const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'));
  try {
    const pairs = new Int32Array(2 * edges.sources.length);
    for (let i = 0; i < edges.sources.length; i += 1) {
      pairs[2 * i] = edges.sources[i];
      pairs[2 * i + 1] = edges.targets[i];
    }
    writeFileSync(join(folder, 'pairs.bin'), Buffer.from(pairs.buffer));
    writeFileSync(join(folder, 'graph.json'), JSON.stringify({ n: N, directed, sources: [...sources] }));
    const found = peersOf(['structural', folder, '5', ...works]);
    return (work) => found.filter((each) => each.work === work).map(({ peer, seconds }) => [peer, seconds]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
