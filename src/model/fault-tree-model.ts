/** A fault tree as a file states it: names, formulas and probabilities, every reference resolved to an index. */

export type FormulaKind = 'and' | 'or' | 'atleast' | 'not' | 'xor' | 'nand' | 'nor' | 'iff' | 'imply';

export type Formula =
  | { readonly kind: 'event'; readonly index: number }
  | { readonly kind: 'gate'; readonly index: number }
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: FormulaKind; readonly operands: readonly Formula[]; readonly min?: number };

export interface NamedEvent {
  readonly name: string;
  /** Absent where the file gives none. */
  readonly probability?: number;
}

export interface NamedGate {
  readonly name: string;
  readonly formula: Formula;
}

export interface FaultTreeModel {
  /** Files it was read from, for messages. */
  readonly source: string;
  readonly events: readonly NamedEvent[];
  readonly gates: readonly NamedGate[];
  /** Gates that no other gate refers to. */
  readonly tops: readonly number[];
}
