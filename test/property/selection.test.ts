import fc from 'fast-check';
import {
  advance,
  distributionOf,
  EMPTY_PROJECTION,
  editDistanceWithin,
  neighbourhood,
  type Projection,
  pageKey,
  selectPage,
  simplePaths,
  timeSeriesOf,
} from '../../src/analysis';

interface Small {
  readonly cells: readonly { readonly name: string | null; readonly weight: number | null }[];
  readonly links: readonly (readonly [number, number])[];
}

const idOf = (vertex: number): string => `v${String(vertex).padStart(2, '0')}`;

function projectionOf({ cells, links }: Small): Projection {
  return advance(EMPTY_PROJECTION, {
    seq: 1,
    vertices: cells.map((each, i) => ({ id: idOf(i), cells: { type: 'T', ...each } })),
    edges: links.map(([from, to], i) => ({
      id: `e${String(i).padStart(3, '0')}`,
      from: idOf(from),
      to: idOf(to),
      cells: { type: 'E' },
    })),
    deleted: new Set(),
  });
}

const graphs = fc.integer({ min: 1, max: 7 }).chain((n) =>
  fc.record({
    cells: fc.array(
      fc.record({
        name: fc.option(fc.constantFrom('a', 'A', 'b', 'é', 'ab')),
        weight: fc.option(fc.integer({ min: -2, max: 2 })),
      }),
      { minLength: n, maxLength: n },
    ),
    links: fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 12 }),
  }),
);

describe('paths', () => {
  /** Every simple path by trying all of them. */
  function allPaths(
    { links }: Small,
    from: number,
    to: number,
    maxLength: number,
    isBoth: boolean,
  ): number[][] {
    const found: number[][] = [];
    const walk = (at: number, seen: readonly number[], path: readonly number[]): void => {
      if (at === to) {
        found.push([...path]);
        return;
      }
      if (path.length === maxLength) return;
      links.forEach(([a, b], edge) => {
        const ends = [...(a === at ? [b] : []), ...(isBoth && b === at && a !== b ? [a] : [])];
        for (const end of ends) if (!seen.includes(end)) walk(end, [...seen, end], [...path, edge]);
      });
    };
    walk(from, [from], []);
    return found;
  }

  const asTexts = (paths: readonly (readonly number[])[]) => paths.map((path) => path.join()).sort();

  it('are those that trying all of them finds, shortest first', () => {
    fc.assert(
      fc.property(
        graphs,
        fc.nat(6),
        fc.nat(6),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        (small, a, b, maxLength, isBoth) => {
          const [from, to] = [a % small.cells.length, b % small.cells.length];
          const request = {
            from,
            to,
            follows: () => true,
            maxLength,
            maxPaths: 10_000,
            maxSteps: 1e6,
          } as const;
          const direction = isBoth ? 'both' : 'out';
          const list = simplePaths(projectionOf(small), { ...request, direction, isShortestOnly: false });
          const expected = allPaths(small, from, to, maxLength, isBoth);
          expect(list.status).toBe('complete');
          expect(asTexts(list.paths)).toEqual(asTexts(expected));
          const lengths = list.paths.map((path) => path.length);
          expect(lengths).toEqual([...lengths].sort((x, y) => x - y));
          const shortest = simplePaths(projectionOf(small), { ...request, direction, isShortestOnly: true });
          const least = Math.min(...expected.map((path) => path.length));
          expect(asTexts(shortest.paths)).toEqual(asTexts(expected.filter((path) => path.length === least)));
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  it('against the direction are those of the reversed graph', () => {
    fc.assert(
      fc.property(graphs, fc.nat(6), fc.nat(6), (small, a, b) => {
        const [from, to] = [a % small.cells.length, b % small.cells.length];
        const request = {
          follows: () => true,
          maxLength: 4,
          maxPaths: 1000,
          maxSteps: 1e6,
          isShortestOnly: false,
        };
        const inward = simplePaths(projectionOf(small), { ...request, from, to, direction: 'in' });
        const outward = simplePaths(projectionOf(small), {
          ...request,
          from: to,
          to: from,
          direction: 'out',
        });
        expect(asTexts(inward.paths)).toEqual(asTexts(outward.paths.map((path) => [...path].reverse())));
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  it('stop at the limits, and say so', () => {
    const links = [0, 1, 2, 3, 4].flatMap((i) => [0, 1, 2, 3, 4].map((j) => [i, j] as const));
    const small = { cells: links.slice(0, 5).map(() => ({ name: null, weight: null })), links };
    const request = {
      from: 0,
      to: 4,
      direction: 'out',
      follows: () => true,
      maxLength: 4,
      isShortestOnly: false,
    } as const;
    const cut = simplePaths(projectionOf(small), { ...request, maxPaths: 2, maxSteps: 1e6 });
    expect([cut.status, cut.paths.length]).toEqual(['truncated', 2]);
    const stopped = simplePaths(projectionOf(small), { ...request, maxPaths: 100, maxSteps: 3 });
    expect(stopped.status).toBe('stopped');
  });
});

describe('pages', () => {
  it('one after the other are the whole list in order', () => {
    const orders = fc.constantFrom(
      [],
      [{ column: 'name', isDescending: false }],
      [{ column: 'weight', isDescending: true }],
      [
        { column: 'name', isDescending: true },
        { column: 'weight', isDescending: false },
      ],
    );
    fc.assert(
      fc.property(graphs, orders, fc.integer({ min: 1, max: 4 }), (small, order, first) => {
        const projection = projectionOf(small);
        const items = small.cells.map((_, i) => i);
        const page = (count: number, last: number | undefined) =>
          selectPage(projection, {
            items,
            vertexOf: (item) => item,
            idOf,
            accepts: () => true,
            order,
            first: count,
            after: last === undefined ? undefined : pageKey(projection.vertices, order, last, idOf(last)),
          });
        const whole = page(100, undefined).items;
        const seen: number[] = [];
        for (let last: number | undefined; ; last = seen[seen.length - 1]) {
          const { items: found, hasNext, total } = page(first, last);
          seen.push(...found);
          expect(total).toBe(items.length);
          if (!hasNext) break;
        }
        expect(seen).toEqual(whole);
        expect([...seen].sort((a, b) => a - b)).toEqual(items);
      }),
      { numRuns: 200, seed: 3 },
    );
  });
});

describe('neighbourhoods', () => {
  it('hold what is near and the edges among it', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 3 }), (small, depth) => {
        let near = new Set([0]);
        for (let i = 0; i < depth; i++) {
          near = new Set([
            ...near,
            ...small.links.flatMap(([a, b]) => (near.has(a) ? [b] : near.has(b) ? [a] : [])),
          ]);
        }
        const found = neighbourhood(
          projectionOf(small),
          0,
          () => true,
          () => true,
          depth,
          100,
        );
        expect([...found.vertices].sort()).toEqual([...near].sort());
        expect(found.edges).toEqual(
          small.links.flatMap(([a, b], edge) => (near.has(a) && near.has(b) ? [edge] : [])),
        );
      }),
      { numRuns: 150, seed: 4 },
    );
  });
});

describe('edit distance', () => {
  /** The whole table, without a band. */
  function distance(a: string, b: string): number {
    const d = Array.from({ length: a.length + 1 }, (_, i) =>
      Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
    );
    for (let i = 1; i <= a.length; i++) {
      for (let j = 1; j <= b.length; j++) {
        d[i][j] = Math.min(
          d[i - 1][j] + 1,
          d[i][j - 1] + 1,
          d[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
        );
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length][b.length];
  }

  it('within a band is that of the whole table', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
    fc.assert(
      fc.property(texts, texts, fc.nat(3), (a, b, k) => {
        const exact = distance(a, b);
        expect(editDistanceWithin(a, b, k)).toBe(exact <= k ? exact : -1);
      }),
      { numRuns: 1000, seed: 5 },
    );
    expect(editDistanceWithin('lockbit', 'lokcbit', 1)).toBe(1);
  });
});

describe('figures', () => {
  it('count every vertex once', () => {
    fc.assert(
      fc.property(graphs, (small) => {
        const projection = projectionOf(small);
        const vertices = small.cells.map((_, i) => i);
        const { buckets, missing } = distributionOf(projection, vertices, 'weight');
        expect(buckets.reduce((sum, bucket) => sum + bucket.count, missing)).toBe(vertices.length);
        for (const { value, count } of buckets) {
          expect(small.cells.filter((each) => each.weight === value)).toHaveLength(count);
        }
      }),
      { numRuns: 100, seed: 6 },
    );
  });

  it('place times before 1970 and in leap years', () => {
    const times = [
      '1969-12-31T23:59:59Z',
      '1970-01-01T00:00:00Z',
      '0000-02-29T00:00:00Z',
      '2024-02-29T12:00:00Z',
    ];
    const projection = advance(EMPTY_PROJECTION, {
      seq: 1,
      vertices: times.map((time, i) => ({ id: idOf(i), cells: { type: 'T', at: Date.parse(time) } })),
      edges: [],
      deleted: new Set(),
    });
    const years = timeSeriesOf(projection, [0, 1, 2, 3], 'at', 'YEAR', {}, 10_000);
    const filled = years.points
      .filter((point) => point.count > 0)
      .map((point) => new Date(point.start).toISOString());
    expect(filled).toEqual(['0000', '1969', '1970', '2024'].map((year) => `${year}-01-01T00:00:00.000Z`));
    const days = timeSeriesOf(projection, [0, 1], 'at', 'DAY', {}, 10);
    expect(
      days.points.map((point) => [new Date(point.start).toISOString().slice(0, 10), point.count]),
    ).toEqual([
      ['1969-12-31', 1],
      ['1970-01-01', 1],
    ]);
    expect(timeSeriesOf(projection, [2, 3], 'at', 'DAY', {}, 1000).status).toBe('too-many');
    expect(timeSeriesOf(projection, [], 'at', 'DAY', {}, 10)).toMatchObject({ points: [], missing: 0 });
  });
});
