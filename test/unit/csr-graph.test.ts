import { csrByteLength, csrGraph, edgeArraysOf, simpleUndirected } from '../../src/analysis/graph/csr-graph';
import { fromPairs } from '../support/small-graphs';

describe('CSR graph', () => {
  it('keeps the example of its header', () => {
    expect([...csrGraph({ vertexCount: 3, sources: [0, 1], targets: [1, 2] }).targets]).toEqual([1, 0, 2, 1]);
  });

  it('holds loops as two arcs and parallel edges each, in ascending order', () => {
    const graph = fromPairs({
      n: 3,
      pairs: [
        [2, 0],
        [1, 1],
        [0, 2],
        [0, 1],
      ],
    });
    expect(graph.edgeCount).toBe(4);
    expect([...graph.offsets]).toEqual([0, 3, 6, 8]);
    expect([...graph.targets]).toEqual([1, 2, 2, 0, 1, 1, 0, 0]);
  });

  it('names the input edge behind each arc', () => {
    const graph = fromPairs(
      {
        n: 3,
        pairs: [
          [2, 0],
          [0, 1],
        ],
      },
      { edgeIds: true },
    );
    expect([...graph.targets]).toEqual([1, 2, 0, 0]);
    expect([...(graph.edgeIds as Int32Array)]).toEqual([1, 0, 1, 0]);
  });

  it('keeps the first of parallel edges and no loops when simple', () => {
    const graph = fromPairs(
      {
        n: 2,
        pairs: [
          [0, 0],
          [0, 1],
          [1, 0],
        ],
      },
      { simple: true, edgeIds: true },
    );
    expect(graph.edgeCount).toBe(1);
    expect([...graph.targets]).toEqual([1, 0]);
    expect([...(graph.edgeIds as Int32Array)]).toEqual([1, 1]);
  });

  it('keeps both ways of a directed graph', () => {
    const graph = fromPairs(
      {
        n: 3,
        pairs: [
          [2, 0],
          [1, 0],
          [0, 1],
        ],
      },
      { directed: true, edgeIds: true },
    );
    expect([...graph.offsets]).toEqual([0, 1, 2, 3]);
    expect([...graph.targets]).toEqual([1, 0, 0]);
    expect([...graph.inOffsets]).toEqual([0, 2, 3, 3]);
    expect([...graph.inTargets]).toEqual([1, 2, 0]);
    expect([...(graph.inEdgeIds as Int32Array)]).toEqual([1, 0, 2]);
    expect([...edgeArraysOf(graph).sources]).toEqual([0, 1, 2]);
  });

  it('is defined without vertices and without edges', () => {
    expect(csrGraph({ vertexCount: 0, sources: [], targets: [] }).offsets).toHaveLength(1);
    expect([...csrGraph({ vertexCount: 2, sources: [], targets: [] }).offsets]).toEqual([0, 0, 0]);
  });

  it('stays below 17 bytes an edge undirected and 27 both ways, with edge ids', () => {
    const n = 1000;
    const m = 10 * n;
    const sources = Int32Array.from({ length: m }, (_, i) => i % n);
    const targets = Int32Array.from({ length: m }, (_, i) => (i * 7 + 1) % n);
    const edges = { vertexCount: n, sources, targets };
    expect(csrByteLength(csrGraph(edges, { edgeIds: true })) / m).toBeLessThanOrEqual(17);
    expect(csrByteLength(csrGraph(edges, { edgeIds: true, directed: true })) / m).toBeLessThanOrEqual(27);
  });

  it('uses the memory it is given', () => {
    const allocate = (length: number) => new Int32Array(new SharedArrayBuffer(4 * length));
    const graph = csrGraph({ vertexCount: 2, sources: [0], targets: [1] }, { allocate });
    expect(graph.targets.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('returns a simple undirected graph as it is', () => {
    const graph = fromPairs({ n: 2, pairs: [[0, 1]] });
    expect(simpleUndirected(graph)).toBe(graph);
    const both = fromPairs(
      {
        n: 2,
        pairs: [
          [0, 1],
          [1, 0],
          [1, 1],
        ],
      },
      { directed: true },
    );
    expect([...simpleUndirected(both).targets]).toEqual([1, 0]);
  });
});
