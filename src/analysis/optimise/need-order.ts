/**
 * Components and requirements in order of need: strongly connected groups, what is needed first.
 *
 * What: Tarjan's algorithm without recursion on the arcs component -> what it depends on and needs, requirement -> its
 *   suppliers. Vertex v < components is a component, the others are requirements.
 * Preconditions: indices in range. Only vertices with `isWanted` 1 are visited, arcs to others are left out.
 * Params: none has a unit.
 * Returns: groups in reverse topological order (needs before needers); inside a group ascending.
 * Complexity: O(vertices + arcs). Exact.
 * Reference: R. Tarjan, "Depth-first search and linear graph algorithms", doi:10.1137/0201010.
 * Example: A needs B, B needs A, C needs A: groups [A, B], [C].
 */
import type { EffectSystem } from '../effect/effect-system';

export function needArcs(system: EffectSystem): number[][] {
  const offset = system.components.length;
  const arcs = system.components.map((each) => [...each.dependsOn, ...each.needs.map((r) => offset + r)]);
  for (const each of system.requirements) arcs.push(each.suppliers.map((s) => s.component));
  return arcs;
}

export function needOrder(arcs: readonly (readonly number[])[], isWanted: Uint8Array): number[][] {
  const n = arcs.length;
  const index = new Int32Array(n).fill(-1);
  const low = new Int32Array(n);
  const cursor = new Int32Array(n);
  const isOpen = new Uint8Array(n);
  const open: number[] = [];
  const groups: number[][] = [];
  let visited = 0;
  for (let root = 0; root < n; root += 1) {
    if (isWanted[root] === 0 || index[root] !== -1) continue;
    const path = [root];
    while (path.length > 0) {
      const v = path[path.length - 1];
      if (index[v] === -1) {
        index[v] = visited;
        low[v] = visited;
        visited += 1;
        isOpen[v] = 1;
        open.push(v);
      }
      let isDone = true;
      while (cursor[v] < arcs[v].length) {
        const w = arcs[v][cursor[v]];
        if (isWanted[w] === 0) cursor[v] += 1;
        else if (index[w] === -1) {
          path.push(w);
          isDone = false;
          break;
        } else {
          if (isOpen[w] === 1) low[v] = Math.min(low[v], low[w]);
          cursor[v] += 1;
        }
      }
      if (!isDone) continue;
      path.pop();
      if (low[v] === index[v]) groups.push(closeGroup(open, isOpen, v));
    }
  }
  return groups;
}

function closeGroup(open: number[], isOpen: Uint8Array, root: number): number[] {
  const group: number[] = [];
  for (;;) {
    const member = open.pop() as number;
    isOpen[member] = 0;
    group.push(member);
    if (member === root) return group.sort((a, b) => a - b);
  }
}
