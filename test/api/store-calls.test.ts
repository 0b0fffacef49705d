import { useApi } from '../support/api-server';
import { sampleGraph } from '../support/sample-graph';
import { claim } from '../support/values';

const graph = sampleGraph(60, 3);
const report = { id: 'report--1', type: 'Report', properties: { name: 'A report' } };

/** Every request asks first whether there is a newer graph. */
const FIRST = 'change/find-latest';

describe('store calls of a query', () => {
  const api = useApi();
  beforeAll(async () => {
    const claims = graph.relationships.map((each) => claim(each, report.id));
    await api().services.writes.write(
      { nodes: [...graph.nodes, report], relationships: graph.relationships, claims },
      { kind: 'TEST', actor: 'test' },
    );
    await api().services.projections.current();
  });

  async function readsOf(query: string): Promise<string[]> {
    api().engine.reads.length = 0;
    await api().data(query);
    return [...api().engine.reads];
  }

  it('are none but the first for totals, cursors and filters', async () => {
    const query =
      '{ operations(where: { uses: { some: { name: { contains: "1" } } } }) { totalCount pageInfo { endCursor } edges { cursor } } }';
    expect(await readsOf(query)).toEqual([FIRST]);
  });

  it('are one for each level, however many nodes a page shows', async () => {
    const nested = (first: number) => `{ operations(first: ${first}) { nodes { name
      uses { nodes { name usedBy(first: 20) { nodes { name } } } }
      targets { nodes { name } }
      relations(direction: OUT) { nodes { name } } } } }`;
    const expected = [FIRST, 'node/find', 'node/find', 'node/find'];
    expect(await readsOf(nested(50))).toEqual(expected);
    expect(await readsOf(nested(2))).toEqual(expected);
  });

  it('are one for the relationships of a level, three for their claims (alone, in groups, and the groups), and one for their reports', async () => {
    const query = `{ operations(first: 50) { nodes { uses { edges { relationship { firstSeen evidence(first: 5) { nodes { report { name } } } corroboration } } } revision } } }`;
    expect((await readsOf(query)).sort()).toEqual(
      [
        FIRST,
        'claim/find-by-facts',
        'grouped-claim/find-by-facts',
        'claim-group/find',
        'node/find',
        'node/find',
        'relationship/find',
        'version/find-by-objects',
      ].sort(),
    );
  });

  it('are shared by aliases and fragments of one request', async () => {
    const query =
      '{ a: operations { nodes { name } } b: operations { nodes { name } } c: allNodes(first: 5) { nodes { id } } }';
    expect(await readsOf(query)).toEqual([FIRST, 'node/find']);
  });
});
