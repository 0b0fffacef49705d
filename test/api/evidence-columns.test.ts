/** How sure things are, and by how many origins, as columns: what lists are filtered, ordered and counted by. */
import fc from 'fast-check';
import { confidenceOf, percentOf } from '../../src/service/evidence/confidence';
import { reportRecords } from '../../src/service/evidence/report-record';
import { useApi } from '../support/api-server';
import { sampleGraph } from '../support/sample-graph';
import { claim, node, relationship } from '../support/values';

const graph = sampleGraph(30, 5);
const source = node('Source', 'wire', { reliability: 'B' });
const reports = ['A', 'C', 'E', 'B'].map((reliability, i) => node('Report', `report ${i}`, { reliability }));
const published = reports.slice(0, 2).map((report) => relationship('PUBLISHED_BY', report, source));
/** Every third fact is claimed by nobody; the others by one to four reports, two of them of one source. */
const facts = [...graph.nodes, ...graph.relationships].map(({ id }) => id);
const claims = facts.flatMap((id, i) =>
  i % 3 === 0
    ? []
    : reports
        .slice(0, 1 + (i % 4))
        .map((report, j) => claim({ id }, report.id, j === 3 ? { credibility: 2, confidence: 60 } : {})),
);

interface Known {
  readonly id: string;
  readonly percent: number | null;
  readonly origins: number;
}

/** Values with none last, equals by id. */
const byPercent =
  (isDescending: boolean) =>
  (a: Known, b: Known): number => {
    const order = a.id < b.id ? -1 : 1;
    if (a.percent === b.percent) return order;
    if (a.percent === null || b.percent === null) return a.percent === null ? 1 : -1;
    return (a.percent - b.percent) * (isDescending ? -1 : 1);
  };

describe('confidence and corroboration as columns', () => {
  const api = useApi();
  let known: ReadonlyMap<string, Known>;
  beforeAll(async () => {
    await api().services.writes.write(
      {
        nodes: [...graph.nodes, source, ...reports],
        relationships: [...graph.relationships, ...published],
        claims,
      },
      { kind: 'TEST', actor: 'test' },
    );
    const recordOf = reportRecords(await api().services.projections.current());
    const all = [...facts, source.id, ...[...reports, ...published].map(({ id }) => id)];
    known = new Map(
      all.map((id) => {
        const confidence = confidenceOf(
          claims.filter(({ factId }) => factId === id),
          recordOf,
        );
        return [id, { id, percent: percentOf(confidence), origins: confidence.origins.length }];
      }),
    );
    expect(new Set([...known.values()].map(({ percent }) => percent)).size).toBe(4);
  });
  const knownOf = (ids: readonly string[]): Known[] => ids.map((id) => known.get(id) as Known);
  interface Found {
    readonly found: { readonly totalCount: number; readonly nodes: readonly { readonly id: string }[] };
  }
  const ids = async (list: string): Promise<string[]> => {
    const { found } = await api().data<Found>(`{ found: ${list} { totalCount nodes { id } } }`);
    expect(found.totalCount).toBe(found.nodes.length);
    return found.nodes.map(({ id }) => id);
  };

  it('filter lists of nodes and relationships as the fields say', async () => {
    const conditions = fc.constantFrom(
      ['confidence: { gte: 60 }', ({ percent }: Known) => percent !== null && percent >= 60] as const,
      ['confidence: { isNull: true }', ({ percent }: Known) => percent === null] as const,
      ['corroboration: { eq: 0 }', ({ origins }: Known) => origins === 0] as const,
      ['corroboration: { gte: 2 }', ({ origins }: Known) => origins >= 2] as const,
      [
        'NOT: { OR: [{ corroboration: { lt: 2 } }, { confidence: { lt: 90 } }] }',
        ({ origins, percent }: Known) => !(origins < 2 || (percent !== null && percent < 90)),
      ] as const,
    );
    await fc.assert(
      fc.asyncProperty(conditions, async ([where, holds]) => {
        const expected = (of: readonly { readonly id: string }[]) =>
          knownOf(of.map(({ id }) => id))
            .filter(holds)
            .map(({ id }) => id)
            .sort();
        const nodes = [...graph.nodes, source, ...reports];
        expect((await ids(`allNodes(first: 500, where: { ${where} })`)).sort()).toEqual(expected(nodes));
        const links = [...graph.relationships, ...published];
        expect((await ids(`relationships(first: 500, where: { ${where} })`)).sort()).toEqual(expected(links));
      }),
      { numRuns: 15 },
    );
  });

  it('order lists, those without a value last, and page through them by cursor', async () => {
    const operations = graph.nodes.filter(({ type }) => type === 'Operation').map(({ id }) => id);
    const expected = knownOf(operations)
      .sort(byPercent(true))
      .map(({ id }) => id);
    expect(await ids('operations(first: 500, orderBy: [CONFIDENCE_DESC])')).toEqual(expected);
    const links = [...graph.relationships, ...published].map(({ id }) => id);
    expect(await ids('relationships(first: 500, orderBy: [CONFIDENCE_ASC])')).toEqual(
      knownOf(links)
        .sort(byPercent(false))
        .map(({ id }) => id),
    );
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page: {
        operations: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
      } = await api().data(
        'query ($after: ID) { operations(first: 7, after: $after, orderBy: [CONFIDENCE_DESC]) { nodes { id } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      seen.push(...page.operations.nodes.map(({ id }) => id));
      after = page.operations.pageInfo.endCursor;
      more = page.operations.pageInfo.hasNextPage;
    }
    expect(seen).toEqual(expected);
  });

  it('reach through relations, figures and neighbourhoods', async () => {
    const uses = graph.relationships.filter(
      ({ type, id }) => type === 'USES' && (known.get(id) as Known).origins >= 2,
    );
    const users = [...new Set(uses.map(({ from }) => from))].filter(
      (id) =>
        id.startsWith('x-operation') ||
        graph.nodes.some((each) => each.id === id && each.type === 'Operation'),
    );
    expect(
      (
        await ids(
          'operations(first: 500, where: { uses: { relationship: { corroboration: { gte: 2 } }, some: {} } })',
        )
      ).sort(),
    ).toEqual(users.sort());
    const { operations, one } = await api().data<{
      operations: { distribution: { buckets: { value: string; count: number }[] } };
      one: { nodes: { uses: { edges: { relationship: { corroboration: number } }[] } }[] };
    }>(`{ operations { distribution(by: CORROBORATION) { buckets { value count } } }
          one: operations(first: 500) { nodes { uses(relationship: { corroboration: { gte: 2 } }) { edges { relationship { corroboration } } } } } }`);
    const counts = new Map<string, number>();
    for (const { type, id } of graph.nodes) {
      if (type !== 'Operation') continue;
      const value = String((known.get(id) as Known).origins);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect(new Map(operations.distribution.buckets.map(({ value, count }) => [value, count]))).toEqual(
      counts,
    );
    const shown = one.nodes.flatMap((each) => each.uses.edges);
    expect(shown.length).toBe(uses.filter(({ from }) => users.includes(from)).length);
    expect(shown.every((each) => each.relationship.corroboration >= 2)).toBe(true);
  });

  it('follow the claims: as they are, and as they were known', async () => {
    const [target] = graph.nodes;
    const { at } = (
      await api().data<{ changes: { nodes: { at: string }[] } }>('{ changes(first: 50) { nodes { at } } }')
    ).changes.nodes.at(-1) as { at: string };
    await new Promise((resolve) => setTimeout(resolve, 5));
    const before = await ids('allNodes(first: 500, where: { corroboration: { gte: 1 } })');
    expect(before).not.toContain(target.id);
    await api().services.writes.write(
      { nodes: [], relationships: [], claims: [claim(target, reports[2].id)] },
      { kind: 'TEST', actor: 'test' },
    );
    expect(await ids('allNodes(first: 500, where: { corroboration: { gte: 1 } })')).toContain(target.id);
    expect(await ids(`allNodes(first: 500, knownAt: "${at}", where: { corroboration: { gte: 1 } })`)).toEqual(
      before,
    );
  });

  it('serve exports too', async () => {
    const where = encodeURIComponent(JSON.stringify({ corroboration: { gte: 1 } }));
    const text = await (await fetch(`${api().url}/export/csv?type=Operation&where=${where}`)).text();
    expect(text.includes(graph.nodes[1].id)).toBe(true);
  });
});
