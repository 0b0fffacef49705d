import fc from 'fast-check';
import {
  advance,
  compilePredicate,
  EMPTY_PROJECTION,
  type Projection,
  reachDistribution,
  sharedNeighbours,
} from '../../src/analysis';

const COUNT = 6;
const vertex = fc.nat(COUNT - 1);
type Link = readonly [number, number, string, boolean];
const link: fc.Arbitrary<Link> = fc.tuple(vertex, vertex, fc.constantFrom('E', 'F'), fc.boolean());
const links = fc.array(link, { maxLength: 14 });

const projectionOf = (given: readonly Link[]): Projection =>
  advance(EMPTY_PROJECTION, {
    seq: 1,
    vertices: Array.from({ length: COUNT }, (_, i) => ({ id: `v${i}`, cells: { type: 'T' } })),
    edges: given.map(([from, to, type, revoked], i) => ({
      id: `e${String(i).padStart(2, '0')}`,
      from: `v${from}`,
      to: `v${to}`,
      cells: { type, ...(revoked ? { revoked } : {}) },
    })),
    deleted: new Set(),
  });
const step = fc.record({
  edgeType: fc.constantFrom('E', 'F', 'G'),
  direction: fc.constantFrom('out' as const, 'in' as const),
  mayStay: fc.boolean(),
  isActiveOnly: fc.boolean(),
  notTo: fc.option(vertex),
});
type Step = Parameters<typeof fromStep>[1];
function fromStep(
  given: readonly Link[],
  each: {
    edgeType: string;
    direction: 'out' | 'in';
    mayStay: boolean;
    isActiveOnly: boolean;
    notTo: number | null;
  },
  at: number,
): number[] {
  const ends = given.flatMap(([from, to, type, revoked]) => {
    const [near, far] = each.direction === 'out' ? [from, to] : [to, from];
    return near === at && type === each.edgeType && !(each.isActiveOnly && revoked) && far !== each.notTo
      ? [far]
      : [];
  });
  return ends.length === 0 && each.mayStay ? [at] : [...new Set(ends)];
}
const pathStep = (given: readonly Link[], each: Step) => ({
  ...each,
  acceptsEdge: (edge: number) => !each.isActiveOnly || !given[edge][3],
  acceptsEnd: (end: number) => end !== each.notTo,
});

describe('figures over relations, by trying everything', () => {
  it('count what paths lead to', () => {
    const paths = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(links, paths, fc.uniqueArray(vertex), (given, steps, list) => {
        const found = reachDistribution(
          projectionOf(given),
          list,
          steps.map((path) => path.map((each) => pathStep(given, each))),
        );
        const reached = list.map(
          (start) =>
            new Set(
              steps.flatMap((path) =>
                path.reduce<number[]>(
                  (front, each) => [...new Set(front.flatMap((at) => fromStep(given, each, at)))],
                  [start],
                ),
              ),
            ),
        );
        const expected = Array.from({ length: COUNT }, (_, value) => ({
          value,
          count: reached.filter((set) => set.has(value)).length,
        }))
          .filter(({ count }) => count > 0)
          .sort((a, b) => b.count - a.count || a.value - b.value);
        expect(found).toEqual({ buckets: expected, missing: reached.filter((set) => set.size === 0).length });
      }),
    );
  });

  it('list what pairs share, and stop where too many would be compared', () => {
    fc.assert(
      fc.property(links, step, fc.uniqueArray(vertex), (given, each, list) => {
        const sets = list.map((at) => new Set(fromStep(given, { ...each, mayStay: false }, at)));
        const expected = list
          .flatMap((a, i) =>
            list.slice(i + 1).map((b, j) => ({
              a: Math.min(a, b),
              b: Math.max(a, b),
              shared: [...sets[i]].filter((x) => sets[i + 1 + j].has(x)).length,
            })),
          )
          .filter(({ shared }) => shared > 0)
          .sort((x, y) => y.shared - x.shared || x.a - y.a || x.b - y.b);
        const asked = pathStep(given, each);
        expect(sharedNeighbours(projectionOf(given), list, asked, 1e6)).toEqual({
          status: 'complete',
          pairs: expected,
        });
        const all = expected.reduce((sum, { shared }) => sum + shared, 0);
        if (all > 0)
          expect(sharedNeighbours(projectionOf(given), list, asked, all - 1).status).toBe('too-many');
      }),
    );
  });

  it('test nodes by how many others are such', () => {
    const operators = fc.constantFrom(
      'eq' as const,
      'ne' as const,
      'lt' as const,
      'lte' as const,
      'gt' as const,
      'gte' as const,
    );
    fc.assert(
      fc.property(links, step, operators, fc.nat(3), (given, each, operator, value) => {
        const test = compilePredicate(projectionOf(given), {
          kind: 'counted',
          edgeTypes: [each.edgeType],
          directions: [each.direction],
          ...(each.isActiveOnly ? { over: { kind: 'missing', column: 'revoked' } as const } : {}),
          of:
            each.notTo === null
              ? { kind: 'all', of: [] }
              : { kind: 'not', of: { kind: 'id', values: new Set([`v${each.notTo}`]) } },
          comparisons: [{ operator, value }],
        });
        for (let at = 0; at < COUNT; at++) {
          const count = fromStep(given, { ...each, mayStay: false }, at).length;
          const holds = {
            eq: count === value,
            ne: count !== value,
            lt: count < value,
            lte: count <= value,
            gt: count > value,
            gte: count >= value,
          };
          expect(test(at)).toBe(holds[operator]);
        }
      }),
    );
  });
});
