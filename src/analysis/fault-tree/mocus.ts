/**
 * Minimal cut sets up to an order by expansion: the first engine, which needs no diagram and takes cycles.
 *
 * What: all minimal cut sets with at most `maxOrder` events of one or many tops of a coherent fault tree that may have
 *   cycles and shared gates. As MOCUS it rewrites gates as sets and drops what exceeds the order; it works from the
 *   leaves upward (as MICSUP), so that a gate under many tops is expanded once.
 * Formula: F(event) = {{event}}; F(OR) = min(u F_i); F(AND) = min(x F_i); F(ATLEAST k) by atLeast(i, j) = atLeast(i-1, j)
 *   u atLeast(i-1, j-1) x F_i. In a strongly connected component F starts empty and grows until nothing changes: the
 *   least fixed point, so nothing is down only because of itself.
 * Preconditions: every gate below the tops is AND, OR, ATLEAST or a constant (`isCoherent`); otherwise it throws.
 * Params: maxOrder in events; maxSets caps the list handed out (the cheapest are kept); maxFamily caps what one gate may
 *   hold in memory; deadline() is true once the work must end; cost[event] >= 0, 1 where absent.
 * Returns: a CutSetList; ties of cost go to the smaller order, then to the lexicographically smaller set. The work is done
 *   for orders 1, 2, 3, 4, 8, 16 .. so that a stopped run still holds every set up to its `completeOrder`.
 * Complexity: output-sensitive per gate, exponential in maxOrder at worst. Exact.
 * Reference: J. B. Fussell, W. E. Vesely, "A New Methodology for Obtaining Cut Sets for Fault Trees", Trans. ANS 15
 *   (1972) 262-263; the fixed point: A. Tarski, doi:10.2140/pjm.1955.5.285.
 * Example: 2-of-3 over events 0, 1, 2 has the cut sets {0,1}, {0,2}, {1,2}.
 */
import { type CutSetList, rankFamily } from './cut-set-list';
import { type FaultTree, GateKind, isCoherent } from './fault-tree';
import {
  EMPTY_SET_ONLY,
  FamilyAlgebra,
  FamilyLimit,
  NO_SETS,
  type SetFamily,
  setCount,
  singleton,
} from './set-family';
import { strongComponents } from './strong-components';

export interface CutSetOptions {
  readonly maxOrder?: number;
  readonly maxSets?: number;
  readonly maxFamily?: number;
  readonly deadline?: () => boolean;
  readonly cost?: ArrayLike<number>;
}

/** Minimal cut sets of one top. */
export function minimalCutSets(tree: FaultTree, top: number, options: CutSetOptions = {}): CutSetList {
  return minimalCutSetsOfAll(tree, [top], options)[0];
}

/** Minimal cut sets of each top, in the order of `tops`; what the tops share is expanded once. */
export function minimalCutSetsOfAll(
  tree: FaultTree,
  tops: ArrayLike<number>,
  options: CutSetOptions = {},
): CutSetList[] {
  if (!isCoherent(tree, tops)) throw new RangeError('minimalCutSets needs a coherent tree');
  const maxOrder = Math.min(options.maxOrder ?? tree.eventCount, tree.eventCount);
  const components = strongComponents(tree, tops);
  let families: SetFamily[] = Array.from({ length: tops.length }, () => NO_SETS);
  let completeOrder = -1;
  for (const order of orderSchedule(maxOrder)) {
    const found = expand(tree, tops, components, order, options);
    if (found === undefined) break;
    families = found;
    completeOrder = order;
    if (order >= maxOrder) break;
  }
  const status = completeOrder === maxOrder ? 'complete' : 'stopped';
  const { cost, maxSets } = options;
  return families.map((family) => rankFamily(family, { cost, maxSets, status, completeOrder }));
}

function orderSchedule(maxOrder: number): number[] {
  const steps = [1, 2, 3];
  for (let order = 4; order < maxOrder && order < 1 << 20; order *= 2) steps.push(order);
  return [...steps.filter((order) => order < maxOrder), maxOrder];
}

/** Families of the tops with sets of at most `maxOrder`, or undefined when a limit came first. */
function expand(
  tree: FaultTree,
  tops: ArrayLike<number>,
  components: readonly Int32Array[],
  maxOrder: number,
  options: CutSetOptions,
): SetFamily[] | undefined {
  const isOver = options.deadline ?? (() => false);
  const algebra = new FamilyAlgebra(tree.eventCount, maxOrder, options.maxFamily ?? 1 << 21, isOver);
  const families: SetFamily[] = new Array(tree.eventCount + tree.gateCount).fill(NO_SETS);
  if (maxOrder > 0) for (let e = 0; e < tree.eventCount; e += 1) families[e] = singleton(e);
  const released = new Releases(tree, tops);
  try {
    for (const component of components) {
      if (isOver()) return undefined;
      solveComponent(tree, component, families, algebra);
      released.after(component, families);
    }
  } catch (error) {
    if (error instanceof FamilyLimit) return undefined;
    throw error;
  }
  return Array.from(tops, (top) => families[top]);
}

/** Expands one strongly connected component: once when it is a lone gate, else to its least fixed point. */
function solveComponent(
  tree: FaultTree,
  component: Int32Array,
  families: SetFamily[],
  algebra: FamilyAlgebra,
): void {
  const { eventCount, childOffsets, children } = tree;
  const isDirty = new Map<number, boolean>();
  for (const vertex of component) isDirty.set(vertex, true);
  const parents = new Map<number, number[]>();
  for (const vertex of component) {
    const gate = vertex - eventCount;
    for (let i = childOffsets[gate]; i < childOffsets[gate + 1]; i += 1) {
      if (!isDirty.has(children[i])) continue;
      const known = parents.get(children[i]);
      if (known) known.push(vertex);
      else parents.set(children[i], [vertex]);
    }
  }
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const vertex of component) {
      if (!isDirty.get(vertex)) continue;
      isDirty.set(vertex, false);
      const next = expandGate(tree, vertex - eventCount, families, algebra);
      if (setCount(next) === 0 || algebra.isImpliedBy(next, families[vertex])) continue;
      families[vertex] = next;
      for (const parent of parents.get(vertex) ?? []) {
        isDirty.set(parent, true);
        isChanged = true;
      }
    }
  }
}

function expandGate(
  tree: FaultTree,
  gate: number,
  families: readonly SetFamily[],
  algebra: FamilyAlgebra,
): SetFamily {
  const { childOffsets, children } = tree;
  const operands: SetFamily[] = [];
  for (let i = childOffsets[gate]; i < childOffsets[gate + 1]; i += 1) operands.push(families[children[i]]);
  switch (tree.kinds[gate]) {
    case GateKind.OR:
      return algebra.union(operands);
    case GateKind.AND:
      return operands.some((operand) => setCount(operand) === 0) ? NO_SETS : algebra.productOfAll(operands);
    case GateKind.ATLEAST:
      return algebra.atLeast(tree.thresholds[gate], operands);
    case GateKind.TRUE:
      return EMPTY_SET_ONLY;
    default:
      return NO_SETS;
  }
}

/** Lets go of the family of a gate once all gates above it are expanded. */
class Releases {
  private readonly waiting: Int32Array;

  constructor(
    private readonly tree: FaultTree,
    tops: ArrayLike<number>,
  ) {
    this.waiting = new Int32Array(tree.eventCount + tree.gateCount);
    for (const child of tree.children) this.waiting[child] += 1;
    for (let i = 0; i < tops.length; i += 1) this.waiting[tops[i]] += 1;
  }

  after(component: Int32Array, families: SetFamily[]): void {
    const { eventCount, childOffsets, children } = this.tree;
    for (const vertex of component) {
      const gate = vertex - eventCount;
      for (let i = childOffsets[gate]; i < childOffsets[gate + 1]; i += 1) {
        this.waiting[children[i]] -= 1;
        if (this.waiting[children[i]] === 0 && children[i] >= eventCount) families[children[i]] = NO_SETS;
      }
    }
  }
}
