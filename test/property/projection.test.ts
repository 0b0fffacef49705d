/** Laws of the projection: built at once or step by step it is the same, and its adjacency is that of its edges. */
import fc from 'fast-check';
import { advance, type EdgeRow, EMPTY_PROJECTION, type Projection, type TableRow } from '../../src/analysis';
import { adjacency } from '../../src/analysis/projection/projection';
import { viewOf } from '../support/projection-view';

const RUNS = 300;

const cells = fc.record(
  {
    type: fc.constantFrom('A', 'B', '__proto__'),
    name: fc.oneof(fc.string({ maxLength: 3 }), fc.constant('constructor')),
    weight: fc.oneof(fc.double(), fc.constant(null)),
    flag: fc.oneof(fc.boolean(), fc.constant(null)),
  },
  { requiredKeys: [] },
);

const vertexId = fc.constantFrom('a', 'b', 'c', 'é', '__proto__', 'constructor', 'B', '😀');
const edgeId = fc.constantFrom('1', '2', '3', '4', '5', 'toString');

/** Rows are plain objects, as the store gives them. */
const vertex: fc.Arbitrary<TableRow> = fc.record({ id: vertexId, cells });
const edge: fc.Arbitrary<EdgeRow> = fc.record({ id: edgeId, from: vertexId, to: vertexId, cells });

const step = fc.record({
  vertices: fc.array(vertex, { maxLength: 4 }),
  edges: fc.array(edge, { maxLength: 4 }),
  deleted: fc.array(fc.oneof(vertexId, edgeId), { maxLength: 2 }),
});

/** The graph in plain maps, by the same rules. */
class PlainGraph {
  readonly vertices = new Map<string, TableRow>();
  readonly edges = new Map<string, EdgeRow>();

  apply(given: { vertices: TableRow[]; edges: EdgeRow[]; deleted: string[] }): void {
    const deleted = new Set(given.deleted);
    for (const id of deleted) {
      this.vertices.delete(id);
      this.edges.delete(id);
    }
    for (const row of given.vertices) if (!deleted.has(row.id)) this.vertices.set(row.id, row);
    for (const [id, row] of this.edges) {
      if (!this.vertices.has(row.from) || !this.vertices.has(row.to)) this.edges.delete(id);
    }
    for (const row of given.edges) {
      if (deleted.has(row.id)) continue;
      this.edges.delete(row.id);
      if (this.vertices.has(row.from) && this.vertices.has(row.to)) this.edges.set(row.id, row);
    }
  }
}

const atOnce = (graph: PlainGraph, seq: number): Projection =>
  advance(EMPTY_PROJECTION, {
    seq,
    vertices: [...graph.vertices.values()],
    edges: [...graph.edges.values()],
    deleted: new Set(),
  });

describe('a projection', () => {
  it('moved on step by step equals one built at once, and leaves those before it as they were', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const graph = new PlainGraph();
        let projection = EMPTY_PROJECTION;
        steps.forEach((given, index) => {
          const before = viewOf(projection);
          const next = advance(projection, { ...given, seq: index + 1, deleted: new Set(given.deleted) });
          expect(viewOf(projection)).toEqual(before);
          graph.apply(given);
          expect(viewOf(next)).toEqual(viewOf(atOnce(graph, index + 1)));
          projection = next;
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('numbers vertices and edges in order of id, whatever the order they come in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(vertex, { selector: (row) => row.id }), (rows) => {
        const forth = advance(EMPTY_PROJECTION, { seq: 1, vertices: rows, edges: [], deleted: new Set() });
        const back = advance(EMPTY_PROJECTION, {
          seq: 1,
          vertices: [...rows].reverse(),
          edges: [],
          deleted: new Set(),
        });
        expect(viewOf(back)).toEqual(viewOf(forth));
        expect(forth.vertices.ids).toEqual([...forth.vertices.ids].sort());
      }),
      { numRuns: RUNS },
    );
  });

  it('lies in shared memory, array by array', () => {
    const projection = advance(EMPTY_PROJECTION, {
      seq: 1,
      vertices: [{ id: 'a', cells: { n: 1, s: 'x', f: true } }],
      edges: [{ id: '1', from: 'a', to: 'a', cells: {} }],
      deleted: new Set(),
    });
    const columns = [...projection.vertices.columns.values()].map((column) =>
      column.kind === 'string' ? column.codes : column.values,
    );
    const arrays = [projection.from, projection.to, projection.out.edges, projection.in.offsets, ...columns];
    for (const array of arrays) expect(array.buffer).toBeInstanceOf(SharedArrayBuffer);
  });
});

describe('compressed sparse rows', () => {
  it('list for each vertex exactly the edges with that end, in order', () => {
    const graph = fc
      .integer({ min: 1, max: 12 })
      .chain((count) =>
        fc.tuple(fc.constant(count), fc.array(fc.integer({ min: 0, max: count - 1 }), { maxLength: 40 })),
      );
    fc.assert(
      fc.property(graph, ([count, end]) => {
        const { offsets, edges } = adjacency(Uint32Array.from(end), count);
        expect([offsets.length, offsets[0], offsets[count]]).toEqual([count + 1, 0, end.length]);
        for (let vertex = 0; vertex < count; vertex++) {
          const listed = [...edges.slice(offsets[vertex], offsets[vertex + 1])];
          expect(listed).toEqual(end.flatMap((each, index) => (each === vertex ? [index] : [])));
        }
      }),
      { numRuns: RUNS },
    );
  });
});
