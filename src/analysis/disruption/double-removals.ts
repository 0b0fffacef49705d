/**
 * All single and double removals of a system, 32 partners in a word.
 *
 * What: the weight that every event alone, and every pair of events together, loses; the pairs that lose most.
 * Formula: loss(a, b) for all b at once: the words of all gates for "b alone" are made once; for each a only the gates above a are
 *   evaluated anew with a down, and the losses of tops above a are corrected where their words changed.
 * Preconditions: a coherent tree with constants FALSE only, cycles allowed; shares in [0, 1], weights >= 0.
 * Params: `requirements[t]` are the gates under top t with the share of it that is lost while they are down; `keep` how many pairs
 *   to return; `deadline` is asked once an event.
 * Returns: single losses by event; the `keep` best pairs by loss, then by synergy loss(a,b) - loss(a) - loss(b), then by (a, b); of how
 *   many pairs; `synergies` pairs that lose more together than apart. A stopped run says after how many first events.
 * Complexity: O(e / 32 * arcs) for the singles, then O(e / 32 * sum over events of the arcs above them); memory O(vertices * 64) words. Exact but
 *   for the order of floating-point sums, which is fixed.
 * Reference: bit-sliced simulation, D. E. Knuth, The Art of Computer Programming 4A, 7.1.3; second difference: J. S. Hong, C. H. Lie, doi:10.1109/24.210285.
 * Example: two suppliers of one need of weight 5: each alone loses 0, the pair 5, a synergy of 5.
 */
import { type FaultTree, GateKind } from '../fault-tree/fault-tree';
import { strongComponents } from '../fault-tree/strong-components';
import { lossSlots } from './doubtful-system';
import type { WeightedRequirement } from './removal-losses';
import { parentsOf } from './scenario-words';
import { WordCounter } from './word-counter';

export interface PairLoss {
  readonly first: number;
  readonly second: number;
  readonly weight: number;
  readonly synergy: number;
}

export interface DoubleRemovals {
  readonly singles: Float64Array;
  readonly best: readonly PairLoss[];
  readonly pairs: number;
  readonly synergies: number;
  readonly status: 'complete' | 'stopped';
  /** First events whose pairs were all looked at. */
  readonly completed: number;
}

export interface DoubleRemovalOptions {
  readonly keep: number;
  readonly deadline?: () => boolean;
}

/** Words of partners evaluated at a time: bounds the memory to 256 bytes a vertex. */
const MAX_WIDTH = 64;

export function doubleRemovals(
  tree: FaultTree,
  weights: ArrayLike<number>,
  requirements: readonly (readonly WeightedRequirement[])[],
  options: DoubleRemovalOptions,
): DoubleRemovals {
  const { eventCount } = tree;
  const singles = new Float64Array(eventCount);
  const best = new BestPairs(options.keep);
  let synergies = 0;
  let completed = eventCount;
  let pairs = 0;
  const slice = MAX_WIDTH * 32;
  const partners = new PartnerWords(tree, weights, requirements);
  for (let first = 0; first < eventCount; first += slice) {
    const alone = partners.start(first, Math.min(first + slice, eventCount));
    singles.set(alone, first);
  }
  for (let first = 0; first < eventCount && completed > 0; first += slice) {
    const to = Math.min(first + slice, eventCount);
    if (eventCount > slice) partners.start(first, to);
    for (let a = 0; a < Math.min(to, completed); a += 1) {
      const together = partners.with(a, singles);
      for (let b = Math.max(a + 1, first); b < to; b += 1) {
        const weight = together[b - first];
        const synergy = weight - singles[a] - singles[b];
        if (synergy > TOLERANCE * weight) synergies += 1;
        pairs += 1;
        best.offer(a, b, weight, synergy);
      }
      if (options.deadline?.() && a + 1 < eventCount) completed = a + 1;
    }
  }
  const status = completed === eventCount ? 'complete' : 'stopped';
  return { singles, best: best.sorted(), pairs, synergies, status, completed };
}

/** Rounding of sums of weights: a synergy below this share of the loss is none. */
const TOLERANCE = 1e-12;

/** Words of all gates for "partner b is hit", b = from .. to - 1, and what changes when one event more is. */
class PartnerWords {
  private readonly rank: Int32Array;
  private readonly gateOfRank: Int32Array;
  private readonly componentOfRank: Int32Array;
  private readonly parentOffsets: Int32Array;
  private readonly parents: Int32Array;
  private readonly slotsOfGate: ReadonlyMap<number, readonly number[]>;
  private readonly slots: readonly { readonly top: number; readonly share: number }[];
  private readonly slotOffsets: Int32Array;
  private readonly gatesOfTop: readonly (readonly (readonly number[])[])[];
  private readonly counter = new WordCounter();
  private words = new Int32Array(0);
  private saved = new Int32Array(0);
  private width = 0;
  private from = 0;
  private to = 0;

  constructor(
    private readonly tree: FaultTree,
    private readonly weights: ArrayLike<number>,
    requirements: readonly (readonly WeightedRequirement[])[],
  ) {
    const components = strongComponents(tree, tree.tops);
    const order = components.flatMap((component) => Array.from(component));
    this.gateOfRank = Int32Array.from(order, (vertex) => vertex - tree.eventCount);
    this.componentOfRank = Int32Array.from(
      components.flatMap((component, index) => Array.from(component, () => index)),
    );
    this.rank = new Int32Array(tree.gateCount).fill(-1);
    this.gateOfRank.forEach((gate, rank) => {
      this.rank[gate] = rank;
    });
    [this.parentOffsets, this.parents] = parentsOf(tree);
    const { slots, offsets, ofGate } = lossSlots({ requirements });
    this.slots = slots;
    this.slotOffsets = offsets;
    this.slotsOfGate = ofGate;
    const gates: number[][] = slots.map(() => []);
    for (const [gate, list] of ofGate) for (const slot of list) gates[slot].push(gate);
    this.gatesOfTop = Array.from({ length: offsets.length - 1 }, (_, top) =>
      gates.slice(offsets[top], offsets[top + 1]),
    );
  }

  /** Evaluates the partners alone; returns what each loses. */
  start(from: number, to: number): Float64Array {
    const { eventCount, gateCount } = this.tree;
    this.from = from;
    this.to = to;
    this.width = (to - from + 31) >> 5;
    this.words = new Int32Array((eventCount + gateCount) * this.width);
    this.saved = new Int32Array(0);
    for (let b = from; b < to; b += 1)
      this.words[b * this.width + ((b - from) >> 5)] = 1 << ((b - from) & 31);
    this.settle(Array.from(this.gateOfRank.keys()));
    const losses = new Float64Array(to - from);
    for (let top = 0; top < this.weights.length; top += 1) {
      const after = this.slotWords(top);
      const none = after.map(() => new Int32Array(this.width));
      this.addChange(top, none, after, losses);
    }
    return losses;
  }

  /** What each partner loses together with one event more. */
  with(event: number, singles: Float64Array): Float64Array {
    const { width, words, from, to } = this;
    const ranks = this.ranksAbove(event);
    const vertices = [event, ...ranks.map((rank) => this.tree.eventCount + this.gateOfRank[rank])];
    if (this.saved.length < vertices.length * width) this.saved = new Int32Array(vertices.length * width * 2);
    for (const [i, vertex] of vertices.entries())
      this.saved.set(words.subarray(vertex * width, (vertex + 1) * width), i * width);
    const tops = this.topsOf(vertices);
    const before = tops.map((top) => this.slotWords(top));
    words.fill(-1, event * width, (event + 1) * width);
    this.settle(ranks);
    const losses = singles.slice(from, to);
    for (const [i, top] of tops.entries()) this.addChange(top, before[i], this.slotWords(top), losses);
    for (const [i, vertex] of vertices.entries())
      words.set(this.saved.subarray(i * width, (i + 1) * width), vertex * width);
    return losses;
  }

  private ranksAbove(event: number): number[] {
    const { eventCount } = this.tree;
    const seen = new Set<number>();
    const stack = [event];
    for (let vertex = stack.pop(); vertex !== undefined; vertex = stack.pop()) {
      for (let i = this.parentOffsets[vertex]; i < this.parentOffsets[vertex + 1]; i += 1) {
        const gate = this.parents[i];
        if (this.rank[gate] < 0 || seen.has(this.rank[gate])) continue;
        seen.add(this.rank[gate]);
        stack.push(eventCount + gate);
      }
    }
    return [...seen].sort((x, y) => x - y);
  }

  private topsOf(vertices: readonly number[]): number[] {
    const tops = new Set<number>();
    for (const vertex of vertices)
      for (const slot of this.slotsOfGate.get(vertex) ?? []) tops.add(this.slots[slot].top);
    return [...tops].sort((x, y) => x - y);
  }

  /** For each share of a top, the greatest first: in which scenarios a gate with it is down. */
  private slotWords(top: number): Int32Array[] {
    const { width, words } = this;
    return this.gatesOfTop[top].map((gates) => {
      const any = new Int32Array(width);
      for (const gate of gates) for (let w = 0; w < width; w += 1) any[w] |= words[gate * width + w];
      return any;
    });
  }

  /** Adds what a top loses after more than before. */
  private addChange(
    top: number,
    before: readonly Int32Array[],
    after: readonly Int32Array[],
    losses: Float64Array,
  ): void {
    const shareAt = (levels: readonly Int32Array[], w: number, bit: number): number => {
      const level = levels.findIndex((each) => (each[w] & bit) !== 0);
      return level < 0 ? 0 : this.slots[this.slotOffsets[top] + level].share;
    };
    for (let w = 0; w < this.width; w += 1) {
      let changed = 0;
      for (let level = 0; level < after.length; level += 1) changed |= after[level][w] & ~before[level][w];
      for (let left = changed; left !== 0; left &= left - 1) {
        const bit = left & -left;
        const b = w * 32 + 31 - Math.clz32(bit);
        if (b >= losses.length) continue;
        losses[b] += this.weights[top] * (shareAt(after, w, bit) - shareAt(before, w, bit));
      }
    }
  }

  /** Evaluates gates in order of rank; those that need each other until nothing changes. */
  private settle(ranks: readonly number[]): void {
    for (let start = 0; start < ranks.length; ) {
      const component = this.componentOfRank[ranks[start]];
      let end = start + 1;
      while (end < ranks.length && this.componentOfRank[ranks[end]] === component) end += 1;
      for (let isChanged = true; isChanged; ) {
        isChanged = false;
        for (let i = start; i < end; i += 1) {
          if (this.evaluate(this.gateOfRank[ranks[i]])) isChanged = end - start > 1;
        }
      }
      start = end;
    }
  }

  /** Evaluates one gate for all partners; whether a word changed. */
  private evaluate(gate: number): boolean {
    const { tree, width, words } = this;
    const start = tree.childOffsets[gate];
    const end = tree.childOffsets[gate + 1];
    const at = (tree.eventCount + gate) * width;
    let isChanged = false;
    for (let w = 0; w < width; w += 1) {
      const word = this.gateWord(gate, start, end, w);
      if (word === words[at + w]) continue;
      words[at + w] = word;
      isChanged = true;
    }
    return isChanged;
  }

  private gateWord(gate: number, start: number, end: number, w: number): number {
    const { width, words } = this;
    const { children, kinds } = this.tree;
    let word: number;
    switch (kinds[gate]) {
      case GateKind.AND:
        word = -1;
        for (let i = start; i < end && word !== 0; i += 1) word &= words[children[i] * width + w];
        return word;
      case GateKind.OR:
        word = 0;
        for (let i = start; i < end; i += 1) word |= words[children[i] * width + w];
        return word;
      case GateKind.ATLEAST:
        this.counter.clear(end - start);
        for (let i = start; i < end; i += 1) this.counter.add(words[children[i] * width + w]);
        return this.counter.atLeast(this.tree.thresholds[gate]);
      default:
        return 0;
    }
  }
}

/** The best pairs offered so far, the worst of them first to go. */
class BestPairs {
  private readonly kept: PairLoss[] = [];

  constructor(private readonly capacity: number) {}

  offer(first: number, second: number, weight: number, synergy: number): void {
    const { kept, capacity } = this;
    if (capacity === 0 || weight <= 0) return;
    if (kept.length >= capacity && weight < kept[kept.length - 1].weight) return;
    const pair = { first, second, weight, synergy };
    let low = 0;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (comparePairs(kept[middle], pair) <= 0) low = middle + 1;
      else high = middle;
    }
    if (low >= capacity) return;
    kept.splice(low, 0, pair);
    if (kept.length > capacity) kept.pop();
  }

  sorted(): readonly PairLoss[] {
    return this.kept;
  }
}

const comparePairs = (x: PairLoss, y: PairLoss): number =>
  y.weight - x.weight || y.synergy - x.synergy || x.first - y.first || x.second - y.second;
