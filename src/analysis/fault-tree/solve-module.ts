/**
 * Solves one module: its BDD under the first of several variable orders that gets through, and the ZBDD of its minimal cut sets.
 *
 * What: races variable orders under a cap of nodes that rises until one of them gets through.
 * Formula: caps 2^13, 2^15, 2^17, .. up to maxNodes; under each, the orders that got furthest under the last go first.
 *   Every order takes the same number of operations, so that how many are done tells how far an attempt has come.
 * Complexity: a constant factor (the number of orders) above the best order at worst. Exact under every order.
 * Reference: see variable-order.ts and zbdd.ts.
 * Example: a module that is done within 2^13 nodes takes the first order.
 */
import { Bdd } from './bdd';
import { type BuildProgress, buildBdd } from './build-bdd';
import { type WorkBudget, WorkLimit } from './decision-table';
import type { Module } from './modules';
import { SignedKind } from './signed-graph';
import { type OrderRule, variableOrder } from './variable-order';
import { Zbdd } from './zbdd';

/** Diagrams of one module, as bare cells [level, high, low, -] of which children come before parents. */
export interface SolvedModule {
  /** What each level stands for: event e as e, module m as -1 - m. */
  readonly leafOfLevel: Int32Array;
  readonly bdd: Int32Array;
  readonly bddRoot: number;
  readonly zbdd: Int32Array;
  readonly zbddRoot: number;
  /** The diagrams are those of the negation, so that the function is false when nothing has happened. */
  readonly isComplemented: boolean;
  /** Built without a negation anywhere, or found monotone. */
  readonly isMonotone: boolean;
}

/** A BDD under one order: its cells, compact, children before parents. */
interface Attempt {
  readonly cells: Int32Array;
  readonly root: number;
  readonly levels: Int32Array;
  readonly isComplemented: boolean;
  readonly isMonotone: boolean;
}

/**
 * Each is the best by far on some trees. Where nothing else tells them apart they are tried as they stand here: FORCE last,
 * since its cut sets take several times longer than those of a depth-first order with as many nodes.
 */
const RULES: readonly OrderRule[] = ['shared-first', 'small-first', 'deep-first', 'force-small', 'force'];
const FIRST_CAP = 1 << 13;
const CAP_STEP = 4;
/** From this cap on only the few that got furthest under the one before are tried. */
const NARROW_FROM = 1 << 17;
const FEW = 2;
/** Orders that got at least this far, of what the best did, count as equally far. */
const NEARLY = 0.95;

interface Entrant {
  readonly levels: Int32Array;
  readonly progress: BuildProgress;
}

/** `known[m]` are the solved modules this one refers to; `mayComplement` is false for the whole tree. */
export function solveModule(
  module: Module,
  known: readonly SolvedModule[],
  mayComplement: boolean,
  budget: WorkBudget,
): SolvedModule {
  const { cells, root, levels, ...attempt } = raceOrders(module, known, mayComplement, budget);
  const zbdd = new Zbdd(budget, module.leaves.length);
  const solutions = zbdd.minimalSolutions(cells, root, attempt.isMonotone);
  const zbddRoot = zbdd.collect([solutions])[solutions];
  const leafOfLevel = new Int32Array(module.leaves.length);
  for (let leaf = 0; leaf < levels.length; leaf += 1) leafOfLevel[levels[leaf]] = module.leaves[leaf];
  return {
    leafOfLevel,
    bdd: cells,
    bddRoot: root,
    zbdd: zbdd.cells.slice(0, zbdd.size * 4),
    zbddRoot,
    isComplemented: attempt.isComplemented,
    isMonotone: attempt.isMonotone,
  };
}

function raceOrders(
  module: Module,
  known: readonly SolvedModule[],
  mayComplement: boolean,
  budget: WorkBudget,
): Attempt {
  const bdd = new Bdd(budget, module.leaves.length);
  const attempt = ({ levels, progress }: Entrant, maxNodes: number): Attempt | undefined => {
    bdd.reset({ ...budget, maxNodes });
    return tryOrder(module, known, mayComplement, levels, bdd, progress);
  };
  const orders: Entrant[] = [];
  // Most modules are small: an order is made when the one before has failed.
  for (const levels of distinctOrders(module)) {
    const entrant = { levels, progress: { steps: 0 } };
    const found = attempt(entrant, Math.min(FIRST_CAP, budget.maxNodes));
    if (found) return found;
    orders.push(entrant);
  }
  for (let cap = FIRST_CAP * CAP_STEP; cap < budget.maxNodes; cap *= CAP_STEP) {
    for (const entrant of furthestFirst(orders).slice(0, cap < NARROW_FROM ? orders.length : FEW)) {
      const found = attempt(entrant, cap);
      if (found) return found;
    }
  }
  for (const entrant of furthestFirst(orders)) {
    const found = attempt(entrant, budget.maxNodes);
    if (found) return found;
  }
  throw new WorkLimit('nodes');
}

function furthestFirst(orders: readonly Entrant[]): Entrant[] {
  const most = Math.max(...orders.map(({ progress }) => progress.steps));
  const reached = ({ progress }: Entrant): number => (progress.steps < most * NEARLY ? progress.steps : most);
  return [...orders].sort((a, b) => reached(b) - reached(a));
}

function* distinctOrders(module: Module): Generator<Int32Array> {
  const seen = new Set<string>();
  for (const rule of RULES) {
    const levels = variableOrder(module.graph, module.root, rule);
    const key = levels.join();
    if (!seen.has(key)) yield levels;
    seen.add(key);
  }
}

/** Builds the BDD under one order, or gives up (undefined) when it needs more nodes than its budget has. */
function tryOrder(
  module: Module,
  known: readonly SolvedModule[],
  mayComplement: boolean,
  levels: Int32Array,
  bdd: Bdd,
  progress: BuildProgress,
): Attempt | undefined {
  progress.steps = 0;
  const isComplemented = mayComplement && isTrueAtZero(module, known);
  const root = isComplemented ? module.root ^ 1 : module.root;
  let isMonotone = true;
  const leafNode = (leaf: number, isNegated: boolean): number => {
    const stands = module.leaves[leaf];
    const below = stands < 0 ? known[-1 - stands] : undefined;
    const isFlipped = isNegated !== (below?.isComplemented ?? false);
    if (below && below.bddRoot <= 1) return isFlipped ? 1 - below.bddRoot : below.bddRoot;
    if (isFlipped) isMonotone = false;
    return isFlipped ? bdd.negatedVariable(levels[leaf]) : bdd.variable(levels[leaf]);
  };
  try {
    const node = buildBdd(bdd, module.graph, root, leafNode, progress);
    const compact = bdd.collect([node])[node];
    return {
      cells: bdd.cells.slice(0, bdd.size * 4),
      root: compact,
      levels,
      isComplemented,
      isMonotone: isMonotone && !module.hasXor,
    };
  } catch (error) {
    if (error instanceof WorkLimit && error.reason === 'nodes') return undefined;
    throw error;
  }
}

/** Whether the function is true when nothing has happened: modules are kept so that they are false then. */
function isTrueAtZero({ graph, root, leaves }: Module, known: readonly SolvedModule[]): boolean {
  const value = new Uint8Array(graph.vertexCount);
  value[0] = 1;
  for (let leaf = 0; leaf < leaves.length; leaf += 1) {
    value[leaf + 1] = leaves[leaf] < 0 && known[-1 - leaves[leaf]].isComplemented ? 1 : 0;
  }
  for (let vertex = graph.firstGate; vertex < graph.vertexCount; vertex += 1) {
    const args = graph.argsOf(vertex);
    let trues = 0;
    for (const literal of args) trues += value[literal >> 1] ^ (literal & 1);
    const gate = vertex - graph.firstGate;
    if (graph.kinds[gate] === SignedKind.AND) value[vertex] = trues === args.length ? 1 : 0;
    else if (graph.kinds[gate] === SignedKind.XOR) value[vertex] = trues & 1;
    else value[vertex] = trues >= graph.thresholds[gate] ? 1 : 0;
  }
  return (value[root >> 1] ^ (root & 1)) === 1;
}
