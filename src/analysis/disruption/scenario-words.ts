/**
 * What goes down in many scenarios at once: 32 scenarios in the bits of a word.
 *
 * What: for a coherent fault tree, cycles allowed, the truth of every vertex under every scenario of a word.
 * Formula: OR and AND of words; ATLEAST k by adding the children into bit-sliced counters and comparing with k; in a
 *   strongly connected component the gates are evaluated from "nothing is down" until nothing changes: the least fixed
 *   point, so nothing is down only because of itself.
 * Preconditions: every gate below the tops is AND, OR, ATLEAST or a constant (`isCoherent`).
 * Params: hits name events with a word each; bit s of it is set when scenario s hits the event.
 * Returns: one word a vertex (events first, then gates); bit s set when the vertex is down in scenario s. Gates that no
 *   top reaches stay 0.
 * Complexity: O(a log a) for a arcs into the gates above the hits: what the hits do not reach costs nothing. In a cycle a gate is
 *   evaluated again when a child changed, at most 32 times. Exact.
 * Reference: bit-sliced counters, D. E. Knuth, The Art of Computer Programming 4A, 7.1.3; the fixed point: A. Tarski,
 *   doi:10.2140/pjm.1955.5.285.
 * Example: an AND over events 0 and 1 hit with the words 0b01 and 0b11 gives 0b01.
 */
import { type FaultTree, GateKind } from '../fault-tree/fault-tree';
import { strongComponents } from '../fault-tree/strong-components';
import { WordCounter } from './word-counter';

export const SCENARIOS_A_WORD = 32;

export class ScenarioWords {
  /** Words of all vertices after `evaluate`; those that are not in `touched` are 0. */
  readonly words: Int32Array;
  /** Vertices whose word is not 0, in no particular order. */
  readonly touched: number[] = [];
  /** Place of each gate in an order in which children come first, -1 for gates that no top reaches. */
  private readonly rank: Int32Array;
  private readonly gateOfRank: Int32Array;
  private readonly parentOffsets: Int32Array;
  private readonly parents: Int32Array;
  /** Gates that are down with nothing hit: constants, and what they bring down by themselves. */
  private readonly constant: readonly number[];
  private readonly counter = new WordCounter();
  private readonly pending = new RankQueue();
  private readonly isPending: Uint8Array;

  constructor(private readonly tree: FaultTree) {
    const { eventCount, gateCount } = tree;
    this.words = new Int32Array(eventCount + gateCount);
    this.rank = new Int32Array(gateCount).fill(-1);
    const order = strongComponents(tree, tree.tops).flatMap((component) => Array.from(component));
    this.gateOfRank = Int32Array.from(order, (vertex) => vertex - eventCount);
    this.gateOfRank.forEach((gate, rank) => {
      this.rank[gate] = rank;
    });
    [this.parentOffsets, this.parents] = parentsOf(tree);
    this.isPending = new Uint8Array(gateCount);
    this.constant = Array.from(this.gateOfRank).filter((gate) => this.gateWord(gate) !== 0);
  }

  /** Evaluates 32 scenarios; only what the hit events can reach is looked at. */
  evaluate(hits: readonly { readonly event: number; readonly word: number }[]): void {
    for (const vertex of this.touched) this.words[vertex] = 0;
    this.touched.length = 0;
    for (const { event, word } of hits) this.raise(event, this.words[event] | word);
    for (const gate of this.constant) this.enqueue(gate);
    for (let rank = this.pending.pop(); rank !== undefined; rank = this.pending.pop()) {
      const gate = this.gateOfRank[rank];
      this.isPending[gate] = 0;
      this.raise(this.tree.eventCount + gate, this.gateWord(gate));
    }
  }

  private raise(vertex: number, word: number): void {
    const before = this.words[vertex];
    if (word === before) return;
    if (before === 0) this.touched.push(vertex);
    this.words[vertex] = word;
    for (let i = this.parentOffsets[vertex]; i < this.parentOffsets[vertex + 1]; i++)
      this.enqueue(this.parents[i]);
  }

  private enqueue(gate: number): void {
    if (this.rank[gate] < 0 || this.isPending[gate] === 1) return;
    this.isPending[gate] = 1;
    this.pending.push(this.rank[gate]);
  }

  private gateWord(gate: number): number {
    const { kinds, childOffsets, children, thresholds } = this.tree;
    const start = childOffsets[gate];
    const end = childOffsets[gate + 1];
    let word: number;
    switch (kinds[gate]) {
      case GateKind.TRUE:
        return -1;
      case GateKind.AND:
        word = -1;
        for (let i = start; i < end; i++) word &= this.words[children[i]];
        return word;
      case GateKind.OR:
        word = 0;
        for (let i = start; i < end; i++) word |= this.words[children[i]];
        return word;
      case GateKind.ATLEAST:
        this.counter.clear(end - start);
        for (let i = start; i < end; i++) this.counter.add(this.words[children[i]]);
        return this.counter.atLeast(thresholds[gate]);
      default:
        return 0;
    }
  }
}

/** Gates above every vertex, in compressed sparse rows. */
export function parentsOf(tree: FaultTree): [Int32Array, Int32Array] {
  const { eventCount, gateCount, childOffsets, children } = tree;
  const offsets = new Int32Array(eventCount + gateCount + 1);
  for (const child of children) offsets[child + 1]++;
  for (let vertex = 0; vertex < eventCount + gateCount; vertex++) offsets[vertex + 1] += offsets[vertex];
  const next = offsets.slice();
  const parents = new Int32Array(children.length);
  for (let gate = 0; gate < gateCount; gate++) {
    for (let i = childOffsets[gate]; i < childOffsets[gate + 1]; i++) parents[next[children[i]]++] = gate;
  }
  return [offsets, parents];
}

/** A binary heap of ranks, least first. */
export class RankQueue {
  private readonly heap: number[] = [];

  push(rank: number): void {
    const { heap } = this;
    let at = heap.push(rank) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (heap[above] <= rank) break;
      heap[at] = heap[above];
      at = above;
    }
    heap[at] = rank;
  }

  pop(): number | undefined {
    const { heap } = this;
    const least = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return least;
    let at = 0;
    for (let below = 1; below < heap.length; below = 2 * at + 1) {
      if (below + 1 < heap.length && heap[below + 1] < heap[below]) below++;
      if (heap[below] >= last) break;
      heap[at] = heap[below];
      at = below;
    }
    heap[at] = last;
    return least;
  }
}
