/**
 * A failure system whose arcs may not exist: what confidence and explanation work on.
 *
 * What: gates as of a fault tree, each by a rule, and arcs that exist only while their condition holds. A condition is a
 *   list of ways, each the facts that must hold together; facts hold or not, by chance or as the caller says.
 * Formula: down(ANY) = an existing child is down; down(SHORT) = fewer existing children than min(wanted, existing) are up,
 *   `spare` up ones added, and at least one exists; NEVER is never down. Cycles mean the least fixed point.
 * Preconditions: gate g of `tree` has the rule `rules[g]`; conditions align with `tree.children`, -1 where the arc always
 *   exists; the arc of an event below its own gate has none.
 * Reference: docs/analysis/confidence.md.
 * Example: one SHORT gate (wanted 1) over two suppliers, the second in doubt: hitting the first stops it whenever the
 *   second does not exist.
 */
import type { FaultTree } from '../fault-tree/fault-tree';
import type { WeightedRequirement } from './removal-losses';

export const Rule = { ANY: 0, SHORT: 1, NEVER: 2 } as const;
export type Rule = (typeof Rule)[keyof typeof Rule];

export interface DoubtfulSystem {
  /** Structure only: kinds and thresholds of the gates are those of `rules`, `wanted` and `spare`. */
  readonly tree: FaultTree;
  readonly rules: Uint8Array;
  readonly wanted: Int32Array;
  readonly spare: Int32Array;
  /** Of every arc, in the order of `tree.children`. */
  readonly conditions: Int32Array;
  /** Ways of condition c: wayOffsets[conditionOffsets[c]] .. in `wayFacts`. */
  readonly conditionOffsets: Int32Array;
  readonly wayOffsets: Int32Array;
  readonly wayFacts: Int32Array;
  readonly factCount: number;
  /** Weight of each top, and the gates that take a share of it while they are down. */
  readonly weights: Float64Array;
  readonly requirements: readonly (readonly WeightedRequirement[])[];
}

/** A gate that takes a share of a top. */
export interface LossSlot {
  readonly top: number;
  readonly share: number;
}

/** Distinct shares of every top, the greatest first, and the slots that each gate fills. */
export function lossSlots(system: Pick<DoubtfulSystem, 'requirements'>): {
  readonly slots: readonly LossSlot[];
  /** First slot of each top, and one past the last. */
  readonly offsets: Int32Array;
  readonly ofGate: ReadonlyMap<number, readonly number[]>;
} {
  const slots: LossSlot[] = [];
  const offsets = new Int32Array(system.requirements.length + 1);
  const ofGate = new Map<number, number[]>();
  for (const [top, list] of system.requirements.entries()) {
    const shares = [...new Set(list.map(({ share }) => share))]
      .filter((share) => share > 0)
      .sort((a, b) => b - a);
    for (const { gate, share } of list) {
      const place = shares.indexOf(share);
      if (place < 0) continue;
      const known = ofGate.get(gate);
      if (known) known.push(slots.length + place);
      else ofGate.set(gate, [slots.length + place]);
    }
    for (const share of shares) slots.push({ top, share });
    offsets[top + 1] = slots.length;
  }
  return { slots, offsets, ofGate };
}
