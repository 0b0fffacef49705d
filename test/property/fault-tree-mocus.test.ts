import * as fc from 'fast-check';
import { type FaultTree, FaultTreeBuilder, GateKind } from '../../src/analysis/fault-tree/fault-tree';
import { minimalCutSets, minimalCutSetsOfAll } from '../../src/analysis/fault-tree/mocus';
import {
  arbitraryTree,
  bruteCutSets,
  bySizeThenElements,
  cases,
  truthTable,
} from '../support/fault-tree-cases';

const lists = (sets: readonly Int32Array[]): number[][] => sets.map((set) => Array.from(set));

describe('minimal cut sets by expansion', () => {
  test.each([
    ['acyclic', false],
    ['cyclic', true],
  ])('equal brute force on %s coherent trees', (_name, hasCycles) => {
    fc.assert(
      fc.property(arbitraryTree({ maxEvents: 8, maxGates: 12, hasCycles }), (tree) => {
        const top = tree.tops[0];
        expect(lists(minimalCutSets(tree, top).sets)).toEqual(bruteCutSets(truthTable(tree, top)));
      }),
      { numRuns: cases(750), seed: 7 },
    );
  });

  test('an order limit keeps exactly the sets up to it, for all vertices at once', () => {
    fc.assert(
      fc.property(
        arbitraryTree({ maxEvents: 7, maxGates: 9, hasCycles: true }),
        fc.nat({ max: 4 }),
        (tree, maxOrder) => {
          const tops = Array.from({ length: tree.eventCount + tree.gateCount }, (_, vertex) => vertex);
          for (const [top, found] of minimalCutSetsOfAll(tree, tops, { maxOrder }).entries()) {
            const expected = bruteCutSets(truthTable(tree, top)).filter((set) => set.length <= maxOrder);
            expect(found.status).toBe('complete');
            expect(lists(found.sets)).toEqual(expected);
          }
        },
      ),
      { numRuns: cases(200), seed: 11 },
    );
  });

  test('nothing is down only because of itself: A <-> B', () => {
    const builder = new FaultTreeBuilder(2);
    const a = builder.declare();
    const b = builder.declare();
    builder.define(a, GateKind.OR, [0, b]);
    builder.define(b, GateKind.OR, [1, a]);
    const both = builder.gate(GateKind.AND, [a, b]);
    const circular = builder.declare();
    builder.define(circular, GateKind.AND, [circular, 0]);
    const tree = builder.build({ tops: [a] });
    expect(lists(minimalCutSets(tree, both).sets)).toEqual([[0], [1]]);
    expect(minimalCutSets(tree, circular).count).toBe(0);
  });

  test('cheapest sets first, and the cap keeps the cheapest', () => {
    const builder = new FaultTreeBuilder(4);
    const pair = builder.gate(GateKind.AND, [1, 2]);
    const tree = builder.build({ tops: [builder.gate(GateKind.OR, [0, pair, 3])] });
    const cost = [5, 1, 1, 2];
    const all = minimalCutSets(tree, tree.tops[0], { cost });
    expect(lists(all.sets)).toEqual([[3], [1, 2], [0]]);
    const two = minimalCutSets(tree, tree.tops[0], { cost, maxSets: 2 });
    expect([two.status, lists(two.sets)]).toEqual(['truncated', [[3], [1, 2]]]);
  });

  test('a deadline or a memory limit leaves every set up to the completed order', () => {
    const tree = parallelOfSeries(8, 4);
    let asked = 0;
    const late = minimalCutSets(tree, tree.tops[0], { deadline: () => ++asked > 40 });
    expect(late.status).toBe('stopped');
    const small = minimalCutSets(tree, tree.tops[0], { maxFamily: 1000 });
    expect([small.status, small.count]).toEqual(['stopped', 0]);
    expect(small.completeOrder).toBeGreaterThanOrEqual(3);
    expect(minimalCutSets(tree, tree.tops[0]).count).toBe(4 ** 8);
  });

  test('relabelling events relabels the sets', () => {
    fc.assert(
      fc.property(arbitraryTree({ maxEvents: 7, maxGates: 8 }), (tree) => {
        const last = tree.eventCount - 1;
        const children = tree.children.map((child) => (child <= last ? last - child : child));
        const mirrored = minimalCutSets({ ...tree, children }, tree.tops[0]);
        const expected = lists(minimalCutSets(tree, tree.tops[0]).sets).map((set) =>
          set.map((e) => last - e).sort((x, y) => x - y),
        );
        expect(lists(mirrored.sets)).toEqual(expected.sort(bySizeThenElements));
      }),
      { numRuns: cases(150), seed: 13 },
    );
  });

  test('a tree that is not coherent is refused', () => {
    const builder = new FaultTreeBuilder(1);
    const tree = builder.build({ tops: [builder.gate(GateKind.NOT, [0])] });
    expect(() => minimalCutSets(tree, tree.tops[0])).toThrow(RangeError);
  });
});

/** `width` suppliers, any of whose `length` parts takes it down; all must be down. */
function parallelOfSeries(width: number, length: number): FaultTree {
  const builder = new FaultTreeBuilder(width * length);
  const suppliers = Array.from({ length: width }, (_, w) =>
    builder.gate(
      GateKind.OR,
      Array.from({ length }, (_unused, i) => w * length + i),
    ),
  );
  return builder.build({ tops: [builder.gate(GateKind.AND, suppliers)] });
}
