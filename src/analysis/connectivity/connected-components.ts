import type { CsrGraph } from '../graph/csr-graph';

/**
 * Connected components (weakly connected ones of a directed graph).
 *
 * What: the classes of vertices joined by paths, directions ignored.
 * Preconditions: none; loops and parallel edges change nothing.
 * Params: graph.
 * Returns: `count`, `componentOf[v]`, `sizes[c]`. Components are numbered by their smallest vertex, ascending.
 * Complexity: O(n + m), by breadth-first search with an explicit queue.
 * Exact.
 * Reference: Hopcroft, Tarjan, "Algorithm 447", Comm. ACM 16(6), 1973, doi:10.1145/362248.362272.
 * Example: on edges 0-2, 1-3 componentOf is [0, 1, 0, 1]
 */
export interface Components {
  readonly count: number;
  readonly componentOf: Int32Array;
  readonly sizes: Int32Array;
}

export function connectedComponents(graph: CsrGraph): Components {
  const n = graph.vertexCount;
  const componentOf = new Int32Array(n).fill(-1);
  const queue = new Int32Array(n);
  const sizes: number[] = [];
  const visit = (offsets: Int32Array, targets: Int32Array, v: number, tailIn: number): number => {
    let tail = tailIn;
    const component = componentOf[v];
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
      const w = targets[a];
      if (componentOf[w] >= 0) continue;
      componentOf[w] = component;
      queue[tail++] = w;
    }
    return tail;
  };
  for (let root = 0; root < n; root += 1) {
    if (componentOf[root] >= 0) continue;
    componentOf[root] = sizes.length;
    queue[0] = root;
    let tail = 1;
    for (let head = 0; head < tail; head += 1) {
      tail = visit(graph.offsets, graph.targets, queue[head], tail);
      if (graph.directed) tail = visit(graph.inOffsets, graph.inTargets, queue[head], tail);
    }
    sizes.push(tail);
  }
  return { count: sizes.length, componentOf, sizes: Int32Array.from(sizes) };
}
