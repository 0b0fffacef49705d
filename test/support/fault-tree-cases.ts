/** Random fault trees for fast-check, and the brute force they are held against. */
import * as fc from 'fast-check';
import {
  evaluate,
  type FaultTree,
  FaultTreeBuilder,
  GateKind,
} from '../../src/analysis/fault-tree/fault-tree';

/** Cases a property is tried on; ATLAS_FUZZ multiplies them for long runs. */
export const cases = (count: number): number => count * Number(process.env.ATLAS_FUZZ ?? 1);

export interface TreeShape {
  readonly maxEvents: number;
  readonly maxGates: number;
  readonly hasCycles?: boolean;
  readonly isCoherent?: boolean;
  /** Constants among the gates; true if not given. */
  readonly hasConstants?: boolean;
}

const COHERENT = [GateKind.AND, GateKind.OR, GateKind.AND, GateKind.OR, GateKind.ATLEAST];
const WITH_CONSTANTS = [...COHERENT, GateKind.TRUE, GateKind.FALSE];
const EVERY = [
  ...WITH_CONSTANTS,
  GateKind.NOT,
  GateKind.XOR,
  GateKind.NAND,
  GateKind.NOR,
  GateKind.IFF,
  GateKind.IMPLY,
];

interface DrawnGate {
  readonly kind: GateKind;
  readonly children: readonly number[];
  readonly threshold: number;
}

/** Draws a tree; in an acyclic one gate i refers to events and to gates before it. The last gate is the top. */
export function arbitraryTree(shape: TreeShape): fc.Arbitrary<FaultTree> {
  const coherent = shape.hasConstants === false ? COHERENT : WITH_CONSTANTS;
  const kinds = shape.isCoherent === false ? EVERY : coherent;
  const drawnGate = fc.record({
    kind: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...COHERENT) }, fc.constantFrom(...kinds)),
    children: fc.array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 5 }),
    threshold: fc.integer({ min: 1, max: 4 }),
  });
  return fc
    .record({
      eventCount: fc.integer({ min: 1, max: shape.maxEvents }),
      gates: fc.array(drawnGate, { minLength: 1, maxLength: shape.maxGates }),
      probabilities: fc.array(fc.integer({ min: 0, max: 100 }), {
        minLength: shape.maxEvents,
        maxLength: shape.maxEvents,
      }),
    })
    .map(({ eventCount, gates, probabilities }) =>
      assemble(
        eventCount,
        gates,
        Float64Array.from(probabilities.slice(0, eventCount), (p) => p / 100),
        shape,
      ),
    );
}

function assemble(
  eventCount: number,
  gates: readonly DrawnGate[],
  probabilities: Float64Array,
  shape: TreeShape,
): FaultTree {
  const builder = new FaultTreeBuilder(eventCount);
  for (const [index, gate] of gates.entries()) {
    const known = eventCount + (shape.hasCycles ? gates.length : index);
    const wanted = gate.children.map((child) =>
      child % 2 === 0 ? known - 1 - ((child >> 1) % known) : (child >> 1) % known,
    );
    builder.gate(gate.kind, childrenFor(gate.kind, wanted), Math.min(gate.threshold, wanted.length));
  }
  return builder.build({ tops: [eventCount + gates.length - 1], probabilities });
}

function childrenFor(kind: GateKind, wanted: readonly number[]): readonly number[] {
  if (kind === GateKind.TRUE || kind === GateKind.FALSE) return [];
  if (kind === GateKind.NOT) return wanted.slice(0, 1);
  if (kind === GateKind.IMPLY) return [wanted[0], wanted[wanted.length - 1]];
  return wanted;
}

/** Truth of `vertex` under each of the 2^n states of the events; bit e of the index is event e. */
export function truthTable(tree: FaultTree, vertex: number): Uint8Array {
  const table = new Uint8Array(1 << tree.eventCount);
  for (let state = 0; state < table.length; state += 1)
    table[state] = evaluate(tree, eventsOf(state))[vertex];
  return table;
}

export function eventsOf(state: number): number[] {
  const events: number[] = [];
  for (let e = 0; state >> e !== 0; e += 1) if ((state >> e) & 1) events.push(e);
  return events;
}

/** Minimal cut sets of the coherent hull: minimal states of "true in some state contained in it". */
export function bruteCutSets(table: Uint8Array): number[][] {
  const hull = Uint8Array.from(table);
  for (let bit = 1; bit < hull.length; bit <<= 1) {
    for (let state = 0; state < hull.length; state += 1) if (state & bit) hull[state] |= hull[state ^ bit];
  }
  const sets: number[][] = [];
  for (let state = 0; state < hull.length; state += 1) {
    if (hull[state] && eventsOf(state).every((e) => !hull[state ^ (1 << e)])) sets.push(eventsOf(state));
  }
  return sets.sort(bySizeThenElements);
}

export function bySizeThenElements(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return a[i] - b[i];
  return 0;
}

/** Probability that the table is true. */
export function bruteProbability(table: Uint8Array, probabilities: ArrayLike<number>): number {
  let sum = 0;
  for (let state = 0; state < table.length; state += 1) {
    if (!table[state]) continue;
    let p = 1;
    for (let e = 0; 1 << e < table.length; e += 1)
      p *= (state >> e) & 1 ? probabilities[e] : 1 - probabilities[e];
    sum += p;
  }
  return sum;
}
