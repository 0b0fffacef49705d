/**
 * Modules of a signed graph: parts that share nothing with the rest, solved on their own and put in as one variable each.
 *
 * What: splits the function of a root into a list of modules, children first; each has its own signed graph whose leaves
 *   are events and earlier modules.
 * Formula: a vertex is a module when every visit to anything below it, in one depth-first walk over arcs, falls between
 *   the first and the second visit of the vertex itself. Before that, the arguments of a conjunction that are independent
 *   of each other and of the rest are gathered in gates of their own.
 * Complexity: linear in the arcs but for a union-find with path halving. Exact.
 * Reference: Y. Dutuit, A. Rauzy, "A Linear-Time Algorithm to Find Modules of Fault Trees", doi:10.1109/24.537011.
 * Example: in (a + b)(c + a d) nothing can be split off; in (a + b)(c + d e) both factors and d e are modules.
 */
import { referenceCounts, SignedGraph, SignedKind } from './signed-graph';

export interface Module {
  readonly graph: SignedGraph;
  readonly root: number;
  /** What leaf i + 1 of the graph stands for: event e as e, module m as -1 - m. */
  readonly leaves: Int32Array;
  /** Whether some gate is an exclusive or: the function may then not be monotone although no literal is negated. */
  readonly hasXor: boolean;
}

/** The modules below a root literal, children first; the last one is the whole. The root must be a gate. */
export function splitModules(graph: SignedGraph, root: number): Module[] {
  const grouped = gatherIndependent(graph, root);
  const isModule = findModules(grouped.graph, grouped.root >> 1);
  const numbers = new Map<number, number>();
  const modules: Module[] = [];
  const top = grouped.root >> 1;
  for (let vertex = grouped.graph.firstGate; vertex < grouped.graph.vertexCount; vertex += 1) {
    if (isModule[vertex] === 0) continue;
    const sign = vertex === top ? grouped.root & 1 : 0;
    modules.push(cutOut(grouped.graph, vertex, sign, numbers));
    numbers.set(vertex, modules.length - 1);
  }
  return modules;
}

/** Copies what is below `vertex` down to events and modules. */
function cutOut(
  graph: SignedGraph,
  vertex: number,
  sign: number,
  numbers: ReadonlyMap<number, number>,
): Module {
  const gates: number[] = [];
  const leaves: number[] = [];
  const seen = new Map<number, number>();
  const stack = [vertex];
  seen.set(vertex, 0);
  while (stack.length > 0) {
    const gate = stack.pop() as number;
    gates.push(gate);
    for (const literal of graph.argsOf(gate)) {
      const child = literal >> 1;
      if (seen.has(child)) continue;
      if (graph.isGate(child) && !numbers.has(child)) {
        seen.set(child, 0);
        stack.push(child);
        continue;
      }
      const module = numbers.get(child);
      leaves.push(module === undefined ? child - 1 : -1 - module);
      seen.set(child, 2 * leaves.length);
    }
  }
  const copy = new SignedGraph(leaves.length);
  gates.sort((a, b) => a - b);
  for (const gate of gates) {
    const index = gate - graph.firstGate;
    const literals = graph.args[index].map((literal) => (seen.get(literal >> 1) as number) ^ (literal & 1));
    seen.set(gate, copy.like(graph.kinds[index], graph.thresholds[index], literals));
  }
  return {
    graph: copy,
    root: (seen.get(vertex) as number) ^ sign,
    leaves: Int32Array.from(leaves),
    hasXor: copy.kinds.includes(SignedKind.XOR),
  };
}

/** Marks the gates that are modules (the root is one). */
export function findModules(graph: SignedGraph, root: number): Uint8Array {
  const { first, second, last } = visitDates(graph, root);
  const isModule = new Uint8Array(graph.vertexCount);
  const lowest = Int32Array.from(first);
  const highest = Int32Array.from(last);
  for (let vertex = graph.firstGate; vertex < graph.vertexCount; vertex += 1) {
    if (first[vertex] === 0) continue;
    let low = 0x7fffffff;
    let high = 0;
    for (const literal of graph.argsOf(vertex)) {
      low = Math.min(low, lowest[literal >> 1]);
      high = Math.max(high, highest[literal >> 1]);
    }
    isModule[vertex] = low > first[vertex] && high < second[vertex] ? 1 : 0;
    lowest[vertex] = Math.min(first[vertex], low);
    highest[vertex] = Math.max(last[vertex], high);
  }
  return isModule;
}

/** Dates of the first visit, of leaving, and of the last visit of each vertex; 0 for what the root does not reach. */
function visitDates(
  graph: SignedGraph,
  root: number,
): { first: Int32Array; second: Int32Array; last: Int32Array } {
  const first = new Int32Array(graph.vertexCount);
  const second = new Int32Array(graph.vertexCount);
  const last = new Int32Array(graph.vertexCount);
  const cursor = new Int32Array(graph.vertexCount);
  const path = [root];
  let date = 1;
  first[root] = 1;
  last[root] = 1;
  while (path.length > 0) {
    const vertex = path[path.length - 1];
    const args = graph.argsOf(vertex);
    date += 1;
    if (cursor[vertex] === args.length) {
      second[vertex] = date;
      last[vertex] = date;
      path.pop();
      continue;
    }
    const child = args[cursor[vertex]] >> 1;
    cursor[vertex] += 1;
    last[child] = date;
    if (first[child] !== 0) continue;
    first[child] = date;
    second[child] = date;
    if (graph.isGate(child)) path.push(child);
  }
  return { first, second, last };
}

/**
 * Rebuilds the graph with new gates for arguments of a conjunction that are modules together: first all that are modules
 * (or leaves) referred to once, then, under a conjunction that is itself a module, arguments that share vertices.
 */
function gatherIndependent(graph: SignedGraph, root: number): { graph: SignedGraph; root: number } {
  const counts = referenceCounts(graph, root);
  const isModule = findModules(graph, root >> 1);
  const next = new SignedGraph(graph.leafCount);
  const mapped = new Int32Array(graph.vertexCount);
  for (let leaf = 0; leaf <= graph.leafCount; leaf += 1) mapped[leaf] = 2 * leaf;
  const isAlone = (literal: number): boolean => {
    const child = literal >> 1;
    return counts[child] === 1 && (graph.isGate(child) ? isModule[child] === 1 : true);
  };
  for (let vertex = graph.firstGate; vertex < graph.vertexCount; vertex += 1) {
    if (counts[vertex] === 0) continue;
    const gate = vertex - graph.firstGate;
    const rename = (literal: number): number => mapped[literal >> 1] ^ (literal & 1);
    let literals = graph.argsOf(vertex).map(rename);
    if (graph.kinds[gate] === SignedKind.AND) {
      const alone = graph.argsOf(vertex).filter(isAlone);
      const others = graph.argsOf(vertex).filter((literal) => !isAlone(literal));
      const groups = isModule[vertex] === 1 ? sharingGroups(graph, others, isModule) : [others];
      const gathered = groups.filter((group) => group.length > 0).map((group) => next.and(group.map(rename)));
      if (groups.length === 1 && alone.length < 2) literals = graph.argsOf(vertex).map(rename);
      else if (others.length === 0) literals = alone.map(rename);
      else if (groups.length === 1) literals = [next.and(alone.map(rename)), ...others.map(rename)];
      else literals = [...alone.map(rename), ...gathered];
    }
    mapped[vertex] = next.like(graph.kinds[gate], graph.thresholds[gate], literals);
  }
  return { graph: next, root: mapped[root >> 1] ^ (root & 1) };
}

/** Splits literals into groups that share vertices below them. */
function sharingGroups(graph: SignedGraph, literals: readonly number[], isModule: Uint8Array): number[][] {
  const owner = new Map<number, number>();
  const parent = literals.map((_, i) => i);
  const find = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  for (const [i, literal] of literals.entries()) {
    const stack = [literal >> 1];
    while (stack.length > 0) {
      const vertex = stack.pop() as number;
      const known = owner.get(vertex);
      if (known !== undefined) {
        parent[find(i)] = find(known);
        continue;
      }
      owner.set(vertex, i);
      if (graph.isGate(vertex) && isModule[vertex] === 0) {
        for (const each of graph.argsOf(vertex)) stack.push(each >> 1);
      }
    }
  }
  const groups = new Map<number, number[]>();
  for (const [i, literal] of literals.entries()) {
    const group = groups.get(find(i));
    if (group) group.push(literal);
    else groups.set(find(i), [literal]);
  }
  return [...groups.values()];
}
