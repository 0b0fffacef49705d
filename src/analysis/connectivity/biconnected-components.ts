import type { CsrGraph } from '../graph/csr-graph';

/**
 * Biconnected components (blocks), articulation points and bridges, in one depth-first search.
 *
 * What: a block is a maximal set of edges any two of which lie on a common simple cycle, given here by its vertices;
 * an articulation point is a vertex, and a bridge an edge, whose removal increases the number of components.
 * Formula: low(v) = min(pre(v), pre(w) over back edges of v's subtree); a tree edge (p, v) closes a block when
 * low(v) >= pre(p), and is a bridge when low(v) > pre(p); a root is an articulation point with two or more children.
 * Preconditions: undirected graph. Loops are ignored; an edge that has a parallel is never a bridge.
 * Params: graph.
 * Returns: `articulationPoints` ascending; `bridges` as pairs [u0, v0, u1, v1, ...] with u < v, ascending; block b is
 * `blockVertices[blockOffsets[b]] .. [blockOffsets[b + 1] - 1]`, in the order in which the search closes them. A vertex
 * without edges (other than loops) is in no block.
 * Complexity: O(n + m); 20 B a vertex beside the result; no recursion.
 * Exact.
 * Reference: Hopcroft, Tarjan, "Algorithm 447: efficient algorithms for graph manipulation", Comm. ACM 16(6), 1973,
 * doi:10.1145/362248.362272.
 * Example: on the path 0-1-2 articulationPoints is [1], bridges is [0, 1, 1, 2]
 */
export interface BiconnectedComponents {
  readonly articulationPoints: Int32Array;
  readonly bridges: Int32Array;
  readonly blockCount: number;
  readonly blockOffsets: Int32Array;
  readonly blockVertices: Int32Array;
}

export function biconnectedComponents(graph: CsrGraph): BiconnectedComponents {
  const n = graph.vertexCount;
  const found: Found = {
    isArticulation: new Uint8Array(n),
    bridgeChild: new Int32Array(n),
    bridgeCount: 0,
    // The blocks of a graph form a forest with the articulation points: at most 2n - 2 memberships.
    blockVertices: new Int32Array(2 * n),
    blockOffsets: new Int32Array(n + 1),
    blockCount: 0,
    members: 0,
  };
  const parent = searchBlocks(graph, found);
  return {
    articulationPoints: positionsOf(found.isArticulation),
    bridges: sortedPairs(found, parent, n),
    blockCount: found.blockCount,
    blockOffsets: found.blockOffsets.slice(0, found.blockCount + 1),
    blockVertices: found.blockVertices.slice(0, found.members),
  };
}

interface Found {
  readonly isArticulation: Uint8Array;
  /** Child ends of the bridges among the tree edges. */
  readonly bridgeChild: Int32Array;
  bridgeCount: number;
  readonly blockVertices: Int32Array;
  readonly blockOffsets: Int32Array;
  blockCount: number;
  members: number;
}

function searchBlocks(graph: CsrGraph, found: Found): Int32Array {
  const { vertexCount: n, offsets, targets } = graph;
  const pre = new Int32Array(n);
  const low = new Int32Array(n);
  const parent = new Int32Array(n).fill(-1);
  // Set once the tree edge itself was met from below; another copy of it is a back edge.
  const metParent = new Uint8Array(n);
  const cursor = offsets.slice(0, n);
  const open = new Int32Array(n);
  let clock = 0;
  let openTop = 0;
  for (let root = 0; root < n; root += 1) {
    if (pre[root] !== 0) continue;
    pre[root] = ++clock;
    low[root] = clock;
    openTop = 0;
    let rootChildren = 0;
    let v = root;
    let p = -1;
    let lowV = clock;
    let at = cursor[v];
    let end = offsets[v + 1];
    for (;;) {
      if (at < end) {
        const w = targets[at++];
        const seen = pre[w];
        if (seen === 0) {
          cursor[v] = at;
          low[v] = lowV;
          parent[w] = v;
          open[openTop++] = w;
          pre[w] = ++clock;
          p = v;
          v = w;
          lowV = clock;
          at = offsets[v];
          end = offsets[v + 1];
        } else if (w === p && metParent[v] === 0) {
          metParent[v] = 1;
        } else if (seen < lowV) {
          lowV = seen;
        }
        continue;
      }
      if (p < 0) break;
      if (lowV >= pre[p]) {
        openTop = closeBlock(found, open, openTop, v, p);
        if (lowV > pre[p]) found.bridgeChild[found.bridgeCount++] = v;
        if (p === root) rootChildren += 1;
        else found.isArticulation[p] = 1;
      }
      const lowChild = lowV;
      v = p;
      p = parent[v];
      lowV = Math.min(low[v], lowChild);
      at = cursor[v];
      end = offsets[v + 1];
    }
    if (rootChildren > 1) found.isArticulation[root] = 1;
  }
  return parent;
}

/** Moves the vertices opened since v, v and its parent p into a new block; returns the new top of the open ones. */
function closeBlock(found: Found, open: Int32Array, openTopIn: number, v: number, p: number): number {
  let openTop = openTopIn;
  let members = found.members;
  let w: number;
  do {
    w = open[--openTop];
    found.blockVertices[members++] = w;
  } while (w !== v);
  found.blockVertices[members++] = p;
  found.members = members;
  found.blockOffsets[++found.blockCount] = members;
  return openTop;
}

function positionsOf(flags: Uint8Array): Int32Array {
  let count = 0;
  for (let v = 0; v < flags.length; v += 1) count += flags[v];
  const positions = new Int32Array(count);
  let at = 0;
  for (let v = 0; v < flags.length; v += 1) if (flags[v] === 1) positions[at++] = v;
  return positions;
}

function sortedPairs(found: Found, parent: Int32Array, n: number): Int32Array {
  const keys = new Float64Array(found.bridgeCount);
  for (let i = 0; i < found.bridgeCount; i += 1) {
    const v = found.bridgeChild[i];
    const p = parent[v];
    keys[i] = Math.min(v, p) * n + Math.max(v, p);
  }
  keys.sort();
  const pairs = new Int32Array(2 * found.bridgeCount);
  for (let i = 0; i < found.bridgeCount; i += 1) {
    pairs[2 * i] = Math.floor(keys[i] / n);
    pairs[2 * i + 1] = keys[i] % n;
  }
  return pairs;
}
