/**
 * Evaluates a doubtful system in 32 scenarios at once: facts differ from scenario to scenario, the hits are the same.
 *
 * What: which gates are down, and what weight is lost, in each of the 32 scenarios of a block when some events happen.
 * Formula: words of facts -> words of conditions (OR over ways of AND over facts) -> words of gates, from the hits upward;
 *   SHORT gates add existing children that are up, and those that are down, into bit-sliced counters.
 * Preconditions: as of DoubtfulSystem; one word a fact, bit s set where the fact holds in scenario s.
 * Returns: `lossWords` gives the weight lost in each scenario; sums run over tops in ascending order, so equal inputs give
 *   equal bits.
 * Complexity: O(facts in conditions) a block, then O(a log a) a hit for the a arcs into gates above it. Exact.
 * Reference: bit-sliced counters, D. E. Knuth, The Art of Computer Programming 4A, 7.1.3.
 * Example: a fact word 0b01 lets its arc exist in scenario 0 only.
 */
import { strongComponents } from '../fault-tree/strong-components';
import { type DoubtfulSystem, type LossSlot, lossSlots, Rule } from './doubtful-system';
import { parentsOf, RankQueue } from './scenario-words';
import { WordCounter } from './word-counter';

export class DoubtfulWords {
  /** Word of every vertex after `hit`; those not in `touched` are 0. */
  readonly words: Int32Array;
  readonly touched: number[] = [];
  private readonly conditionWords: Int32Array;
  private readonly rank: Int32Array;
  private readonly gateOfRank: Int32Array;
  private readonly parentOffsets: Int32Array;
  private readonly parents: Int32Array;
  private readonly pending = new RankQueue();
  private readonly isPending: Uint8Array;
  private readonly ups = new WordCounter();
  private readonly downs = new WordCounter();
  private readonly slots: readonly LossSlot[];
  private readonly slotOffsets: Int32Array;
  private readonly slotsOfGate: ReadonlyMap<number, readonly number[]>;
  private readonly slotWords: Int32Array;
  private readonly losses = new Float64Array(32);

  constructor(private readonly system: DoubtfulSystem) {
    const { tree, conditionOffsets } = system;
    this.words = new Int32Array(tree.eventCount + tree.gateCount);
    this.conditionWords = new Int32Array(Math.max(0, conditionOffsets.length - 1));
    this.rank = new Int32Array(tree.gateCount).fill(-1);
    const order = strongComponents(tree, tree.tops).flatMap((component) => Array.from(component));
    this.gateOfRank = Int32Array.from(order, (vertex) => vertex - tree.eventCount);
    this.gateOfRank.forEach((gate, rank) => {
      this.rank[gate] = rank;
    });
    [this.parentOffsets, this.parents] = parentsOf(tree);
    this.isPending = new Uint8Array(tree.gateCount);
    const { slots, offsets, ofGate } = lossSlots(system);
    this.slots = slots;
    this.slotOffsets = offsets;
    this.slotsOfGate = ofGate;
    this.slotWords = new Int32Array(slots.length);
  }

  /** Takes the facts of a block of scenarios. */
  setFacts(factWords: Int32Array): void {
    const { conditionOffsets, wayOffsets, wayFacts } = this.system;
    for (let condition = 0; condition < this.conditionWords.length; condition += 1) {
      let word = 0;
      for (let way = conditionOffsets[condition]; way < conditionOffsets[condition + 1]; way += 1) {
        let holds = -1;
        for (let i = wayOffsets[way]; i < wayOffsets[way + 1]; i += 1) holds &= factWords[wayFacts[i]];
        word |= holds;
      }
      this.conditionWords[condition] = word;
    }
  }

  /** Lets some events happen in every scenario; only what they can reach is looked at. */
  hit(events: ArrayLike<number>): void {
    for (const vertex of this.touched) this.words[vertex] = 0;
    this.touched.length = 0;
    for (let i = 0; i < events.length; i += 1) this.raise(events[i], -1);
    for (let rank = this.pending.pop(); rank !== undefined; rank = this.pending.pop()) {
      const gate = this.gateOfRank[rank];
      this.isPending[gate] = 0;
      this.raise(this.system.tree.eventCount + gate, this.gateWord(gate));
    }
  }

  /** Weight lost in each of the 32 scenarios after `hit`, or undefined where nothing is; valid until the next call. */
  lossWords(): Float64Array | undefined {
    const { slotWords, slotsOfGate, slots, slotOffsets } = this;
    const tops = new Set<number>();
    for (const vertex of this.touched) {
      for (const slot of slotsOfGate.get(vertex) ?? []) {
        slotWords[slot] |= this.words[vertex];
        tops.add(slots[slot].top);
      }
    }
    if (tops.size === 0) return undefined;
    this.losses.fill(0);
    for (const top of [...tops].sort((a, b) => a - b)) {
      let left = -1;
      for (let slot = slotOffsets[top]; slot < slotOffsets[top + 1]; slot += 1) {
        this.addLoss(slotWords[slot] & left, this.system.weights[top] * slots[slot].share);
        left &= ~slotWords[slot];
        slotWords[slot] = 0;
      }
    }
    return this.losses;
  }

  private addLoss(word: number, loss: number): void {
    for (let left = word; left !== 0; left &= left - 1) this.losses[31 - Math.clz32(left & -left)] += loss;
  }

  private raise(vertex: number, word: number): void {
    const before = this.words[vertex];
    if (word === before) return;
    if (before === 0) this.touched.push(vertex);
    this.words[vertex] = word;
    for (let i = this.parentOffsets[vertex]; i < this.parentOffsets[vertex + 1]; i += 1) {
      const gate = this.parents[i];
      if (this.rank[gate] < 0 || this.isPending[gate] === 1) continue;
      this.isPending[gate] = 1;
      this.pending.push(this.rank[gate]);
    }
  }

  private gateWord(gate: number): number {
    const { tree, rules, conditions } = this.system;
    if (rules[gate] === Rule.NEVER) return 0;
    if (rules[gate] === Rule.SHORT) return this.shortWord(gate);
    let word = 0;
    for (let arc = tree.childOffsets[gate]; arc < tree.childOffsets[gate + 1]; arc += 1) {
      const condition = conditions[arc];
      word |= this.words[tree.children[arc]] & (condition < 0 ? -1 : this.conditionWords[condition]);
    }
    return word;
  }

  /** Down where ups <= wanted - spare - 1 and downs >= spare + 1: the second says ups + spare < existing. */
  private shortWord(gate: number): number {
    const { tree, wanted, spare, conditions } = this.system;
    const most = wanted[gate] - spare[gate] - 1;
    if (most < 0) return 0;
    const start = tree.childOffsets[gate];
    const end = tree.childOffsets[gate + 1];
    this.ups.clear(end - start);
    this.downs.clear(end - start);
    for (let arc = start; arc < end; arc += 1) {
      const condition = conditions[arc];
      const exists = condition < 0 ? -1 : this.conditionWords[condition];
      const down = this.words[tree.children[arc]];
      this.ups.add(exists & ~down);
      this.downs.add(exists & down);
    }
    return ~this.ups.atLeast(most + 1) & this.downs.atLeast(spare[gate] + 1);
  }
}
