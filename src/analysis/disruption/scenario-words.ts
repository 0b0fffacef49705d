/**
 * What goes down in many scenarios at once: 32 scenarios in the bits of a word.
 *
 * What: for a coherent fault tree, cycles allowed, the truth of every vertex under every scenario of a word.
 * Formula: OR and AND of words; ATLEAST k by adding the children into bit-sliced counters and comparing with k; in a
 *   strongly connected component the gates are evaluated from "nothing is down" until nothing changes: the least fixed
 *   point, so nothing is down only because of itself.
 * Preconditions: every gate below the tops is AND, OR, ATLEAST or a constant (`isCoherent`).
 * Params: eventWords[e] has bit s set when scenario s hits event e.
 * Returns: one word a vertex (events first, then gates); bit s set when the vertex is down in scenario s. Gates that no
 *   top reaches stay 0.
 * Complexity: O(arcs) words a sweep; one sweep for acyclic parts, at most one more than the component's depth for cycles.
 *   Exact.
 * Reference: bit-sliced counters, D. E. Knuth, The Art of Computer Programming 4A, 7.1.3; the fixed point: A. Tarski,
 *   doi:10.2140/pjm.1955.5.285.
 * Example: an AND over events 0 and 1 with words [0b01, 0b11] gives 0b01.
 */
import { type FaultTree, GateKind } from '../fault-tree/fault-tree';
import { strongComponents } from '../fault-tree/strong-components';

export const SCENARIOS_A_WORD = 32;

export class ScenarioWords {
  private readonly components: readonly Int32Array[];
  private readonly words: Int32Array;
  private readonly slices = new Int32Array(32);

  constructor(private readonly tree: FaultTree) {
    this.components = strongComponents(tree, tree.tops);
    this.words = new Int32Array(tree.eventCount + tree.gateCount);
  }

  /** Words of all vertices; the array is overwritten by the next call. */
  evaluate(eventWords: ArrayLike<number>): Int32Array {
    const { words, tree } = this;
    words.fill(0);
    for (let event = 0; event < tree.eventCount; event++) words[event] = eventWords[event];
    for (const component of this.components) {
      const isCyclic = component.length > 1 || this.isOwnChild(component[0]);
      for (let isChanged = true; isChanged; ) {
        isChanged = false;
        for (const vertex of component) {
          const word = this.gateWord(vertex - tree.eventCount);
          if (word !== words[vertex]) {
            words[vertex] = word;
            isChanged = isCyclic;
          }
        }
      }
    }
    return words;
  }

  private isOwnChild(vertex: number): boolean {
    const gate = vertex - this.tree.eventCount;
    const { childOffsets, children } = this.tree;
    return children.subarray(childOffsets[gate], childOffsets[gate + 1]).includes(vertex);
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
        return this.atLeast(start, end, thresholds[gate]);
      default:
        return 0;
    }
  }

  /** Adds the children's words into bit-sliced counters and compares each of the 32 counts with k. */
  private atLeast(start: number, end: number, k: number): number {
    if (k <= 0) return -1;
    if (k > end - start) return 0;
    const { slices, words } = this;
    const { children } = this.tree;
    const width = 32 - Math.clz32(end - start);
    slices.fill(0, 0, width);
    for (let i = start; i < end; i++) {
      let carry = words[children[i]];
      for (let bit = 0; carry !== 0 && bit < width; bit++) {
        const next = slices[bit] & carry;
        slices[bit] ^= carry;
        carry = next;
      }
    }
    let greater = 0;
    let equal = -1;
    for (let bit = width - 1; bit >= 0; bit--) {
      if ((k >>> bit) & 1) equal &= slices[bit];
      else {
        greater |= equal & slices[bit];
        equal &= ~slices[bit];
      }
    }
    return greater | equal;
  }
}
