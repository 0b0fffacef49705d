import { AppError, type ErrorCode } from '../../src/errors';
import { bytesSource } from '../../src/ingest/byte-source';
import { CENTRALITY_MEASURES } from '../../src/service/structure/measure';
import { StructureService } from '../../src/service/structure.service';

const service = new StructureService(() => 0);
const graph = (content: string) => bytesSource(content, 'graph.txt');
const PATH = 'a b\nb c\nc d\nd e\n';
const dismantling = { method: 'core-hd', target: 0.4, radius: 2, seed: 0 };
const centrality = { measure: 'degree', seed: 0, directed: false };

async function codeOf(work: Promise<unknown>): Promise<ErrorCode> {
  const fault: unknown = await work.then(
    () => new Error('expected a fault'),
    (error: unknown) => error,
  );
  if (fault instanceof AppError) return fault.code;
  throw fault;
}

describe('structure service', () => {
  it('dismantles in the shape that programs read', async () => {
    expect(await service.dismantle(graph(PATH), dismantling)).toEqual({
      method: 'core-hd',
      vertices: 5,
      edges: 4,
      target: 0.4,
      removed: ['c'],
      removals: 1,
      curve: [5, 2],
      area: 2 / 25,
      seconds: 0,
    });
  });

  it('finds critical nodes in the shape that programs read', async () => {
    expect(await service.criticalNodes(graph(PATH), { k: 1, seed: 0 })).toEqual({
      k: 1,
      removed: ['c'],
      pairwiseConnectivity: 2,
      status: 'optimal',
      bound: 2,
      seconds: 0,
    });
  });

  it('ranks by value, then by id', async () => {
    expect(await service.centrality(graph(PATH), centrality)).toEqual({
      measure: 'degree',
      exact: true,
      values: [
        ['b', 2],
        ['c', 2],
        ['d', 2],
        ['a', 1],
        ['e', 1],
      ],
      seconds: 0,
    });
    const numbers = await service.centrality(graph('10 9\n9 2'), centrality);
    expect(numbers.values).toEqual([
      [9, 2],
      [2, 1],
      [10, 1],
    ]);
  });

  it('takes loops and repeated edges as the one edge or none that they are', async () => {
    const { edges, vertices } = await service.dismantle(graph('1 2\n2 1\n1 2\n3 3\n'), dismantling);
    expect([vertices, edges]).toEqual([3, 1]);
  });

  it('knows directions when asked', async () => {
    const star = 'hub a\nhub b\n';
    const { values } = await service.centrality(graph(star), {
      measure: 'pagerank',
      seed: 0,
      directed: true,
    });
    expect(values.map(([id]) => id)).toEqual(['a', 'b', 'hub']);
  });

  it.each(CENTRALITY_MEASURES)(
    'gives a value of %s to every vertex, whatever the spelling',
    async (measure) => {
      const { values } = await service.centrality(graph(PATH), { ...centrality, measure });
      expect(values).toHaveLength(5);
      const shouted = measure.replace('-', '').toUpperCase();
      expect((await service.centrality(graph(PATH), { ...centrality, measure: shouted })).measure).toBe(
        measure,
      );
    },
  );

  it('says whether betweenness is exact', async () => {
    const sampled = (samples: number) =>
      service.centrality(graph(PATH), { ...centrality, measure: 'betweenness', samples });
    expect((await sampled(2)).exact).toBe(false);
    expect((await sampled(5)).exact).toBe(true);
  });

  it('answers for a single vertex', async () => {
    const one = () => graph('1\n');
    expect(await service.dismantle(one(), dismantling)).toMatchObject({ removed: [], curve: [1], area: 0 });
    const none = await service.criticalNodes(one(), { k: 0, seed: 0 });
    expect(none).toMatchObject({ pairwiseConnectivity: 0, status: 'optimal', bound: 0 });
    expect((await service.centrality(one(), centrality)).values).toEqual([[0, 0]]);
  });

  it('ends a search when its seconds are over', async () => {
    let now = 0;
    const ticking = new StructureService(() => {
      now += 0.01;
      return now;
    });
    const cycle = Array.from({ length: 40 }, (_, i) => `${i} ${(i + 1) % 40}`).join('\n');
    const found = await ticking.criticalNodes(graph(cycle), { k: 4, seed: 0, seconds: 1 });
    expect(found.removed).toHaveLength(4);
    expect(found.seconds).toBeGreaterThanOrEqual(1);
  });

  it.each<[ErrorCode, () => Promise<unknown>]>([
    ['GRAPH_EMPTY', () => service.dismantle(graph('# none\n'), dismantling)],
    ['GRAPH_EMPTY', () => service.criticalNodes(graph(''), { k: 0, seed: 0 })],
    ['GRAPH_EMPTY', () => service.centrality(graph('0\n'), centrality)],
    ['FILE_NOT_FOUND', () => service.dismantle('/no/such/file', dismantling)],
    ['DISMANTLING_METHOD', () => service.dismantle(graph(PATH), { ...dismantling, method: 'magic' })],
    ['DISMANTLING_METHOD', () => service.dismantle(graph(PATH), { ...dismantling, method: 'constructor' })],
    ['DISMANTLING_TARGET', () => service.dismantle(graph(PATH), { ...dismantling, target: 0 })],
    ['DISMANTLING_TARGET', () => service.dismantle(graph(PATH), { ...dismantling, target: 1.01 })],
    ['DISMANTLING_TARGET', () => service.dismantle(graph(PATH), { ...dismantling, target: Number.NaN })],
    ['BAD_INPUT', () => service.dismantle(graph(PATH), { ...dismantling, radius: -1 })],
    ['REMOVAL_COUNT', () => service.criticalNodes(graph(PATH), { k: -1, seed: 0 })],
    ['REMOVAL_COUNT', () => service.criticalNodes(graph(PATH), { k: 6, seed: 0 })],
    ['REMOVAL_COUNT', () => service.criticalNodes(graph(PATH), { k: 1.5, seed: 0 })],
    ['BAD_INPUT', () => service.criticalNodes(graph(PATH), { k: 1, seed: 0, seconds: 0 })],
    ['BAD_INPUT', () => service.criticalNodes(graph(PATH), { k: 1, seed: 0, iterations: 0 })],
    ['BAD_INPUT', () => service.criticalNodes(graph(PATH), { k: 1, seed: Number.NaN })],
    ['CENTRALITY_MEASURE', () => service.centrality(graph(PATH), { ...centrality, measure: 'fame' })],
    ['BAD_INPUT', () => service.centrality(graph(PATH), { ...centrality, samples: 3 })],
    [
      'BAD_INPUT',
      () => service.centrality(graph(PATH), { ...centrality, measure: 'betweenness', samples: 0 }),
    ],
  ])('refuses with %s', async (code, work) => {
    expect(await codeOf(work())).toBe(code);
  });
});
