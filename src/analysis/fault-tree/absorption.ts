/**
 * Absorption: takes out of a signed graph what a gate higher up has already settled.
 *
 * What: the same function with fewer arcs. (1) Under g = x AND rest, x is true wherever it occurs below g in parts that
 *   only g needs: AND(x, OR(x, y)) = x, AND(x, OR(NOT x, y)) = AND(x, y). (2) An argument that another argument of the
 *   same conjunction implies by its own arguments is dropped, shared or not.
 * Formula: (1) by dominators: the arc h -> x becomes constant when a strict dominator g of h has x among its arguments;
 *   the topmost such g decides. (2) AND(x, NOT AND(.., NOT x, ..)) = x and AND(x, AND(x, ..)) = AND(x, ..).
 * Preconditions: children before parents, as SignedGraph keeps them.
 * Complexity: arcs times the depth of the dominator tree for each round; rounds end when nothing changes.
 * Exact. Reference: O. Nusbaumer, "Analytical Solutions of Linked Fault Tree Probabilistic Risk Assessments Using Binary
 *   Decision Diagrams", ETH Zurich 2007, doi:10.3929/ethz-a-005477891; T. Lengauer, R. Tarjan, doi:10.1145/357062.357071.
 * Example: a (a + b c) becomes a.
 */
import {
  FALSE_LITERAL,
  flattened,
  referenceCounts,
  SignedGraph,
  SignedKind,
  TRUE_LITERAL,
} from './signed-graph';

interface Rooted {
  readonly graph: SignedGraph;
  readonly root: number;
}

const MAX_ROUNDS = 12;

/** Flattens and absorbs until nothing changes. */
export function simplified(graph: SignedGraph, root: number): Rooted {
  let current: Rooted = flattened(graph, root);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = arcCount(current.graph);
    if (!current.graph.isGate(current.root >> 1)) break;
    current = absorbOnce(current.graph, current.root);
    current = flattened(current.graph, current.root);
    if (arcCount(current.graph) === before) break;
  }
  return current;
}

function arcCount(graph: SignedGraph): number {
  let count = 0;
  for (const args of graph.args) count += args.length;
  return count;
}

function absorbOnce(graph: SignedGraph, root: number): Rooted {
  const counts = referenceCounts(graph, root);
  const settled = settledArcs(graph, root, counts);
  const next = new SignedGraph(graph.leafCount);
  const mapped = new Int32Array(graph.vertexCount);
  for (let leaf = 0; leaf <= graph.leafCount; leaf += 1) mapped[leaf] = 2 * leaf;
  let arc = 0;
  for (let vertex = graph.firstGate; vertex < graph.vertexCount; vertex += 1) {
    const gate = vertex - graph.firstGate;
    const literals: number[] = [];
    for (const literal of graph.args[gate]) {
      const value = settled[arc];
      arc += 1;
      if (value !== UNSETTLED) literals.push(value ^ (literal & 1));
      else literals.push(mapped[literal >> 1] ^ (literal & 1));
    }
    if (counts[vertex] === 0) continue;
    const kept = graph.kinds[gate] === SignedKind.AND ? withoutImplied(next, literals) : literals;
    mapped[vertex] = next.like(graph.kinds[gate], graph.thresholds[gate], kept);
  }
  return { graph: next, root: mapped[root >> 1] ^ (root & 1) };
}

const UNSETTLED = -1;

/** For every arc in order: TRUE_LITERAL or FALSE_LITERAL where its vertex is settled by a gate above, else UNSETTLED. */
function settledArcs(graph: SignedGraph, root: number, counts: Int32Array): Int32Array {
  const { dominator, parents } = dominators(graph, root, counts);
  const offsets = new Int32Array(graph.args.length + 1);
  for (let gate = 0; gate < graph.args.length; gate += 1)
    offsets[gate + 1] = offsets[gate] + graph.args[gate].length;
  const settled = new Int32Array(offsets[graph.args.length]).fill(UNSETTLED);
  // signOf[g] is what a conjunction g says of the vertex at hand: 1 true, 2 false.
  const signOf = new Uint8Array(graph.vertexCount);
  for (let vertex = 1; vertex < graph.vertexCount; vertex += 1) {
    const users = parents[vertex];
    if (!users || users.length < 2) continue;
    for (const user of users) {
      if (graph.kinds[user - graph.firstGate] !== SignedKind.AND) continue;
      signOf[user] = graph.argsOf(user).includes(2 * vertex) ? 1 : 2;
    }
    for (const user of users) {
      let sign = 0;
      for (let above = user; above !== root >> 1; ) {
        above = dominator[above];
        if (signOf[above] !== 0) sign = signOf[above];
      }
      if (sign === 0) continue;
      const args = graph.argsOf(user);
      for (let i = 0; i < args.length; i += 1) {
        if (args[i] >> 1 === vertex) {
          settled[offsets[user - graph.firstGate] + i] = sign === 1 ? TRUE_LITERAL : FALSE_LITERAL;
        }
      }
    }
    for (const user of users) signOf[user] = 0;
  }
  return settled;
}

/** Immediate dominators of the gates below the root, and the gates that refer to each vertex. */
function dominators(
  graph: SignedGraph,
  root: number,
  counts: Int32Array,
): { dominator: Int32Array; parents: number[][] } {
  const dominator = new Int32Array(graph.vertexCount);
  const depth = new Int32Array(graph.vertexCount);
  const parents: number[][] = new Array(graph.vertexCount);
  const meet = (a: number, b: number): number => {
    let x = a;
    let y = b;
    while (x !== y) {
      if (depth[x] >= depth[y]) x = dominator[x];
      else y = dominator[y];
    }
    return x;
  };
  for (let vertex = graph.vertexCount - 1; vertex >= graph.firstGate; vertex -= 1) {
    if (counts[vertex] === 0) continue;
    const users = parents[vertex] ?? [];
    if (vertex !== root >> 1) {
      dominator[vertex] = users.reduce(meet);
      depth[vertex] = depth[dominator[vertex]] + 1;
    } else dominator[vertex] = vertex;
    for (const literal of graph.argsOf(vertex)) {
      const known = parents[literal >> 1];
      if (!known) parents[literal >> 1] = [vertex];
      else if (known[known.length - 1] !== vertex) known.push(vertex);
    }
  }
  return { dominator, parents };
}

/** Drops literals of a conjunction that others of them imply, looking one gate deep. */
function withoutImplied(graph: SignedGraph, literals: readonly number[]): number[] {
  const present = new Set(literals);
  const dropped = new Set<number>();
  for (const literal of literals) {
    const vertex = literal >> 1;
    if (!graph.isGate(vertex) || graph.kinds[vertex - graph.firstGate] !== SignedKind.AND) continue;
    const args = graph.argsOf(vertex);
    if ((literal & 1) === 0) {
      for (const each of args) {
        if (present.has(each ^ 1)) return [FALSE_LITERAL];
        if (present.has(each)) dropped.add(each);
      }
    } else if (args.some((each) => present.has(each ^ 1))) dropped.add(literal);
  }
  return literals.filter((literal) => !dropped.has(literal));
}
