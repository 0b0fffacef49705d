import fc from 'fast-check';
import {
  advance,
  EMPTY_PROJECTION,
  edgeCell,
  type Projection,
  quotient,
  vertexCell,
} from '../../src/analysis';
import { viewOf } from '../support/projection-view';

const COUNT = 7;
const graphs = fc.record({
  weights: fc.array(fc.option(fc.integer({ min: 0, max: 3 })), { minLength: COUNT, maxLength: COUNT }),
  links: fc.array(fc.tuple(fc.nat(COUNT - 1), fc.nat(COUNT - 1), fc.constantFrom('E', 'F')), {
    maxLength: 14,
  }),
  /** Group of each vertex; its least member stands for it. */
  groups: fc.array(fc.nat(COUNT - 1), { minLength: COUNT, maxLength: COUNT }),
});
type Graph = typeof graphs extends fc.Arbitrary<infer T> ? T : never;

const idOf = (vertex: number): string => `v${vertex}`;
const linkId = (index: number): string => `e${String(index).padStart(2, '0')}`;

function built(
  weights: Graph['weights'],
  links: readonly { id: string; from: number; to: number; type: string }[],
  kept: readonly number[],
): Projection {
  return advance(EMPTY_PROJECTION, {
    seq: 3,
    vertices: kept.map((vertex) => ({ id: idOf(vertex), cells: { type: 'T', weight: weights[vertex] } })),
    edges: links.map(({ id, from, to, type }) => ({ id, from: idOf(from), to: idOf(to), cells: { type } })),
    deleted: new Set(),
  });
}
const all = Array.from({ length: COUNT }, (_, i) => i);
const linksOf = ({ links }: Graph) =>
  links.map(([from, to, type], index) => ({ id: linkId(index), from, to, type }));

describe('a quotient', () => {
  it('is the graph built anew with one vertex for each group', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const standIn = (vertex: number) => graph.groups.indexOf(graph.groups[vertex]);
        const before = built(graph.weights, linksOf(graph), all);
        const untouched = viewOf(before);
        const after = quotient(before, standIn);
        const expected = built(
          graph.weights,
          linksOf(graph)
            .filter(({ from, to }) => from === to || standIn(from) !== standIn(to))
            .map((link) => ({ ...link, from: standIn(link.from), to: standIn(link.to) })),
          all.filter((vertex) => standIn(vertex) === vertex),
        );
        const shown = (projection: Projection) => ({
          vertices: projection.vertices.ids.map((id, vertex) => [
            id,
            vertexCell(projection, 'weight', vertex),
          ]),
          edges: projection.edges.ids.map((id, edge) => [
            id,
            edgeCell(projection, 'type', edge),
            projection.from[edge],
            projection.to[edge],
          ]),
          out: [[...projection.out.offsets], [...projection.out.edges]],
          in: [[...projection.in.offsets], [...projection.in.edges]],
        });
        expect(shown(after)).toEqual(shown(expected));
        expect(viewOf(before)).toEqual(untouched);
      }),
    );
  });

  it('is the graph itself where nothing is joined', () => {
    const graph = built(
      all.map(() => null),
      [{ id: 'e', from: 0, to: 1, type: 'E' }],
      all,
    );
    expect(quotient(graph, (vertex) => vertex)).toBe(graph);
  });
});
