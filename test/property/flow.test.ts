import fc from 'fast-check';
import { globalEdgeCut, minEdgeCut } from '../../src/analysis/flow/edge-cut';
import { maxFlow } from '../../src/analysis/flow/max-flow';
import { globalVertexCut, minVertexCut } from '../../src/analysis/flow/vertex-cut';
import { anyGraph, complete, distancesFrom, fromPairs, type PairGraph, path } from '../support/small-graphs';

const all = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Least number of edges between any side with s and the rest with t. */
function edgeCutBySides(g: PairGraph, s: number, t: number, directed: boolean): number {
  let best = Number.POSITIVE_INFINITY;
  for (let side = 0; side < 1 << g.n; side += 1) {
    if (((side >> s) & 1) === 0 || ((side >> t) & 1) === 1) continue;
    const crossing = g.pairs.filter(([u, v]) => {
      const from = (side >> u) & 1;
      const to = (side >> v) & 1;
      return directed ? from > to : from !== to;
    });
    best = Math.min(best, crossing.length);
  }
  return best;
}

function vertexCutBySubsets(g: PairGraph, s: number, t: number, directed: boolean, costs: number[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (let set = 0; set < 1 << g.n; set += 1) {
    if (((set >> s) & 1) === 1 || ((set >> t) & 1) === 1) continue;
    const kept = { n: g.n, pairs: g.pairs.filter(([u, v]) => ((set >> u) & 1) + ((set >> v) & 1) === 0) };
    if (distancesFrom(kept, s, directed)[t] >= 0) continue;
    best = Math.min(
      best,
      all(g.n).reduce((sum, v) => sum + ((set >> v) & 1) * costs[v], 0),
    );
  }
  return best;
}

const pairCase = fc.tuple(
  anyGraph(7, 16),
  fc.nat(6),
  fc.nat(6),
  fc.boolean(),
  fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 7, maxLength: 7 }),
);

describe('cuts equal brute force', () => {
  it('between two vertices', () => {
    fc.assert(
      fc.property(pairCase, ([g, a, b, directed, costs]) => {
        const s = a % g.n;
        const t = b % g.n;
        fc.pre(s !== t);
        const graph = fromPairs(g, { directed });
        const cut = minEdgeCut(graph, s, t);
        expect(cut.value).toBe(edgeCutBySides(g, s, t, directed));
        expect(cut.edges).toHaveLength(2 * cut.value);
        const vertexCut = minVertexCut(graph, s, t, costs);
        const expected = vertexCutBySubsets(g, s, t, directed, costs);
        expect(vertexCut.status).toBe(Number.isFinite(expected) ? 'optimal' : 'infeasible');
        if (Number.isFinite(expected)) expect(vertexCut.value).toBe(expected);
        const gone = new Set(vertexCut.vertices);
        const kept = { n: g.n, pairs: g.pairs.filter(([u, v]) => !gone.has(u) && !gone.has(v)) };
        expect(distancesFrom(kept, s, directed)[t] < 0).toBe(vertexCut.status === 'optimal');
      }),
      { numRuns: 200 },
    );
  });

  it('over the whole graph', () => {
    fc.assert(
      fc.property(anyGraph(6, 14), fc.boolean(), (g, directed) => {
        const graph = fromPairs(g, { directed });
        const ones = new Array<number>(g.n).fill(1);
        const pairs = all(g.n).flatMap((s) => all(g.n).flatMap((t) => (s === t ? [] : [[s, t] as const])));
        const edge = globalEdgeCut(graph);
        if (g.n < 2) expect(edge.status).toBe('infeasible');
        else expect(edge.value).toBe(Math.min(...pairs.map(([s, t]) => edgeCutBySides(g, s, t, directed))));
        const vertex = globalVertexCut(graph);
        const expected = Math.min(...pairs.map(([s, t]) => vertexCutBySubsets(g, s, t, directed, ones)));
        if (Number.isFinite(expected)) expect(vertex.value).toBe(expected);
        else expect(vertex).toMatchObject({ status: 'infeasible', value: g.n - 1 });
      }),
      { numRuns: 200 },
    );
  });

  it('ends when it is told to, and says that no cut is smaller than what it sent', () => {
    // 64 ways from 0 to 1, each over a vertex of its own.
    const ways = Array.from({ length: 64 }, (_, i) => i + 2);
    const graph = fromPairs({ n: 66, pairs: ways.flatMap((v) => [[0, v] as const, [v, 1] as const]) });
    for (const polls of [0, 1, 2, 3]) {
      const after = (): (() => boolean) => {
        let left = polls;
        return () => left-- <= 0;
      };
      const cut = minVertexCut(graph, 0, 1, undefined, after());
      expect(cut).toMatchObject({ status: 'stopped', vertices: new Int32Array(0) });
      expect(cut.value).toBeLessThan(64);
      expect(minEdgeCut(graph, 0, 1, after())).toMatchObject({ status: 'stopped', value: cut.value });
    }
    expect(minVertexCut(graph, 0, 1, undefined, () => false)).toMatchObject({ status: 'optimal', value: 64 });
  });

  it('takes the examples of the headers', () => {
    expect(maxFlow({ vertexCount: 2, from: [0], to: [1], capacity: [3] }, 0, 1).value).toBe(3);
    expect(globalEdgeCut(fromPairs(path(3)))).toMatchObject({ value: 1, edges: Int32Array.of(0, 1) });
    expect([...minVertexCut(fromPairs(path(3)), 0, 2).vertices]).toEqual([1]);
    expect(globalVertexCut(fromPairs(complete(4)))).toMatchObject({ status: 'infeasible', value: 3 });
    const open = { vertexCount: 2, from: [0], to: [1], capacity: [Number.POSITIVE_INFINITY] };
    expect(maxFlow(open, 0, 1).value).toBe(Number.POSITIVE_INFINITY);
  });
});
