/** Ten thousand results in pages, under a filter and a clearance: none empty, none twice, none left out. */
import { useApi } from '../support/api-server';
import { JWT_ENVIRONMENT, tokenOf } from '../support/tokens';
import { node } from '../support/values';

const COUNT = 27_000;
/** Every other one is open, and of every four of those three pass the filter. */
const isSeen = (i: number) => i % 2 === 0;
const passes = (i: number) => i % 8 !== 0;

describe('paging through ten thousand results', () => {
  const api = useApi(JWT_ENVIRONMENT);
  const nodes = Array.from({ length: COUNT }, (_, i) =>
    node('Indicator', `indicator ${i}`, {
      name: `name ${i % 700}`,
      patternType: passes(i) ? 'stix' : 'sigma',
      ...(isSeen(i) ? {} : { markings: ['TLP:RED'] }),
    }),
  );
  const expected = nodes.filter((_, i) => isSeen(i) && passes(i)).map(({ id }) => id);
  beforeAll(async () => {
    for (let from = 0; from < COUNT; from += 5000) {
      await api().services.writes.write(
        { nodes: nodes.slice(from, from + 5000), relationships: [], claims: [] },
        { kind: 'TEST', actor: 'test' },
      );
    }
  });

  it('gives every one once, in order, with the exact total on every page, and nothing past the end', async () => {
    const token = tokenOf('READER', 'AMBER');
    const query = `query ($after: ID) { indicators(first: 500, after: $after, orderBy: [NAME_DESC], where: { patternType: { eq: "stix" } }) {
      totalCount pageInfo { hasNextPage endCursor } edges { cursor } nodes { id name } } }`;
    type Page = {
      indicators: {
        totalCount: number;
        pageInfo: { hasNextPage: boolean; endCursor: string };
        edges: { cursor: string }[];
        nodes: { id: string; name: string }[];
      };
    };
    const seen: { id: string; name: string }[] = [];
    let after: string | undefined;
    for (let isMore = true; isMore; ) {
      const { indicators }: Page = (await api().ask<Page>(query, { after }, token)).data!;
      expect(indicators.totalCount).toBe(expected.length);
      expect(indicators.nodes.length).toBeGreaterThan(0);
      expect(indicators.edges).toHaveLength(indicators.nodes.length);
      seen.push(...indicators.nodes);
      after = indicators.pageInfo.endCursor;
      isMore = indicators.pageInfo.hasNextPage;
    }
    expect(expected).toHaveLength(10_125);
    expect(seen.map(({ id }) => id).sort()).toEqual([...expected].sort());
    const names = seen.map(({ name }) => name);
    expect(names).toEqual([...names].sort().reverse());
    const past = (await api().ask<Page>(query, { after }, token)).data!.indicators;
    expect(past).toMatchObject({ totalCount: expected.length, nodes: [], pageInfo: { hasNextPage: false } });
  }, 120_000);
});
