/**
 * From a fault tree to its signed graph: constants folded, duplicates merged, cycles unrolled.
 *
 * What: the literal of every wanted top in one signed graph whose leaf e + 1 is event e.
 * Formula: a strongly connected component of s gates reaches its least fixed point after at most s rounds of
 *   g(i) = gate(g(i-1)) from g(0) = false; structural hashing ends the rounds earlier where it sees no change.
 * Preconditions: components with cycles are coherent; IMPLY has two children.
 * Complexity: linear in the arcs for acyclic trees; s times the arcs of each component with cycles. Exact.
 * Reference: B. Knaster, A. Tarski's theorem: doi:10.2140/pjm.1955.5.285.
 * Example: A = a + B, B = b + A becomes A = a + (b + a).
 */
import { type FaultTree, GateKind } from './fault-tree';
import { FALSE_LITERAL, SignedGraph, TRUE_LITERAL } from './signed-graph';
import { strongComponents } from './strong-components';

export function acyclicForm(
  tree: FaultTree,
  tops: ArrayLike<number>,
): { graph: SignedGraph; roots: number[] } {
  const graph = new SignedGraph(tree.eventCount);
  const literals = new Int32Array(tree.eventCount + tree.gateCount).fill(FALSE_LITERAL);
  for (let e = 0; e < tree.eventCount; e += 1) literals[e] = 2 * (e + 1);
  for (const component of strongComponents(tree, tops)) {
    for (let round = 0; round < component.length; round += 1) {
      let isChanged = false;
      for (const vertex of component) {
        const literal = gateLiteral(tree, vertex - tree.eventCount, literals, graph);
        if (literal !== literals[vertex]) isChanged = true;
        literals[vertex] = literal;
      }
      if (!isChanged) break;
    }
  }
  return { graph, roots: Array.from(tops, (top) => literals[top]) };
}

function gateLiteral(tree: FaultTree, gate: number, literals: Int32Array, graph: SignedGraph): number {
  const args: number[] = [];
  for (let i = tree.childOffsets[gate]; i < tree.childOffsets[gate + 1]; i += 1) {
    args.push(literals[tree.children[i]]);
  }
  switch (tree.kinds[gate]) {
    case GateKind.AND:
      return graph.and(args);
    case GateKind.OR:
      return graph.or(args);
    case GateKind.ATLEAST:
      return graph.atLeast(tree.thresholds[gate], args);
    case GateKind.TRUE:
      return TRUE_LITERAL;
    case GateKind.NOT:
    case GateKind.NAND:
      return graph.and(args) ^ 1;
    case GateKind.NOR:
      return graph.or(args) ^ 1;
    case GateKind.XOR:
      return graph.xor(args);
    case GateKind.IFF:
      return graph.or([graph.and(args), graph.or(args) ^ 1]);
    case GateKind.IMPLY:
      return graph.or([args[0] ^ 1, args[1]]);
    default:
      return FALSE_LITERAL;
  }
}
