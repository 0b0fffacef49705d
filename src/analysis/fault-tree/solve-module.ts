/**
 * Solves one module: its BDD under the best of several variable orders, and the ZBDD of its minimal cut sets.
 *
 * What: races variable orders under a node cap that rises until one gets through; the others are then given half of what
 *   it took, so that the next is taken only if it halves the peak. Small modules are not raced.
 * Formula: caps 2^15, 2^18, 2^21, .. up to maxNodes; after each, the orders that had built most gates go first.
 * Complexity: a constant factor (the number of orders) above the best order at worst. Exact under every order.
 * Reference: see variable-order.ts and zbdd.ts.
 * Example: a module that is done within 2^15 nodes takes the first order that manages it.
 */
import { Bdd } from './bdd';
import { type BuildProgress, buildBdd } from './build-bdd';
import { type WorkBudget, WorkLimit } from './decision-table';
import type { Module } from './modules';
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
  readonly peakNodes: number;
}

interface Attempt {
  readonly bdd: Bdd;
  readonly root: number;
  readonly levels: Int32Array;
  readonly isComplemented: boolean;
  readonly isMonotone: boolean;
  readonly peak: number;
}

/** Chosen on generated trees of many shapes: the best of the three is within 1.11 of the best of ten orders. */
const RULES: readonly OrderRule[] = ['small-first', 'force', 'force-small'];
const RESERVE: readonly OrderRule[] = ['deep-first', 'shared-first'];
const FIRST_CAP = 1 << 15;
const CAP_STEP = 8;
const RACE_FROM = 1 << 15;

/** `known[m]` are the solved modules this one refers to; `mayComplement` is false for the whole tree. */
export function solveModule(
  module: Module,
  known: readonly SolvedModule[],
  mayComplement: boolean,
  budget: WorkBudget,
): SolvedModule {
  const attempt = raceOrders(module, known, mayComplement, budget);
  const { bdd, levels } = attempt;
  const root = bdd.collect([attempt.root])[attempt.root];
  const zbdd = new Zbdd(budget, module.leaves.length);
  const solutions = zbdd.minimalSolutions(bdd, root, attempt.isMonotone);
  const zbddRoot = zbdd.collect([solutions])[solutions];
  const leafOfLevel = new Int32Array(module.leaves.length);
  for (let leaf = 0; leaf < levels.length; leaf += 1) leafOfLevel[levels[leaf]] = module.leaves[leaf];
  return {
    leafOfLevel,
    bdd: bdd.cells.slice(0, bdd.size * 4),
    bddRoot: root,
    zbdd: zbdd.cells.slice(0, zbdd.size * 4),
    zbddRoot,
    isComplemented: attempt.isComplemented,
    isMonotone: attempt.isMonotone,
    peakNodes: attempt.peak,
  };
}

function raceOrders(
  module: Module,
  known: readonly SolvedModule[],
  mayComplement: boolean,
  budget: WorkBudget,
): Attempt {
  const entrants = distinctOrders(module, RULES).map((levels) => ({
    levels,
    progress: { gates: 0, nodes: 0 },
  }));
  for (let cap = FIRST_CAP; cap < budget.maxNodes; cap *= CAP_STEP) {
    let best: Attempt | undefined;
    for (const { levels, progress } of entrants) {
      const limit = { ...budget, maxNodes: best ? best.peak >> 1 : cap };
      best = tryOrder(module, known, mayComplement, levels, limit, progress) ?? best;
      if (best && best.peak < RACE_FROM) return best;
    }
    if (best) return best;
    entrants.sort((a, b) => b.progress.gates - a.progress.gates || a.progress.nodes - b.progress.nodes);
  }
  const fallback = distinctOrders(module, RESERVE).map((levels) => ({
    levels,
    progress: { gates: 0, nodes: 0 },
  }));
  for (const { levels, progress } of [...entrants, ...fallback]) {
    const attempt = tryOrder(module, known, mayComplement, levels, budget, progress);
    if (attempt) return attempt;
  }
  throw new WorkLimit('nodes');
}

function distinctOrders(module: Module, rules: readonly OrderRule[]): Int32Array[] {
  const orders: Int32Array[] = [];
  const seen = new Set<string>();
  for (const rule of module.leaves.length < 8 ? rules.slice(0, 1) : rules) {
    const levels = variableOrder(module.graph, module.root, rule);
    const key = levels.join();
    if (!seen.has(key)) orders.push(levels);
    seen.add(key);
  }
  return orders;
}

/** Builds the BDD under one order, or gives up (undefined) when it needs more nodes than the budget has. */
function tryOrder(
  module: Module,
  known: readonly SolvedModule[],
  mayComplement: boolean,
  levels: Int32Array,
  budget: WorkBudget,
  progress: BuildProgress,
): Attempt | undefined {
  const bdd = new Bdd(budget, module.leaves.length);
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
    let root = buildBdd(bdd, module.graph, module.root, leafNode, progress);
    const isComplemented = mayComplement && isTrueAtZero(bdd, root);
    if (isComplemented) {
      isMonotone = true;
      root = buildBdd(bdd, module.graph, module.root ^ 1, leafNode, progress);
    }
    return { bdd, root, levels, isComplemented, isMonotone: isMonotone && !module.hasXor, peak: bdd.size };
  } catch (error) {
    if (error instanceof WorkLimit && error.reason === 'nodes') return undefined;
    throw error;
  }
}

/** Whether the function is true when nothing has happened. */
function isTrueAtZero(bdd: Bdd, root: number): boolean {
  let node = root;
  while (node > 1) node = bdd.cells[node * 4 + 2];
  return node === 1;
}
