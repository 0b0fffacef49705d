/**
 * Strongly connected components of the gates below some tops, children first: the order in which a fault tree with cycles
 * is solved.
 *
 * What: Tarjan's algorithm without recursion on the vertex -> child arcs; basic events are left out.
 * Returns: one array of gate vertices a component, in reverse topological order; inside a component children come first
 *   as far as the depth-first search allows. Ties follow the order of tops and children.
 * Complexity: O(vertices + arcs). Exact.
 * Reference: R. Tarjan, "Depth-First Search and Linear Graph Algorithms", doi:10.1137/0201010.
 * Example: gates A -> B, B -> A, C -> A give the components {B, A}, {C}.
 */
import type { FaultTree } from './fault-tree';

export function strongComponents(tree: FaultTree, tops: ArrayLike<number>): Int32Array[] {
  const { eventCount, gateCount, childOffsets, children } = tree;
  const index = new Int32Array(gateCount).fill(-1);
  const low = new Int32Array(gateCount);
  const isOpen = new Uint8Array(gateCount);
  const cursor = Int32Array.from(childOffsets.subarray(0, gateCount));
  const path = new Int32Array(gateCount);
  const open = new Int32Array(gateCount);
  const components: Int32Array[] = [];
  let visited = 0;
  let openCount = 0;

  const enter = (gate: number, depth: number): void => {
    index[gate] = visited;
    low[gate] = visited;
    visited += 1;
    isOpen[gate] = 1;
    open[openCount] = gate;
    openCount += 1;
    path[depth] = gate;
  };

  const close = (gate: number): void => {
    const members: number[] = [];
    let member: number;
    do {
      openCount -= 1;
      member = open[openCount];
      isOpen[member] = 0;
      members.push(member + eventCount);
    } while (member !== gate);
    components.push(Int32Array.from(members));
  };

  for (let t = 0; t < tops.length; t += 1) {
    const top = tops[t] - eventCount;
    if (top < 0 || index[top] !== -1) continue;
    let depth = 0;
    enter(top, depth);
    while (depth >= 0) {
      const gate = path[depth];
      if (cursor[gate] < childOffsets[gate + 1]) {
        const child = children[cursor[gate]] - eventCount;
        cursor[gate] += 1;
        if (child < 0) continue;
        if (index[child] === -1) {
          depth += 1;
          enter(child, depth);
        } else if (isOpen[child] === 1) low[gate] = Math.min(low[gate], index[child]);
        continue;
      }
      if (low[gate] === index[gate]) close(gate);
      depth -= 1;
      if (depth >= 0) low[path[depth]] = Math.min(low[path[depth]], low[gate]);
    }
  }
  return components;
}
