import { useApi } from '../support/api-server';
import { sampleGraph } from '../support/sample-graph';
import { node, relationship } from '../support/values';

const graph = sampleGraph(60, 5);
const operations = graph.nodes.filter((each) => each.type === 'Operation');

function counted<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

describe('figures', () => {
  const api = useApi();
  beforeAll(() => api().services.writes.write(graph, { kind: 'TEST', actor: 'test' }));

  it('spread over a column as counting says', async () => {
    const data = await api().data<{
      operations: {
        distribution: {
          total: number;
          missing: number;
          distinct: number;
          buckets: { value: string; count: number }[];
        };
      };
    }>(
      '{ operations(first: 1) { distribution(by: OPERATION_TYPE) { total missing distinct buckets { value count } } } }',
    );
    const known = operations.flatMap((each) => (each.properties.operationType as string) ?? []);
    const { distribution } = data.operations;
    expect(distribution).toMatchObject({ total: 60, missing: 60 - known.length, distinct: 3 });
    expect(new Map(distribution.buckets.map((each) => [each.value, each.count]))).toEqual(counted(known));
    const counts = distribution.buckets.map((each) => each.count);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
  });

  it('name terms and types as filters take them', async () => {
    const data = await api().data<{
      distribution: { buckets: unknown };
      services: { distribution: { buckets: { value: string }[] } };
    }>(
      '{ distribution(by: TYPE) { buckets { value count } } services { distribution(by: CATEGORY) { buckets { value } } } }',
    );
    expect(data.distribution.buckets).toEqual([
      { value: 'OPERATION', count: 60 },
      { value: 'SERVICE', count: 12 },
      { value: 'SECTOR', count: 5 },
    ]);
    expect(data.services.distribution.buckets.map((each) => each.value).sort()).toEqual(['LOADER', 'MIXER']);
  });

  it('spread over relations as counting says', async () => {
    const data = await api().data<{
      operations: {
        distributionOver: { missing: number; buckets: { count: number; node: { name: string } }[] };
      };
    }>(`{ operations(where: { ended: { isNull: false } }) {
      distributionOver(relation: TARGETS, where: { name: { ne: "sector 0" } }) { missing buckets { count node { name } } } } }`);
    const ids = new Set(operations.filter((each) => 'ended' in each.properties).map((each) => each.id));
    const names = new Map(graph.nodes.map((each) => [each.id, each.properties.name as string]));
    const links = graph.relationships.filter(
      (each) => each.type === 'TARGETS' && ids.has(each.from) && names.get(each.to) !== 'sector 0',
    );
    const { distributionOver } = data.operations;
    expect(new Map(distributionOver.buckets.map((each) => [each.node.name, each.count]))).toEqual(
      counted(links.map((each) => names.get(each.to))),
    );
    expect(distributionOver.missing).toBe(ids.size - new Set(links.map((each) => each.from)).size);
  });

  it.each(['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'])(
    'spread over time by %s without gaps',
    async (interval) => {
      const data = await api().data<{
        operations: { timeSeries: { missing: number; points: { start: string; count: number }[] } };
      }>(
        `{ operations { timeSeries(by: FIRST_SEEN, interval: ${interval}) { missing points { start count } } } }`,
      );
      const times = operations.flatMap((each) => (each.properties.firstSeen as string) ?? []);
      const { points, missing } = data.operations.timeSeries;
      expect(missing).toBe(60 - times.length);
      const starts = points.map((point) => Date.parse(point.start));
      for (const [i, point] of points.entries()) {
        const end = starts[i + 1] ?? Number.POSITIVE_INFINITY;
        const inside = times.filter((time) => Date.parse(time) >= starts[i] && Date.parse(time) < end);
        expect(inside).toHaveLength(point.count);
      }
      expect(points.reduce((sum, point) => sum + point.count, 0)).toBe(times.length);
      const days = starts.slice(1).map((start, i) => (start - starts[i]) / 86_400_000);
      const [least, greatest] = {
        DAY: [1, 1],
        WEEK: [7, 7],
        MONTH: [28, 31],
        QUARTER: [90, 92],
        YEAR: [365, 366],
      }[interval]!;
      for (const length of days) {
        expect(length).toBeGreaterThanOrEqual(least);
        expect(length).toBeLessThanOrEqual(greatest);
      }
      if (interval === 'WEEK')
        expect(new Set(starts.map((start) => new Date(start).getUTCDay()))).toEqual(new Set([1]));
    },
  );

  it('keep to the bounds of a series, and refuse one that is too long', async () => {
    const data = await api().data<{ timeSeries: { points: { start: string }[] } }>(
      '{ timeSeries(by: VALID_FROM, interval: MONTH, from: "2020-01-15T00:00:00Z", until: "2020-04-01T00:00:00Z") { points { start count } } }',
    );
    expect(data.timeSeries.points.map((point) => point.start.slice(0, 10))).toEqual([
      '2020-01-01',
      '2020-02-01',
      '2020-03-01',
    ]);
    const tooLong =
      '{ timeSeries(by: VALID_FROM, interval: DAY, from: "1900-01-01T00:00:00Z", until: "2020-04-01T00:00:00Z") { missing } }';
    expect(await api().codes(tooLong)).toEqual(['BAD_INPUT']);
  });

  it('count what a filter takes', async () => {
    expect(await api().data('{ all: count some: count(where: { type: { eq: SECTOR } }) }')).toEqual({
      all: 77,
      some: 5,
    });
  });
});

describe('paths', () => {
  const api = useApi();
  const [a, b, c, d, far] = ['a', 'b', 'c', 'd', 'far'].map((name) => node('Service', name));
  const links = [
    relationship('DEPENDS_ON', a, b),
    relationship('DEPENDS_ON', b, d),
    relationship('RESELLS', a, c),
    relationship('DEPENDS_ON', c, d),
    relationship('DEPENDS_ON', b, c),
  ];
  beforeAll(() =>
    api().services.writes.write(
      { nodes: [a, b, c, d, far], relationships: links, claims: [] },
      { kind: 'TEST', actor: 'test' },
    ),
  );
  const PATHS = 'paths { length nodes { name } relationships { id } } status explored';
  type Answer = Record<
    string,
    {
      status: string;
      paths: { length: number; nodes: { name: string }[]; relationships: { id: string }[] }[];
    }
  >;
  const ask = async (field: string, args: string) =>
    (await api().data<Answer>(`{ ${field}(from: "${a.id}", to: "${d.id}"${args}) { ${PATHS} } }`))[field];
  const names = (answer: Answer[string]) =>
    answer.paths.map((path) => path.nodes.map((each) => each.name).join(''));

  it('are listed shortest first, with their relationships', async () => {
    const shortest = await ask('shortestPaths', '');
    expect(names(shortest).sort()).toEqual(['abd', 'acd']);
    const all = await ask('paths', '');
    expect(all.status).toBe('COMPLETE');
    expect(names(all).slice(2).sort()).toEqual(['abcd', 'acbd']);
    const byName = Object.fromEntries(
      all.paths.map((path) => [path.nodes.map((each) => each.name).join(''), path]),
    );
    expect(byName.abd.relationships.map((each) => each.id)).toEqual([links[0].id, links[1].id]);
  });

  it('follow the direction and the types asked for', async () => {
    expect(names(await ask('paths', ', direction: OUT')).sort()).toEqual(['abcd', 'abd', 'acd']);
    expect(names(await ask('paths', ', direction: IN'))).toEqual([]);
    expect(names(await ask('paths', ', direction: OUT, types: [DEPENDS_ON]')).sort()).toEqual([
      'abcd',
      'abd',
    ]);
  });

  it('say when there are more, and when there are none', async () => {
    const one = await ask('paths', ', first: 1');
    expect([one.paths.length, one.status]).toEqual([1, 'TRUNCATED']);
    const none = await api().data<Answer>(`{ paths(from: "${a.id}", to: "${far.id}") { ${PATHS} } }`);
    expect(none.paths).toMatchObject({ status: 'COMPLETE', paths: [] });
  });

  it('show what lies around a node', async () => {
    const around = (args: string) =>
      api().data<{
        neighbourhood: { nodes: { name: string }[]; relationships: unknown[]; isTruncated: boolean };
      }>(`{ neighbourhood(id: "${a.id}"${args}) { nodes { name } relationships { id } isTruncated } }`);
    const near = (await around('')).neighbourhood;
    expect(near.nodes.map((each) => each.name).sort()).toEqual(['a', 'b', 'c']);
    expect([near.nodes[0].name, near.relationships.length, near.isTruncated]).toEqual(['a', 3, false]);
    expect((await around(', depth: 2')).neighbourhood.relationships).toHaveLength(5);
    expect((await around(', depth: 2, first: 2')).neighbourhood).toMatchObject({ isTruncated: true });
  });

  it.each([
    [`{ paths(from: "nobody", to: "${a.id}") { status } }`, 'NODE_NOT_FOUND'],
    [`{ paths(from: "${a.id}", to: "${d.id}", maxLength: 13) { status } }`, 'BAD_INPUT'],
    ['{ neighbourhood(id: "nobody") { isTruncated } }', 'NODE_NOT_FOUND'],
    [`{ neighbourhood(id: "${a.id}", depth: 9) { isTruncated } }`, 'BAD_INPUT'],
  ])('refuse %s', async (query, code) => {
    expect(await api().codes(query)).toEqual([code]);
  });
});

describe('ontology', () => {
  const api = useApi();

  it('says what the graph can hold, under the names that the schema uses', async () => {
    const { ontology } = await api().data<{
      ontology: {
        nodeTypes: {
          type: string;
          name: string;
          properties: { name: string; stixName: string | null }[];
          relations: { name: string; farTypes: string[] }[];
        }[];
        relationshipTypes: { type: string; from: string[]; to: string[]; dependency: string | null }[];
        vocabularies: { name: string; terms: string[] }[];
      };
    }>(`{ ontology {
      nodeTypes { type name description isComponent isReference stixTypes properties { name kind description vocabulary isColumn stixName } relations { name relationshipType direction farTypes } }
      relationshipTypes { type description dependency from to properties { name } }
      vocabularies { name description terms } } }`);
    const operation = ontology.nodeTypes.find((each) => each.type === 'OPERATION')!;
    expect(operation.properties.find((each) => each.name === 'firstSeen')).toMatchObject({
      stixName: 'first_seen',
    });
    expect(operation.relations.find((each) => each.name === 'needs')).toMatchObject({
      farTypes: ['REQUIREMENT'],
    });
    expect(ontology.relationshipTypes.find((each) => each.type === 'NEEDS')).toMatchObject({
      to: ['REQUIREMENT'],
      dependency: 'requirement',
    });
    expect(ontology.vocabularies.find((each) => each.name === 'ServiceCategory')?.terms).toContain(
      'data-leak-site',
    );
  });
});
