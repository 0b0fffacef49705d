/**
 * The second engine: the function of a top as BDDs and its minimal cut sets as ZBDDs, one pair for each module.
 *
 * What: acyclic form -> absorption and flattening -> modules -> a raced variable order for each -> BDD -> ZBDD. Nothing is enumerated.
 * Preconditions: gates other than AND, OR, ATLEAST and constants are acyclic. Negations are exact in the BDD; the minimal
 *   cut sets of a tree that is not coherent are those of its coherent hull.
 * Params: maxNodes caps the nodes of one diagram table (40 bytes each at worst); deadline() ends the work.
 * Returns: `solved` with the modules, children first, the last one the whole; or `stopped` with the reason.
 * Complexity: linear before the diagrams; these are exponential in the width of the tree at worst. Exact.
 * Reference: A. Rauzy, doi:10.1016/0951-8320(93)90060-C; Y. Dutuit, A. Rauzy, doi:10.1109/24.537011.
 * Example: the diagrams of a b + c have two minimal cut sets, {c} and {a, b}.
 */
import { simplified } from './absorption';
import { acyclicForm } from './acyclic-form';
import { WorkLimit } from './decision-table';
import type { FaultTree } from './fault-tree';
import { type Module, splitModules } from './modules';
import { SignedGraph } from './signed-graph';
import { type SolvedModule, solveModule } from './solve-module';

export interface DiagramOptions {
  readonly maxNodes?: number;
  readonly deadline?: () => boolean;
}

export interface Diagrams {
  readonly status: 'solved';
  readonly eventCount: number;
  readonly modules: readonly SolvedModule[];
  /** False where negations made the engine take the coherent hull. */
  readonly isMonotone: boolean;
}

export interface UnsolvedDiagrams {
  readonly status: 'stopped';
  readonly reason: 'nodes' | 'time' | 'depth';
}

const DEFAULT_MAX_NODES = 1 << 23;

export function solveDiagrams(
  tree: FaultTree,
  top: number,
  options: DiagramOptions = {},
): Diagrams | UnsolvedDiagrams {
  const budget = {
    maxNodes: options.maxNodes ?? DEFAULT_MAX_NODES,
    isOver: options.deadline ?? (() => false),
  };
  const form = acyclicForm(tree, [top]);
  const { graph, root } = simplified(form.graph, form.roots[0]);
  const parts = graph.isGate(root >> 1) ? splitModules(graph, root) : [loneLiteral(root)];
  const modules: SolvedModule[] = [];
  try {
    for (const [i, part] of parts.entries()) {
      modules.push(solveModule(part, modules, i < parts.length - 1, budget));
    }
  } catch (error) {
    if (error instanceof WorkLimit) return { status: 'stopped', reason: error.reason };
    // Diagrams deeper than the call stack: very long chains of variables.
    if (error instanceof RangeError && /call stack/i.test(error.message))
      return { status: 'stopped', reason: 'depth' };
    throw error;
  }
  const isMonotone = modules.every((module) => module.isMonotone);
  return { status: 'solved', eventCount: tree.eventCount, modules, isMonotone };
}

/** A top that is an event, a negated event or a constant, as a module without gates. */
function loneLiteral(root: number): Module {
  const event = (root >> 1) - 1;
  const hasLeaf = event >= 0;
  return {
    graph: new SignedGraph(hasLeaf ? 1 : 0),
    root: (hasLeaf ? 2 : 0) | (root & 1),
    leaves: hasLeaf ? Int32Array.of(event) : new Int32Array(0),
    hasXor: false,
  };
}
