/**
 * Builds the BDD of a signed graph, gate by gate, letting go of what no later gate needs.
 *
 * What: the BDD node of the root literal under a variable order; each gate is built in the polarity its parents want.
 * Formula: not AND(a, b) = or(not a, not b), not ATLEAST k of n = ATLEAST n-k+1 of the negated; operands are combined from
 *   the deepest top level to the highest.
 * Params: `leafNode(leaf, isNegated)` gives the node of a leaf (a variable, or a constant where a module turned out so).
 * Returns: a generator that ends with the node. It stops in between when the nodes of the budget are used up; with a larger
 *   budget in the table it goes on from where it was.
 * Complexity: the sum of the products of operand sizes at worst. Exact; raises WorkLimit once time is up.
 * Reference: see bdd.ts. Example: a signed graph of a b gives the chain a -> b -> 1.
 */
import type { Bdd } from './bdd';
import { WorkLimit } from './decision-table';
import { type SignedGraph, SignedKind } from './signed-graph';

/** How many operations are done: in the end the same number under every order. */
export interface BuildProgress {
  steps: number;
}

export type BddBuilding = Generator<void, number, void>;

type Operation = 'and' | 'or' | 'xor';

const COLLECT_AT = 1 << 17;

export function buildBdd(
  bdd: Bdd,
  graph: SignedGraph,
  root: number,
  leafNode: (leaf: number, isNegated: boolean) => number,
  progress: BuildProgress,
): BddBuilding {
  return new BddBuild(bdd, graph, leafNode, progress).build(root);
}

class BddBuild {
  /** The node of every literal that some gate still needs; -1 for the others. */
  private readonly nodes: Int32Array;
  /** Operands and partial results of the gate at hand. */
  private held: number[] = [];
  private collectAt = COLLECT_AT;

  constructor(
    private readonly bdd: Bdd,
    private readonly graph: SignedGraph,
    private readonly leafNode: (leaf: number, isNegated: boolean) => number,
    private readonly progress: BuildProgress,
  ) {
    this.nodes = new Int32Array(2 * graph.vertexCount).fill(-1);
  }

  *build(root: number): BddBuilding {
    const { graph, nodes, leafNode } = this;
    const { order, uses } = demandedLiterals(graph, root);
    for (const literal of order) {
      const vertex = literal >> 1;
      if (vertex === 0) nodes[literal] = 1 - (literal & 1);
      else if (!graph.isGate(vertex))
        nodes[literal] = yield* this.made(() => leafNode(vertex - 1, (literal & 1) === 1));
      else nodes[literal] = yield* this.combine(literal);
      for (const each of operandsOf(graph, literal)) {
        uses[each] -= 1;
        if (uses[each] === 0) nodes[each] = -1;
      }
    }
    return nodes[root];
  }

  private *combine(literal: number): BddBuilding {
    const { bdd, graph } = this;
    const gate = (literal >> 1) - graph.firstGate;
    const isNegated = (literal & 1) === 1;
    const operands = operandsOf(graph, literal).map((each) => this.nodes[each]);
    const levelOf = (node: number): number => bdd.cells[node * 4];
    operands.sort((a, b) => levelOf(b) - levelOf(a) || b - a);
    if (graph.kinds[gate] === SignedKind.ATLEAST) {
      const k = graph.thresholds[gate];
      return yield* this.atLeast(isNegated ? operands.length - k + 1 : k, operands);
    }
    const isXor = graph.kinds[gate] === SignedKind.XOR;
    this.held = operands;
    if (isXor && isNegated) this.held.push(1);
    for (let i = 1; i < this.held.length; i += 1) {
      yield* this.apply(isXor ? 'xor' : isNegated ? 'or' : 'and', 0, 0, i);
      this.held[i] = 0;
    }
    return this.held[0];
  }

  /** True where at least k of the operands are: row j, "at least j of those seen so far", implies row j - 1. */
  private *atLeast(k: number, operands: readonly number[]): BddBuilding {
    const rows = new Array<number>(k + 1).fill(0);
    rows[0] = 1;
    this.held = [...rows, 0, ...operands];
    const product = k + 1;
    for (let i = 1; i <= operands.length; i += 1) {
      for (let j = Math.min(i, k); j >= Math.max(1, k - operands.length + i); j -= 1) {
        yield* this.apply('and', product, product + i, j - 1);
        yield* this.apply('or', j, j, product);
      }
      this.held[product + i] = 0;
    }
    return this.held[k];
  }

  /** held[target] = held[left] operation held[right]. */
  private *apply(
    operation: Operation,
    target: number,
    left: number,
    right: number,
  ): Generator<void, void, void> {
    const { bdd, held } = this;
    if (bdd.size > this.collectAt) this.collect();
    held[target] = yield* this.made(() => bdd[operation](held[left], held[right]));
    this.progress.steps += 1;
  }

  /** What `make` makes: after a collection where the nodes ran out for garbage, else once there is room for more. */
  private *made(make: () => number): BddBuilding {
    const { bdd } = this;
    for (let isCollected = false; ; isCollected = !isCollected) {
      try {
        return make();
      } catch (error) {
        if (!(error instanceof WorkLimit) || error.reason !== 'nodes') throw error;
        this.collect();
        if (isCollected || bdd.size * 2 > bdd.budget.maxNodes) yield;
      }
    }
  }

  private collect(): void {
    const { bdd, nodes, held } = this;
    const renumbered = bdd.collect([...nodes.filter((node) => node >= 0), ...held]);
    for (let i = 0; i < nodes.length; i += 1) if (nodes[i] >= 0) nodes[i] = renumbered[nodes[i]];
    for (let i = 0; i < held.length; i += 1) held[i] = renumbered[held[i]];
    this.collectAt = Math.max(COLLECT_AT, bdd.size * 3);
  }
}

/** The operand literals of a gate literal: negated for a negated conjunction (De Morgan) or at-least gate. */
function operandsOf(graph: SignedGraph, literal: number): readonly number[] {
  const vertex = literal >> 1;
  if (!graph.isGate(vertex)) return [];
  const args = graph.argsOf(vertex);
  const isPlain = (literal & 1) === 0 || graph.kinds[vertex - graph.firstGate] === SignedKind.XOR;
  return isPlain ? args : args.map((each) => each ^ 1);
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
