/**
 * Zero-suppressed decision diagrams: families of cut sets, and their extraction from a BDD.
 *
 * What: the minimal cut sets of the function of a BDD node as a ZBDD node; a ZBDD path that takes the high arc holds the
 *   variable of that level.
 * Formula: minimal(ite(x, f1, f0)) = {x} x (minimal(f1) without f0) u minimal(f0), where "without" drops every set that
 *   contains a solution of f0. For a monotone f0 that is a set that makes f0 true, so the BDD of f0 answers it
 *   (`without`); else the minimal sets of f0 do (`subsume`): then the result is the minimal cut sets of the coherent hull.
 * Preconditions: both tables use the same levels; `isMonotone` only for functions without negation.
 * Complexity: O(|K| |f|) steps for `without`; `subsume` can be exponential, in practice near |A| |B|.
 * Exact; raises WorkLimit when the budget is used up.
 * Reference: A. Rauzy, "New Algorithms for Fault Trees Analysis", doi:10.1016/0951-8320(93)90060-C; S. Minato,
 *   "Zero-Suppressed BDDs for Set Manipulation in Combinatorial Problems", doi:10.1145/157485.164890.
 * Example: minimal cut sets of a + a b are {a}.
 */
import { DecisionTable } from './decision-table';

const WITHOUT = 1;
const SUBSUME = 2;
const COLLECT_AT = 1 << 17;

export class Zbdd extends DecisionTable {
  /** Node of the family {sets of low} u {level} x {sets of high}. */
  make(level: number, high: number, low: number): number {
    return high === 0 ? low : this.findOrMake(level, high, low);
  }

  protected override hasOwnSecond(operation: number): boolean {
    return operation !== WITHOUT;
  }

  /**
   * Minimal solutions of `root` in the cells of a BDD; 0 is the empty family, 1 the family of the empty set. Children come
   * before their parents there, so an ascending pass over what the root needs takes no recursion.
   */
  minimalSolutions(cells: Int32Array, root: number, isMonotone: boolean): number {
    const minimalOf = new Int32Array(root + 1);
    minimalOf[1] = 1;
    const lastUse = lastUses(cells, root);
    let collectAt = COLLECT_AT;
    for (let node = 2; node <= root; node += 1) {
      if (lastUse[node] === 0) continue;
      if (this.size > collectAt) {
        this.collectFrom(minimalOf, lastUse, node);
        collectAt = Math.max(COLLECT_AT, this.size * 3);
      }
      const at = node * 4;
      const low = minimalOf[cells[at + 2]];
      const high = minimalOf[cells[at + 1]];
      const kept = isMonotone ? this.without(high, cells[at + 2], cells) : this.subsume(high, low);
      minimalOf[node] = this.make(cells[at], kept, low);
    }
    return minimalOf[root];
  }

  /** Lets go of the solutions of BDD nodes that no node from `next` on refers to. */
  private collectFrom(minimalOf: Int32Array, lastUse: Int32Array, next: number): void {
    const roots: number[] = [];
    for (let node = 2; node < next; node += 1) {
      if (lastUse[node] < next) minimalOf[node] = 0;
      else roots.push(minimalOf[node]);
    }
    const renumbered = this.collect(roots);
    for (let node = 2; node < next; node += 1) minimalOf[node] = renumbered[minimalOf[node]];
  }

  /** The sets of `family` that do not make the monotone BDD node `f` true. */
  private without(family: number, f: number, bdd: Int32Array): number {
    if (f === 0 || family === 0) return family;
    if (f === 1) return 0;
    if (family === 1) return 1;
    const level = this.cells[family * 4];
    let g = f;
    while (bdd[g * 4] < level) g = bdd[g * 4 + 2];
    if (g <= 1) return g === 0 ? family : 0;
    const at = this.cacheSlot(family, g, WITHOUT);
    if (this.cache[at] === family && this.cache[at + 1] === g && this.cache[at + 2] === WITHOUT) {
      return this.cache[at + 3];
    }
    const isSame = bdd[g * 4] === level;
    const high = this.without(this.cells[family * 4 + 1], isSame ? bdd[g * 4 + 1] : g, bdd);
    const low = this.without(this.cells[family * 4 + 2], isSame ? bdd[g * 4 + 2] : g, bdd);
    return this.remember(family, g, WITHOUT, this.make(level, high, low));
  }

  /** The sets of `family` that contain no set of `other`. */
  subsume(family: number, other: number): number {
    if (family === other || other === 1 || family === 0) return 0;
    if (other === 0) return family;
    let b = other;
    const level = family === 1 ? 0x7fffffff : this.cells[family * 4];
    while (b > 1 && this.cells[b * 4] < level) b = this.cells[b * 4 + 2];
    if (b <= 1 || family === 1) return b === 1 ? 0 : family;
    if (b === family) return 0;
    const at = this.cacheSlot(family, b, SUBSUME);
    if (this.cache[at] === family && this.cache[at + 1] === b && this.cache[at + 2] === SUBSUME) {
      return this.cache[at + 3];
    }
    let high = this.cells[family * 4 + 1];
    let low = this.cells[family * 4 + 2];
    if (this.cells[b * 4] === level) {
      const bHigh = this.cells[b * 4 + 1];
      const bLow = this.cells[b * 4 + 2];
      high = this.subsume(this.subsume(high, bLow), bHigh);
      low = this.subsume(low, bLow);
    } else {
      high = this.subsume(high, b);
      low = this.subsume(low, b);
    }
    return this.remember(family, b, SUBSUME, this.make(level, high, low));
  }

  private remember(first: number, second: number, operation: number, result: number): number {
    const at = this.cacheSlot(first, second, operation);
    this.cache[at] = first;
    this.cache[at + 1] = second;
    this.cache[at + 2] = operation;
    this.cache[at + 3] = result;
    return result;
  }
}

/** For the nodes below a root the last one that refers to them (the root outlasts all); 0 for what it does not need. */
function lastUses(cells: Int32Array, root: number): Int32Array {
  const lastUse = new Int32Array(root + 1);
  lastUse[root] = root + 1;
  for (let node = root; node > 1; node -= 1) {
    if (lastUse[node] === 0) continue;
    const high = cells[node * 4 + 1];
    const low = cells[node * 4 + 2];
    if (lastUse[high] === 0) lastUse[high] = node;
    if (lastUse[low] === 0) lastUse[low] = node;
  }
  return lastUse;
}
