/**
 * Fault tree: a top event as a Boolean function of basic events, held as an immutable directed graph in typed arrays.
 *
 * Vertices 0 .. eventCount-1 are the basic events; eventCount .. vertexCount-1 are the gates. Gate g has the children
 * `children[childOffsets[g - eventCount] .. childOffsets[g - eventCount + 1])`, which are vertices; a vertex may be the
 * child of many gates (sharing). A tree of AND, OR, ATLEAST and constants is coherent (monotone) and may contain cycles:
 * it then means the least fixed point of "down", so that nothing is down only because of itself. Every other gate kind
 * needs an acyclic graph below it.
 *
 * Example:
 *   const builder = new FaultTreeBuilder(3);
 *   const pair = builder.gate(GateKind.AND, [0, 1]);
 *   const tree = builder.build({ tops: [builder.gate(GateKind.OR, [pair, 2])] }); // cut sets {2} and {0, 1}
 */
export const GateKind = {
  AND: 0,
  OR: 1,
  /** True when at least `threshold` of the children are. */
  ATLEAST: 2,
  /** Constants (house events). */
  TRUE: 3,
  FALSE: 4,
  /** The non-monotone kinds. */
  NOT: 5,
  XOR: 6,
  NAND: 7,
  NOR: 8,
  IFF: 9,
  IMPLY: 10,
} as const;
export type GateKind = (typeof GateKind)[keyof typeof GateKind];

/** Immutable. `probabilities[e]` is the probability of basic event e, where the tree has any. */
export interface FaultTree {
  readonly eventCount: number;
  readonly gateCount: number;
  readonly kinds: Uint8Array;
  readonly thresholds: Int32Array;
  readonly childOffsets: Int32Array;
  readonly children: Int32Array;
  readonly tops: Int32Array;
  readonly probabilities?: Float64Array;
}

/** Collects gates in any order (declare first, define later, where gates refer to each other) and freezes them. */
export class FaultTreeBuilder {
  private readonly kinds: GateKind[] = [];
  private readonly thresholds: number[] = [];
  private readonly childLists: (readonly number[])[] = [];

  constructor(readonly eventCount: number) {}

  /** Reserves a gate and returns its vertex; until it is defined it is FALSE. */
  declare(): number {
    this.kinds.push(GateKind.FALSE);
    this.thresholds.push(0);
    this.childLists.push([]);
    return this.eventCount + this.kinds.length - 1;
  }

  /** Gives a declared gate its kind and children; `threshold` is the k of ATLEAST. */
  define(gate: number, kind: GateKind, children: readonly number[], threshold = 0): void {
    const index = gate - this.eventCount;
    this.kinds[index] = kind;
    this.thresholds[index] = kind === GateKind.ATLEAST ? threshold : 0;
    this.childLists[index] = children;
  }

  /** Adds a gate and returns its vertex. */
  gate(kind: GateKind, children: readonly number[], threshold = 0): number {
    const vertex = this.declare();
    this.define(vertex, kind, children, threshold);
    return vertex;
  }

  build(options: { tops: ArrayLike<number>; probabilities?: Float64Array }): FaultTree {
    const gateCount = this.kinds.length;
    const vertexCount = this.eventCount + gateCount;
    const childOffsets = new Int32Array(gateCount + 1);
    for (let g = 0; g < gateCount; g += 1) childOffsets[g + 1] = childOffsets[g] + this.childLists[g].length;
    const children = new Int32Array(childOffsets[gateCount]);
    for (let g = 0; g < gateCount; g += 1) children.set(this.childLists[g], childOffsets[g]);
    for (const child of children) {
      if (child < 0 || child >= vertexCount) throw new RangeError(`no vertex ${child} of ${vertexCount}`);
    }
    return {
      eventCount: this.eventCount,
      gateCount,
      kinds: Uint8Array.from(this.kinds),
      thresholds: Int32Array.from(this.thresholds),
      childOffsets,
      children,
      tops: Int32Array.from(options.tops),
      probabilities: options.probabilities,
    };
  }
}

/** The gates that can be reached from `roots`, as a mask over all vertices (events included). */
export function reachableVertices(tree: FaultTree, roots: ArrayLike<number>): Uint8Array {
  const { eventCount, childOffsets, children } = tree;
  const seen = new Uint8Array(eventCount + tree.gateCount);
  const stack: number[] = [];
  for (let i = 0; i < roots.length; i += 1) {
    if (seen[roots[i]] === 0) stack.push(roots[i]);
    seen[roots[i]] = 1;
  }
  while (stack.length > 0) {
    const vertex = stack.pop() as number;
    if (vertex < eventCount) continue;
    const gate = vertex - eventCount;
    for (let i = childOffsets[gate]; i < childOffsets[gate + 1]; i += 1) {
      if (seen[children[i]] === 0) stack.push(children[i]);
      seen[children[i]] = 1;
    }
  }
  return seen;
}

/** Whether everything below `roots` is AND, OR, ATLEAST or constant, so that the function is monotone by its form. */
export function isCoherent(tree: FaultTree, roots: ArrayLike<number>): boolean {
  const seen = reachableVertices(tree, roots);
  for (let g = 0; g < tree.gateCount; g += 1) {
    if (seen[tree.eventCount + g] === 1 && tree.kinds[g] >= GateKind.NOT) return false;
  }
  return true;
}

/**
 * Truth of every vertex when exactly the events in `down` have happened: the least fixed point, by a worklist for
 * coherent trees with cycles and by rounds for acyclic trees with NOT. O(edges * depth) at worst.
 */
export function evaluate(tree: FaultTree, down: ArrayLike<number>): Uint8Array {
  const { eventCount, gateCount } = tree;
  const value = new Uint8Array(eventCount + gateCount);
  for (let i = 0; i < down.length; i += 1) value[down[i]] = 1;
  for (let round = 0; round <= gateCount + 1; round += 1) {
    let isChanged = false;
    for (let g = 0; g < gateCount; g += 1) {
      const next = gateValue(tree, g, value);
      if (next !== value[eventCount + g]) {
        value[eventCount + g] = next;
        isChanged = true;
      }
    }
    if (!isChanged) break;
  }
  return value;
}

function gateValue(tree: FaultTree, gate: number, value: Uint8Array): 0 | 1 {
  const from = tree.childOffsets[gate];
  const to = tree.childOffsets[gate + 1];
  let trues = 0;
  for (let i = from; i < to; i += 1) trues += value[tree.children[i]];
  const count = to - from;
  const isTrue = (): boolean => {
    switch (tree.kinds[gate]) {
      case GateKind.AND:
        return trues === count;
      case GateKind.OR:
        return trues > 0;
      case GateKind.ATLEAST:
        return trues >= tree.thresholds[gate];
      case GateKind.TRUE:
        return true;
      case GateKind.NOT:
      case GateKind.NAND:
        return trues < count;
      case GateKind.XOR:
        return trues % 2 === 1;
      case GateKind.NOR:
        return trues === 0;
      case GateKind.IFF:
        return trues === 0 || trues === count;
      case GateKind.IMPLY:
        return value[tree.children[from]] === 0 || value[tree.children[from + 1]] === 1;
      default:
        return false;
    }
  };
  return isTrue() ? 1 : 0;
}
