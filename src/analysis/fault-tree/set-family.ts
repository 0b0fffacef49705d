/**
 * Families of cut sets: union, product and minimisation of antichains of small sets, truncated at an order.
 *
 * What: OR of two gates is the union of their families, AND is the product {a u b}; both keep minimal sets only.
 * Formula: min(A u B) and min{a u b : a in A, b in B}, sets above `maxOrder` dropped. Truncation commutes with both, since
 *   a product never has fewer elements than its factors: what is kept is exact.
 * Preconditions: sets ascending without duplicates; families are antichains.
 * Complexity: O(|A| |B|) unions and as many subset queries; families with disjoint supports need no query at all.
 * Exact. Reference: P. K. Pande, M. E. Spector, P. Chatterjee, "Computerized Fault Tree Analysis: TREEL and MICSUP",
 *   ORC 75-3, University of California, Berkeley, 1975.
 * Example: product of {{0}, {1}} and {{1}, {2}} is {{1}, {0, 2}}.
 */
import { SetTrie } from './set-trie';

/** Sets end to end: set i is `items[offsets[i] .. offsets[i + 1])`. */
export interface SetFamily {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
}

export const NO_SETS: SetFamily = { offsets: new Int32Array(1), items: new Int32Array(0) };
export const EMPTY_SET_ONLY: SetFamily = { offsets: new Int32Array(2), items: new Int32Array(0) };

export function setCount(family: SetFamily): number {
  return family.offsets.length - 1;
}

/** The family {{element}}. */
export function singleton(element: number): SetFamily {
  return { offsets: Int32Array.of(0, 1), items: Int32Array.of(element) };
}

/** Growing buffer of sets. */
class SetBuffer {
  offsets = new Int32Array(64);
  items = new Int32Array(256);
  count = 0;

  clear(): void {
    this.count = 0;
  }

  /** Room for one more set of at most `size` elements; returns where it starts. */
  private reserve(size: number): number {
    const start = this.offsets[this.count];
    if (this.count + 2 > this.offsets.length) {
      const wider = new Int32Array(this.offsets.length * 2);
      wider.set(this.offsets);
      this.offsets = wider;
    }
    if (start + size > this.items.length) {
      const wider = new Int32Array(Math.max(this.items.length * 2, start + size));
      wider.set(this.items);
      this.items = wider;
    }
    return start;
  }

  push(items: Int32Array, from: number, to: number): void {
    const start = this.reserve(to - from);
    for (let i = from; i < to; i += 1) this.items[start + i - from] = items[i];
    this.count += 1;
    this.offsets[this.count] = start + to - from;
  }

  /** Pushes the union of two sets unless it has more than `maxOrder` elements. */
  pushUnion(a: SetFamily, i: number, b: SetFamily, j: number, maxOrder: number): void {
    let x = a.offsets[i];
    let y = b.offsets[j];
    const xEnd = a.offsets[i + 1];
    const yEnd = b.offsets[j + 1];
    const start = this.reserve(xEnd - x + yEnd - y);
    const limit = start + maxOrder;
    let at = start;
    while (x < xEnd || y < yEnd) {
      if (at >= limit) return;
      const left = x < xEnd ? a.items[x] : 0x7fffffff;
      const right = y < yEnd ? b.items[y] : 0x7fffffff;
      this.items[at] = Math.min(left, right);
      at += 1;
      if (left <= right) x += 1;
      if (right <= left) y += 1;
    }
    this.count += 1;
    this.offsets[this.count] = at;
  }

  freeze(): SetFamily {
    return {
      offsets: this.offsets.slice(0, this.count + 1),
      items: this.items.slice(0, this.offsets[this.count]),
    };
  }
}

/** Raised inside the kernel when a family outgrows its limit or time is up; never leaves it. */
export class FamilyLimit extends Error {}

const COMPACT_AT = 1 << 16;

/** The operations, with the scratch memory they share. `isOver` is asked now and then and ends the work by FamilyLimit. */
export class FamilyAlgebra {
  private readonly trie = new SetTrie();
  private readonly candidates = new SetBuffer();
  private readonly kept = new SetBuffer();
  private readonly marks: Int32Array;
  private epoch = 0;

  constructor(
    elementCount: number,
    private readonly maxOrder: number,
    private readonly maxSets: number,
    private readonly isOver: () => boolean,
  ) {
    this.marks = new Int32Array(elementCount);
  }

  union(families: readonly SetFamily[]): SetFamily {
    const filled = families.filter((family) => setCount(family) > 0);
    if (filled.length === 0) return NO_SETS;
    if (filled.length === 1) return filled[0];
    if (filled.some((family) => family.items.length === 0)) return EMPTY_SET_ONLY;
    this.candidates.clear();
    for (const family of filled) this.pushAll(family);
    return this.areDisjoint(filled) ? this.candidates.freeze() : this.minimise();
  }

  product(a: SetFamily, b: SetFamily): SetFamily {
    if (setCount(a) === 0 || setCount(b) === 0) return NO_SETS;
    if (setCount(a) === 1 && a.items.length === 0) return b;
    if (setCount(b) === 1 && b.items.length === 0) return a;
    this.candidates.clear();
    if (this.areDisjoint([a, b])) {
      this.multiply(
        a,
        b,
        () => false,
        () => false,
        false,
      );
      return this.candidates.freeze();
    }
    const isKeptOfB = this.pushAbsorbed(b, a);
    const isKeptOfA = this.pushAbsorbed(a, b);
    this.multiply(
      a,
      b,
      (i) => isKeptOfA[i] === 1,
      (j) => isKeptOfB[j] === 1,
      true,
    );
    return this.minimise();
  }

  productOfAll(families: readonly SetFamily[]): SetFamily {
    const sorted = [...families].sort((a, b) => setCount(a) - setCount(b));
    let result = EMPTY_SET_ONLY;
    for (const family of sorted) result = this.product(result, family);
    return result;
  }

  /** Sets that make at least `k` of the families true: atLeast(i, j) = atLeast(i-1, j) + atLeast(i-1, j-1) x F_i. */
  atLeast(k: number, families: readonly SetFamily[]): SetFamily {
    if (k <= 0) return EMPTY_SET_ONLY;
    const rows: SetFamily[] = [EMPTY_SET_ONLY];
    for (let i = 0; i < families.length; i += 1) {
      for (let j = Math.min(k, i + 1); j >= Math.max(1, k - (families.length - 1 - i)); j -= 1) {
        const raised = this.product(rows[j - 1] ?? NO_SETS, families[i]);
        rows[j] = this.union([rows[j] ?? NO_SETS, raised]);
      }
    }
    return rows[k] ?? NO_SETS;
  }

  /** Whether every set of `next` contains a set of `previous`. */
  isImpliedBy(next: SetFamily, previous: SetFamily): boolean {
    if (setCount(previous) === 0) return setCount(next) === 0;
    this.load(previous);
    for (let i = 0; i < setCount(next); i += 1) {
      if (!this.trie.hasSubset(next.items, next.offsets[i], next.offsets[i + 1])) return false;
    }
    return true;
  }

  private load(family: SetFamily): void {
    this.trie.clear();
    for (let i = 0; i < setCount(family); i += 1) {
      this.trie.insert(family.items, family.offsets[i], family.offsets[i + 1]);
    }
  }

  private pushAll(family: SetFamily): void {
    for (let i = 0; i < setCount(family); i += 1) {
      if (family.offsets[i + 1] - family.offsets[i] > this.maxOrder) continue;
      this.candidates.push(family.items, family.offsets[i], family.offsets[i + 1]);
    }
  }

  /** Pushes the sets of `family` that contain a set of `other`: they are their own product. */
  private pushAbsorbed(family: SetFamily, other: SetFamily): Uint8Array {
    this.load(other);
    const isAbsorbed = new Uint8Array(setCount(family));
    for (let i = 0; i < setCount(family); i += 1) {
      if (!this.trie.hasSubset(family.items, family.offsets[i], family.offsets[i + 1])) continue;
      isAbsorbed[i] = 1;
      this.candidates.push(family.items, family.offsets[i], family.offsets[i + 1]);
    }
    return isAbsorbed;
  }

  private multiply(
    a: SetFamily,
    b: SetFamily,
    isDoneOfA: (i: number) => boolean,
    isDoneOfB: (j: number) => boolean,
    mayCompact: boolean,
  ): void {
    let compactAt = COMPACT_AT;
    for (let i = 0; i < setCount(a); i += 1) {
      if (isDoneOfA(i)) continue;
      for (let j = 0; j < setCount(b); j += 1) {
        if (!isDoneOfB(j)) this.candidates.pushUnion(a, i, b, j, this.maxOrder);
      }
      if ((i & 63) === 0 && this.isOver()) throw new FamilyLimit();
      if (this.candidates.count > this.maxSets && !mayCompact) throw new FamilyLimit();
      if (mayCompact && this.candidates.count > compactAt) {
        const compact = this.minimise();
        this.candidates.clear();
        this.pushAll(compact);
        compactAt = Math.max(COMPACT_AT, 2 * setCount(compact));
      }
    }
  }

  /** The minimal sets among the candidates, smallest first. */
  private minimise(): SetFamily {
    const { offsets, items, count } = this.candidates;
    let maxSize = 0;
    for (let i = 0; i < count; i += 1) maxSize = Math.max(maxSize, offsets[i + 1] - offsets[i]);
    const starts = new Int32Array(maxSize + 2);
    for (let i = 0; i < count; i += 1) starts[offsets[i + 1] - offsets[i] + 1] += 1;
    for (let size = 0; size <= maxSize; size += 1) starts[size + 1] += starts[size];
    const bySize = new Int32Array(count);
    for (let i = 0; i < count; i += 1) {
      const size = offsets[i + 1] - offsets[i];
      bySize[starts[size]] = i;
      starts[size] += 1;
    }
    this.trie.clear();
    this.kept.clear();
    for (let at = 0; at < count; at += 1) {
      const i = bySize[at];
      if (this.trie.hasSubset(items, offsets[i], offsets[i + 1])) continue;
      this.trie.insert(items, offsets[i], offsets[i + 1]);
      this.kept.push(items, offsets[i], offsets[i + 1]);
      if ((at & 4095) === 0 && this.isOver()) throw new FamilyLimit();
    }
    if (this.kept.count > this.maxSets) throw new FamilyLimit();
    return this.kept.freeze();
  }

  private areDisjoint(families: readonly SetFamily[]): boolean {
    const base = this.epoch;
    for (const { items } of families) {
      this.epoch += 1;
      for (let i = 0; i < items.length; i += 1) {
        const mark = this.marks[items[i]];
        if (mark > base && mark !== this.epoch) return false;
        this.marks[items[i]] = this.epoch;
      }
    }
    return true;
  }
}
