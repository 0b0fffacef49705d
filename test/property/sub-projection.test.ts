/** A part of a projection is the projection of the part: as if the rest had never been written. */
import fc from 'fast-check';
import { advance, type EdgeRow, EMPTY_PROJECTION, subProjection, type TableRow } from '../../src/analysis';
import { viewOf } from '../support/projection-view';

const ids = ['a', 'b', 'c', 'd', 'é', '__proto__'] as const;
const cells = fc.record(
  { name: fc.string({ maxLength: 3 }), weight: fc.double({ noNaN: true }), flag: fc.boolean() },
  { requiredKeys: [] },
);
const vertex = fc.record({ id: fc.constantFrom(...ids), cells, isKept: fc.boolean(), isBlank: fc.boolean() });
const edge = fc.record({
  id: fc.constantFrom('1', '2', '3', '4', '5'),
  from: fc.constantFrom(...ids),
  to: fc.constantFrom(...ids),
  cells,
  isKept: fc.boolean(),
  isBlank: fc.boolean(),
});

const without = <T extends TableRow>(row: T, isBlank: boolean): T =>
  isBlank
    ? { ...row, cells: Object.fromEntries(Object.entries(row.cells).filter(([name]) => name !== 'name')) }
    : row;

const built = (vertices: readonly TableRow[], edges: readonly EdgeRow[]) =>
  advance(EMPTY_PROJECTION, { seq: 3, vertices, edges, deleted: new Set() });

test('equals the projection of what is kept', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(vertex, { selector: (row) => row.id }),
      fc.uniqueArray(edge, { selector: (row) => row.id }),
      (vertices, edges) => {
        const all = built(vertices, edges);
        const vertexRow = new Map<string, (typeof vertices)[number]>(vertices.map((row) => [row.id, row]));
        const edgeRow = new Map<string, (typeof edges)[number]>(edges.map((row) => [row.id, row]));
        const flag = (isKept: boolean): number => (isKept ? 1 : 0);
        const blanks = (rows: readonly string[], of: (id: string) => { isBlank: boolean }) =>
          new Map(rows.flatMap((id, row) => (of(id).isBlank ? [[row, ['name', 'nothing']] as const] : [])));
        const part = subProjection(all, {
          vertices: Uint8Array.from(all.vertices.ids, (id) => flag(vertexRow.get(id)!.isKept)),
          edges: Uint8Array.from(all.edges.ids, (id) => flag(edgeRow.get(id)!.isKept)),
          blankVertices: blanks(all.vertices.ids, (id) => vertexRow.get(id)!),
          blankEdges: blanks(all.edges.ids, (id) => edgeRow.get(id)!),
        });
        const expected = built(
          vertices.filter((row) => row.isKept).map((row) => without(row, row.isBlank)),
          edges
            .filter((row) => row.isKept && vertexRow.get(row.from)?.isKept && vertexRow.get(row.to)?.isKept)
            .map((row) => without(row, row.isBlank)),
        );
        expect(viewOf(part)).toEqual(viewOf(expected));
      },
    ),
    { numRuns: 300 },
  );
});

test('example of its header', () => {
  const p = built(
    [
      { id: 'a', cells: { name: 'A' } },
      { id: 'b', cells: { name: 'B' } },
    ],
    [{ id: '1', from: 'a', to: 'b', cells: {} }],
  );
  const part = subProjection(p, { vertices: Uint8Array.of(1, 0), edges: Uint8Array.of(0) });
  expect([part.vertices.ids, part.edges.ids]).toEqual([['a'], []]);
});
