/**
 * Builds the BDD of a signed graph, gate by gate, letting go of what no later gate needs.
 *
 * What: the BDD node of the root literal under a variable order; each gate is built in the polarity its parents want.
 * Formula: not AND(a, b) = or(not a, not b), not ATLEAST k of n = ATLEAST n-k+1 of the negated; operands are combined from
 *   the deepest top level to the highest.
 * Params: `leafNode(leaf, isNegated)` gives the node of a leaf (a variable, or a constant where a module turned out so).
 * Complexity: the sum of the products of operand sizes at worst. Exact; raises WorkLimit.
 * Reference: see bdd.ts. Example: a signed graph of a b gives the chain a -> b -> 1.
 */
import type { Bdd } from './bdd';
import { type SignedGraph, SignedKind } from './signed-graph';

/** How many literals are built, and the size of the table then: what is told of an attempt that ran out of nodes. */
export interface BuildProgress {
  gates: number;
  nodes: number;
}

const COLLECT_AT = 1 << 17;

export function buildBdd(
  bdd: Bdd,
  graph: SignedGraph,
  root: number,
  leafNode: (leaf: number, isNegated: boolean) => number,
  progress: BuildProgress,
): number {
  const { order, uses } = demandedLiterals(graph, root);
  const nodes = new Int32Array(2 * graph.vertexCount).fill(-1);
  let collectAt = COLLECT_AT;
  for (const [built, literal] of order.entries()) {
    const vertex = literal >> 1;
    if (vertex === 0) nodes[literal] = 1 - (literal & 1);
    else if (!graph.isGate(vertex)) nodes[literal] = leafNode(vertex - 1, (literal & 1) === 1);
    else nodes[literal] = combine(bdd, graph, literal, nodes);
    for (const each of operandsOf(graph, literal)) {
      uses[each] -= 1;
      if (uses[each] === 0) nodes[each] = -1;
    }
    progress.gates = built + 1;
    progress.nodes = bdd.size;
    if (bdd.size <= collectAt) continue;
    const kept = nodes.filter((node) => node >= 0);
    const renumbered = bdd.collect(kept);
    for (let i = 0; i < nodes.length; i += 1) if (nodes[i] >= 0) nodes[i] = renumbered[nodes[i]];
    collectAt = Math.max(COLLECT_AT, bdd.size * 4);
  }
  return nodes[root];
}

/** The operand literals of a gate literal: negated for a negated conjunction (De Morgan) or at-least gate. */
function operandsOf(graph: SignedGraph, literal: number): readonly number[] {
  const vertex = literal >> 1;
  if (!graph.isGate(vertex)) return [];
  const args = graph.argsOf(vertex);
  const isPlain = (literal & 1) === 0 || graph.kinds[vertex - graph.firstGate] === SignedKind.XOR;
  return isPlain ? args : args.map((each) => each ^ 1);
}

function combine(bdd: Bdd, graph: SignedGraph, literal: number, nodes: Int32Array): number {
  const gate = (literal >> 1) - graph.firstGate;
  const isNegated = (literal & 1) === 1;
  const operands = operandsOf(graph, literal).map((each) => nodes[each]);
  const levelOf = (node: number): number => bdd.cells[node * 4];
  operands.sort((a, b) => levelOf(b) - levelOf(a) || b - a);
  if (graph.kinds[gate] === SignedKind.ATLEAST) {
    const k = graph.thresholds[gate];
    return bdd.atLeast(isNegated ? operands.length - k + 1 : k, operands.reverse());
  }
  if (graph.kinds[gate] === SignedKind.XOR) {
    return operands.reduce((sum, each) => bdd.xor(sum, each), isNegated ? 1 : 0);
  }
  return isNegated
    ? operands.reduce((sum, each) => bdd.or(sum, each), 0)
    : operands.reduce((product, each) => bdd.and(product, each), 1);
}

/** Literals that have to be built, operands first, and how often each is an operand (once more for the root). */
function demandedLiterals(graph: SignedGraph, root: number): { order: number[]; uses: Int32Array } {
  const uses = new Int32Array(2 * graph.vertexCount);
  const state = new Uint8Array(2 * graph.vertexCount);
  const order: number[] = [];
  const stack = [root];
  uses[root] = 1;
  while (stack.length > 0) {
    const literal = stack[stack.length - 1];
    if (state[literal] !== 0) {
      stack.pop();
      if (state[literal] === 1) order.push(literal);
      state[literal] = 2;
      continue;
    }
    state[literal] = 1;
    for (const each of operandsOf(graph, literal)) {
      uses[each] += 1;
      if (state[each] === 0) stack.push(each);
    }
  }
  return { order, uses };
}
