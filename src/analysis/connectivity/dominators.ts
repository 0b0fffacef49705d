import type { CsrGraph } from '../graph/csr-graph';
import { type Interrupt, neverInterrupt } from '../graph/interrupt';

/**
 * Immediate dominators of a flow graph.
 *
 * What: d dominates v when every directed path from the root to v passes d; the immediate dominator is the closest
 * such d other than v. What a single dominator stops is everything below it in the tree.
 * Formula: sdom(v) by path compression over the depth-first tree; idom(v) = the nearest common ancestor of parent(v)
 * and sdom(v) in the dominator tree built so far (semi-NCA).
 * Preconditions: 0 <= root < n. In an undirected graph edges count in both directions.
 * Params: graph, root.
 * Returns: `immediateDominator[v]`: its vertex, `root` for the root itself, -1 for what the root does not reach. The
 * answer is unique, so there are no ties. Undefined where `interrupt`, polled between vertices, ended it.
 * Complexity: O(n + m log n) for the semi-dominators, O(n^2) worst case for the ancestors, linear in practice.
 * Exact.
 * Reference: Georgiadis, Tarjan, Werneck, "Finding dominators in practice", J. Graph Algorithms Appl. 10(1), 2006,
 * doi:10.7155/jgaa.00119; Lengauer, Tarjan, ACM TOPLAS 1(1), 1979, doi:10.1145/357062.357071.
 * Example: on arcs 0->1, 0->2, 1->3, 2->3 from 0 the immediate dominator of 3 is 0
 */
export function immediateDominators(graph: CsrGraph, root: number): Int32Array;
export function immediateDominators(
  graph: CsrGraph,
  root: number,
  interrupt: Interrupt,
): Int32Array | undefined;
export function immediateDominators(
  graph: CsrGraph,
  root: number,
  interrupt: Interrupt = neverInterrupt,
): Int32Array | undefined {
  const tree = depthFirstTree(graph, root);
  const semi = semiDominators(graph, tree, interrupt);
  if (semi === undefined) return undefined;
  const { reached, vertexAt, parentAt } = tree;
  // Positions are depth-first numbers: an ancestor has a smaller one.
  const idom = new Int32Array(reached);
  for (let i = 1; i < reached; i += 1) {
    let up = parentAt[i];
    while (up > semi[i]) up = idom[up];
    idom[i] = up;
    if (i % VERTICES_A_POLL === 0 && interrupt()) return undefined;
  }
  const result = new Int32Array(graph.vertexCount).fill(-1);
  for (let i = 0; i < reached; i += 1) result[vertexAt[i]] = vertexAt[idom[i]];
  return result;
}

const VERTICES_A_POLL = 4096;

interface DepthFirstTree {
  readonly reached: number;
  readonly vertexAt: Int32Array;
  readonly parentAt: Int32Array;
  /** Depth-first number of a vertex, -1 when not reached. */
  readonly numberOf: Int32Array;
}

function depthFirstTree(graph: CsrGraph, root: number): DepthFirstTree {
  const { vertexCount: n, offsets, targets } = graph;
  const numberOf = new Int32Array(n).fill(-1);
  const vertexAt = new Int32Array(n);
  const parentAt = new Int32Array(n);
  const cursor = offsets.slice(0, n);
  let reached = 1;
  numberOf[root] = 0;
  vertexAt[0] = root;
  let at = 0;
  for (;;) {
    const v = vertexAt[at];
    if (cursor[v] < offsets[v + 1]) {
      const w = targets[cursor[v]++];
      if (numberOf[w] >= 0) continue;
      numberOf[w] = reached;
      vertexAt[reached] = w;
      parentAt[reached] = at;
      at = reached;
      reached += 1;
    } else if (at === 0) {
      return { reached, vertexAt, parentAt, numberOf };
    } else {
      at = parentAt[at];
    }
  }
}

function semiDominators(graph: CsrGraph, tree: DepthFirstTree, interrupt: Interrupt): Int32Array | undefined {
  const { reached, vertexAt, parentAt, numberOf } = tree;
  const semi = new Int32Array(reached);
  const best = new Int32Array(reached);
  for (let i = 0; i < reached; i += 1) {
    semi[i] = i;
    best[i] = i;
  }
  const ancestor = parentAt.slice(0, reached);
  const trail = new Int32Array(reached);
  // Vertices numbered above `linked` are in the forest; compression runs up to the first one that is not.
  const evaluate = (x: number, linked: number): number => {
    if (x <= linked) return x;
    let length = 0;
    let up = x;
    while (ancestor[up] > linked) {
      trail[length++] = up;
      up = ancestor[up];
    }
    let top = up;
    while (length > 0) {
      const y = trail[--length];
      if (semi[best[top]] < semi[best[y]]) best[y] = best[top];
      top = y;
      ancestor[y] = ancestor[up];
    }
    return best[x];
  };
  for (let i = reached - 1; i > 0; i -= 1) {
    const v = vertexAt[i];
    let lowest = parentAt[i];
    for (let a = graph.inOffsets[v]; a < graph.inOffsets[v + 1]; a += 1) {
      const u = numberOf[graph.inTargets[a]];
      if (u < 0) continue;
      const s = semi[evaluate(u, i)];
      if (s < lowest) lowest = s;
    }
    semi[i] = lowest;
    if (i % VERTICES_A_POLL === 0 && interrupt()) return undefined;
  }
  return semi;
}
