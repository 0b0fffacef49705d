/**
 * What a minimal cut set engine hands out: the sets in order of cost, then order, then lexicographic, held in two flat
 * columns; `sets` makes one view per set when it is first asked for.
 */
import { type SetFamily, setCount } from './set-family';

/**
 * complete: every minimal cut set up to the order that was asked for; truncated: `maxSets` cut the list off, the
 * cheapest are kept; stopped: the deadline or a memory limit came first, and all sets up to `completeOrder` are listed.
 */
export type CutSetStatus = 'complete' | 'truncated' | 'stopped';

export class CutSetList {
  private views: readonly Int32Array[] | undefined;

  constructor(
    readonly status: CutSetStatus,
    /** Every minimal cut set of this order or less was found. */
    readonly completeOrder: number,
    readonly offsets: Int32Array,
    readonly items: Int32Array,
  ) {}

  get count(): number {
    return this.offsets.length - 1;
  }

  get sets(): readonly Int32Array[] {
    this.views ??= Array.from({ length: this.count }, (_, i) =>
      this.items.subarray(this.offsets[i], this.offsets[i + 1]),
    );
    return this.views;
  }
}

/** Orders a family by cost, order, elements and cuts it off at `maxSets`. O(n log n) comparisons. */
export function rankFamily(
  family: SetFamily,
  options: { cost?: ArrayLike<number>; maxSets?: number; status: CutSetStatus; completeOrder: number },
): CutSetList {
  const { offsets, items } = family;
  const count = setCount(family);
  const costs = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    for (let at = offsets[i]; at < offsets[i + 1]; at += 1) costs[i] += options.cost?.[items[at]] ?? 1;
  }
  const order = Array.from({ length: count }, (_, i) => i).sort((a, b) => {
    if (costs[a] !== costs[b]) return costs[a] - costs[b];
    const size = offsets[a + 1] - offsets[a];
    if (size !== offsets[b + 1] - offsets[b]) return size - offsets[b + 1] + offsets[b];
    for (let i = 0; i < size; i += 1) {
      const difference = items[offsets[a] + i] - items[offsets[b] + i];
      if (difference !== 0) return difference;
    }
    return 0;
  });
  const kept = Math.min(count, options.maxSets ?? count);
  const outOffsets = new Int32Array(kept + 1);
  for (let i = 0; i < kept; i += 1)
    outOffsets[i + 1] = outOffsets[i] + offsets[order[i] + 1] - offsets[order[i]];
  const outItems = new Int32Array(outOffsets[kept]);
  for (let i = 0; i < kept; i += 1) {
    outItems.set(items.subarray(offsets[order[i]], offsets[order[i] + 1]), outOffsets[i]);
  }
  const status = kept < count && options.status === 'complete' ? 'truncated' : options.status;
  return new CutSetList(status, options.completeOrder, outOffsets, outItems);
}
