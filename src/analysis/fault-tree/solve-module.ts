/**
 * Solves one module: its BDD under the first of several variable orders that gets through, and the ZBDD of its minimal cut sets.
 *
 * What: races variable orders under a cap of nodes that rises until one of them gets through.
 * Formula: caps 2^13, 2^15, 2^17, .. up to maxNodes; under each, the orders that got furthest under the last go first.
 *   Every order takes the same number of operations, so that how many are done tells how far an attempt has come. An
 *   attempt goes on from where the last cap stopped it.
 * Complexity: a constant factor (the number of orders) above the best order at worst. Exact under every order.
 * Reference: see variable-order.ts and zbdd.ts.
 * Example: a module that is done within 2^13 nodes takes the first order.
 */
import { Bdd } from './bdd';
import { type BddBuilding, type BuildProgress, buildBdd } from './build-bdd';
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
/** From this cap on only one order of each family is tried: that which got furthest under the one before. */
const NARROW_FROM = 1 << 17;
/** Orders that got at least this far, of what the best did, count as equally far. */
const NEARLY = 0.95;
/** Above this cap only one entrant keeps its nodes. */
const KEEP_UP_TO = 1 << 21;

interface Entrant {
  readonly levels: Int32Array;
  readonly isForce: boolean;
  readonly progress: BuildProgress;
  /** The attempt so far; absent before the first and once its nodes are given up. */
  attempt?: { readonly bdd: Bdd; readonly building: BddBuilding };
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
  const isComplemented = mayComplement && isTrueAtZero(module, known);
  const race = new OrderRace(module, known, isComplemented, budget);
  const orders: Entrant[] = [];
  // Most modules are small: an order is made when the one before has failed.
  for (const entrant of distinctOrders(module)) {
    const found = race.advance(entrant, Math.min(FIRST_CAP, budget.maxNodes));
    if (found) return found;
    orders.push(entrant);
  }
  for (let cap = FIRST_CAP * CAP_STEP; cap < budget.maxNodes * CAP_STEP; cap *= CAP_STEP) {
    const most = Math.min(cap, budget.maxNodes);
    const isWide = most < NARROW_FROM || most === budget.maxNodes;
    for (const entrant of isWide ? furthestFirst(orders) : finalists(orders)) {
      if (most > KEEP_UP_TO) for (const other of orders) if (other !== entrant) other.attempt = undefined;
      const found = race.advance(entrant, most);
      if (found) return found;
    }
  }
  throw new WorkLimit('nodes');
}

function furthestFirst(orders: readonly Entrant[]): Entrant[] {
  const most = Math.max(...orders.map(({ progress }) => progress.steps));
  const reached = ({ progress }: Entrant): number => (progress.steps < most * NEARLY ? progress.steps : most);
  return [...orders].sort((a, b) => reached(b) - reached(a));
}

/** The depth-first order that got furthest and the FORCE order that did: trees that are hard for one are easy for the other. */
function finalists(orders: readonly Entrant[]): Entrant[] {
  const sorted = furthestFirst(orders);
  const best = [false, true].map((isForce) => sorted.find((each) => each.isForce === isForce));
  return sorted.filter((each) => best.includes(each));
}

function* distinctOrders(module: Module): Generator<Entrant> {
  const seen = new Set<string>();
  for (const rule of RULES) {
    const levels = variableOrder(module.graph, module.root, rule);
    const key = levels.join();
    const isForce = rule === 'force' || rule === 'force-small';
    if (!seen.has(key)) yield { levels, isForce, progress: { steps: 0 } };
    seen.add(key);
  }
}

/** The BDDs of one module under different orders. */
class OrderRace {
  /** Falls once a negated literal is met; every order meets the same. */
  private isMonotone: boolean;

  constructor(
    private readonly module: Module,
    private readonly known: readonly SolvedModule[],
    private readonly isComplemented: boolean,
    private readonly budget: WorkBudget,
  ) {
    this.isMonotone = !module.hasXor;
  }

  /** Goes on with the BDD under one order; undefined where it needs more than `maxNodes`. */
  advance(entrant: Entrant, maxNodes: number): Attempt | undefined {
    const { budget, isComplemented } = this;
    entrant.attempt ??= this.begun(entrant);
    const { bdd, building } = entrant.attempt;
    bdd.budget = { ...budget, maxNodes };
    const { done, value } = building.next();
    if (!done) return undefined;
    const root = bdd.collect([value])[value];
    const cells = bdd.cells.slice(0, bdd.size * 4);
    return { cells, root, levels: entrant.levels, isComplemented, isMonotone: this.isMonotone };
  }

  private begun({ levels, progress }: Entrant): NonNullable<Entrant['attempt']> {
    const { graph, root, leaves } = this.module;
    const bdd = new Bdd(this.budget, leaves.length);
    progress.steps = 0;
    const leafNode = (leaf: number, isNegated: boolean): number => {
      const stands = leaves[leaf];
      const below = stands < 0 ? this.known[-1 - stands] : undefined;
      const isFlipped = isNegated !== (below?.isComplemented ?? false);
      if (below && below.bddRoot <= 1) return isFlipped ? 1 - below.bddRoot : below.bddRoot;
      if (isFlipped) this.isMonotone = false;
      return isFlipped ? bdd.negatedVariable(levels[leaf]) : bdd.variable(levels[leaf]);
    };
    const top = this.isComplemented ? root ^ 1 : root;
    return { bdd, building: buildBdd(bdd, graph, top, leafNode, progress) };
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
