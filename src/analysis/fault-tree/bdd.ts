/**
 * Reduced ordered binary decision diagrams: the Boolean function of a fault tree.
 *
 * What: conjunction, disjunction, exclusive or and negation on shared diagrams.
 * Formula: f op g = ite(x, f1 op g1, f0 op g0) for the smaller top level x (Shannon expansion).
 * Preconditions: literals are made with levels >= 0; a smaller level is nearer to the root.
 * Complexity: and, or, xor O(|f| |g|), negation O(|f|).
 * Exact; raises WorkLimit when the budget of nodes or time is used up.
 * Reference: R. E. Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", doi:10.1109/TC.1986.1676819.
 * Example: or(and(a, b), and(a, c)) and and(a, or(b, c)) are the same node.
 */
import { DecisionTable } from './decision-table';

const { min, max } = Math;
const AND = 1;
const OR = 2;
const XOR = 3;
const NOT = 4;

export class Bdd extends DecisionTable {
  /** The function that is true where the variable of `level` is. */
  variable(level: number): number {
    return this.findOrMake(level, 1, 0);
  }

  negatedVariable(level: number): number {
    return this.findOrMake(level, 0, 1);
  }

  /** ite(variable of `level`, high, low); both must lie below that level. */
  choice(level: number, high: number, low: number): number {
    return high === low ? high : this.findOrMake(level, high, low);
  }

  and(f: number, g: number): number {
    if (f === g) return f;
    const a = min(f, g);
    const b = max(f, g);
    if (a === 0) return 0;
    if (a === 1) return b;
    const at = this.cacheSlot(a, b, AND);
    const cache = this.cache;
    if (cache[at] === a && cache[at + 1] === b && cache[at + 2] === AND) return cache[at + 3];
    const cells = this.cells;
    const aLevel = cells[a * 4];
    const bLevel = cells[b * 4];
    let result: number;
    if (aLevel === bLevel) {
      const high = this.and(cells[a * 4 + 1], cells[b * 4 + 1]);
      const low = this.and(cells[a * 4 + 2], cells[b * 4 + 2]);
      result = high === low ? high : this.findOrMake(aLevel, high, low);
    } else if (aLevel < bLevel) {
      const high = this.and(cells[a * 4 + 1], b);
      const low = this.and(cells[a * 4 + 2], b);
      result = high === low ? high : this.findOrMake(aLevel, high, low);
    } else {
      const high = this.and(a, cells[b * 4 + 1]);
      const low = this.and(a, cells[b * 4 + 2]);
      result = high === low ? high : this.findOrMake(bLevel, high, low);
    }
    this.remember(a, b, AND, result);
    return result;
  }

  or(f: number, g: number): number {
    if (f === g) return f;
    const a = min(f, g);
    const b = max(f, g);
    if (a === 0) return b;
    if (a === 1) return 1;
    const at = this.cacheSlot(a, b, OR);
    const cache = this.cache;
    if (cache[at] === a && cache[at + 1] === b && cache[at + 2] === OR) return cache[at + 3];
    const cells = this.cells;
    const aLevel = cells[a * 4];
    const bLevel = cells[b * 4];
    let result: number;
    if (aLevel === bLevel) {
      const high = this.or(cells[a * 4 + 1], cells[b * 4 + 1]);
      const low = this.or(cells[a * 4 + 2], cells[b * 4 + 2]);
      result = high === low ? high : this.findOrMake(aLevel, high, low);
    } else if (aLevel < bLevel) {
      const high = this.or(cells[a * 4 + 1], b);
      const low = this.or(cells[a * 4 + 2], b);
      result = high === low ? high : this.findOrMake(aLevel, high, low);
    } else {
      const high = this.or(a, cells[b * 4 + 1]);
      const low = this.or(a, cells[b * 4 + 2]);
      result = high === low ? high : this.findOrMake(bLevel, high, low);
    }
    this.remember(a, b, OR, result);
    return result;
  }

  xor(f: number, g: number): number {
    if (f === g) return 0;
    const a = min(f, g);
    const b = max(f, g);
    if (a === 0) return b;
    if (a === 1) return this.not(b);
    const at = this.cacheSlot(a, b, XOR);
    const cache = this.cache;
    if (cache[at] === a && cache[at + 1] === b && cache[at + 2] === XOR) return cache[at + 3];
    const cells = this.cells;
    const aLevel = cells[a * 4];
    const bLevel = cells[b * 4];
    const level = min(aLevel, bLevel);
    const high = this.xor(aLevel === level ? cells[a * 4 + 1] : a, bLevel === level ? cells[b * 4 + 1] : b);
    const low = this.xor(aLevel === level ? cells[a * 4 + 2] : a, bLevel === level ? cells[b * 4 + 2] : b);
    const result = high === low ? high : this.findOrMake(level, high, low);
    this.remember(a, b, XOR, result);
    return result;
  }

  not(f: number): number {
    if (f <= 1) return 1 - f;
    const at = this.cacheSlot(f, 0, NOT);
    const cache = this.cache;
    if (cache[at] === f && cache[at + 1] === 0 && cache[at + 2] === NOT) return cache[at + 3];
    const cells = this.cells;
    const high = this.not(cells[f * 4 + 1]);
    const low = this.not(cells[f * 4 + 2]);
    const result = this.findOrMake(cells[f * 4], high, low);
    this.remember(f, 0, NOT, result);
    return result;
  }

  private remember(first: number, second: number, operation: number, result: number): void {
    const at = this.cacheSlot(first, second, operation);
    const cache = this.cache;
    cache[at] = first;
    cache[at + 1] = second;
    cache[at + 2] = operation;
    cache[at + 3] = result;
  }
}
