/** Random doubtful systems for fast-check, and what brute force says of them: written from the rules alone. */
import fc from 'fast-check';
import { type DoubtfulSystem, Rule } from '../../src/analysis/disruption/doubtful-system';
import type { FactDoubt } from '../../src/analysis/disruption/fact-doubt';
import { FaultTreeBuilder, GateKind } from '../../src/analysis/fault-tree/fault-tree';

const gate = fc.record({
  rule: fc.constantFrom(Rule.ANY, Rule.ANY, Rule.SHORT, Rule.SHORT, Rule.NEVER),
  wanted: fc.integer({ min: 1, max: 3 }),
  spare: fc.constantFrom(0, 0, 1),
  arcs: fc.uniqueArray(
    fc.record({
      child: fc.nat(999),
      ways: fc.option(
        fc.array(fc.array(fc.nat(999), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }),
      ),
    }),
    { maxLength: 4, selector: ({ child }) => child },
  ),
});

/** Systems of up to 4 events, 7 gates and 5 facts, with cycles; some arcs always exist. */
export const doubtfulSystem: fc.Arbitrary<DoubtfulSystem> = fc
  .record({
    eventCount: fc.integer({ min: 1, max: 4 }),
    factCount: fc.integer({ min: 1, max: 5 }),
    gates: fc.array(gate, { minLength: 1, maxLength: 7 }),
    tops: fc.array(
      fc.record({
        weight: fc.integer({ min: 0, max: 5 }),
        needs: fc.array(fc.record({ gate: fc.nat(999), share: fc.constantFrom(0, 0.25, 0.5, 1, 1) }), {
          minLength: 1,
          maxLength: 3,
        }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ eventCount, factCount, gates, tops }) => {
    const builder = new FaultTreeBuilder(eventCount);
    const vertices = gates.map(() => builder.declare());
    const conditions: number[] = [];
    const conditionOffsets = [0];
    const wayOffsets = [0];
    const wayFacts: number[] = [];
    for (const [index, { arcs }] of gates.entries()) {
      const children = [...new Set(arcs.map(({ child }) => child % (eventCount + gates.length)))];
      builder.define(vertices[index], GateKind.OR, children);
      for (const i of children.keys()) {
        const { ways } = arcs[i];
        conditions.push(ways === null ? -1 : conditionOffsets.length - 1);
        if (ways === null) continue;
        for (const way of ways) {
          wayFacts.push(...way.map((fact) => fact % factCount));
          wayOffsets.push(wayFacts.length);
        }
        conditionOffsets.push(wayOffsets.length - 1);
      }
    }
    const requirements = tops.map(({ needs }) =>
      needs.map((need) => ({ gate: vertices[need.gate % gates.length], share: need.share })),
    );
    return {
      tree: builder.build({ tops: requirements.flat().map((each) => each.gate) }),
      rules: Uint8Array.from(gates, (each) => each.rule),
      wanted: Int32Array.from(gates, (each) => each.wanted),
      spare: Int32Array.from(gates, (each) => each.spare),
      conditions: Int32Array.from(conditions),
      conditionOffsets: Int32Array.from(conditionOffsets),
      wayOffsets: Int32Array.from(wayOffsets),
      wayFacts: Int32Array.from(wayFacts),
      factCount,
      weights: Float64Array.from(tops, ({ weight }) => weight),
      requirements,
    };
  });

/** Doubt over the facts of a system: up to 2 origins, up to 2 claims a fact. */
export const doubtOver = (system: DoubtfulSystem): fc.Arbitrary<FactDoubt> =>
  fc
    .record({
      origins: fc.array(fc.constantFrom(0.5, 0.9, 1), { minLength: 2, maxLength: 2 }),
      claims: fc.array(
        fc.array(fc.record({ origin: fc.constantFrom(-1, 0, 1), p: fc.constantFrom(0, 0.3, 0.8, 1) }), {
          minLength: 1,
          maxLength: 2,
        }),
        { minLength: system.factCount, maxLength: system.factCount },
      ),
    })
    .map(({ origins, claims }) => {
      const offsets = [0];
      for (const list of claims) offsets.push(offsets[offsets.length - 1] + list.length);
      const flat = claims.flat();
      return {
        originP: Float64Array.from(origins),
        originKeys: Int32Array.from(origins, (_, i) => 7919 * (i + 1)),
        claimOffsets: Int32Array.from(offsets),
        claimOrigins: Int32Array.from(flat, (each) => each.origin),
        claimP: Float64Array.from(flat, (each) => each.p),
        claimKeys: Int32Array.from(flat, (_, i) => 104729 * (i + 1)),
      };
    });

/** Which vertices are down in one state of the facts: the least set that the rules force. */
export function downIn(
  system: DoubtfulSystem,
  holds: readonly boolean[],
  hits: readonly number[],
): Set<number> {
  const { tree, rules, conditions, conditionOffsets, wayOffsets, wayFacts } = system;
  const down = new Set(hits);
  const exists = (arc: number): boolean => {
    const condition = conditions[arc];
    if (condition < 0) return true;
    for (let way = conditionOffsets[condition]; way < conditionOffsets[condition + 1]; way += 1) {
      if (Array.from(wayFacts.subarray(wayOffsets[way], wayOffsets[way + 1])).every((fact) => holds[fact]))
        return true;
    }
    return false;
  };
  const isDown = (gateIndex: number): boolean => {
    if (rules[gateIndex] === Rule.NEVER) return false;
    const children: number[] = [];
    for (let arc = tree.childOffsets[gateIndex]; arc < tree.childOffsets[gateIndex + 1]; arc += 1)
      if (exists(arc)) children.push(tree.children[arc]);
    const lost = children.filter((child) => down.has(child)).length;
    if (rules[gateIndex] === Rule.ANY) return lost > 0;
    const up = children.length - lost + system.spare[gateIndex];
    return children.length > 0 && up < Math.min(system.wanted[gateIndex], children.length);
  };
  for (let size = -1; size !== down.size; ) {
    size = down.size;
    for (let g = 0; g < tree.gateCount; g += 1) if (isDown(g)) down.add(tree.eventCount + g);
  }
  return down;
}

export function lossIn(system: DoubtfulSystem, holds: readonly boolean[], hits: readonly number[]): number {
  const down = downIn(system, holds, hits);
  return system.requirements.reduce((sum, needs, top) => {
    const shares = needs.filter(({ gate: vertex }) => down.has(vertex)).map(({ share }) => share);
    return sum + system.weights[top] * Math.max(0, ...shares);
  }, 0);
}

/** Every state of the facts. */
export const statesOf = (factCount: number): boolean[][] =>
  Array.from({ length: 1 << factCount }, (_, state) =>
    Array.from({ length: factCount }, (_each, fact) => ((state >> fact) & 1) === 1),
  );

/** Every state of origins and claims that can be, with its chance and the facts that hold in it. */
export function doubtStates(doubt: FactDoubt): { p: number; holds: boolean[] }[] {
  const { originP, claimOffsets, claimOrigins, claimP } = doubt;
  const ps = [...originP, ...claimP];
  const states: { p: number; holds: boolean[] }[] = [];
  for (let state = 0; state < 1 << ps.length; state += 1) {
    const p = ps.reduce((product, each, i) => product * ((state >> i) & 1 ? each : 1 - each), 1);
    if (p === 0) continue;
    const isRight = (i: number): boolean => ((state >> i) & 1) === 1;
    const holds = Array.from({ length: claimOffsets.length - 1 }, (_, fact) => {
      for (let i = claimOffsets[fact]; i < claimOffsets[fact + 1]; i += 1)
        if ((claimOrigins[i] < 0 || isRight(claimOrigins[i])) && isRight(originP.length + i)) return true;
      return false;
    });
    states.push({ p, holds });
  }
  return states;
}
