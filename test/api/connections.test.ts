import type { NodeValue } from '../../src/model/values';
import { useApi } from '../support/api-server';
import { sampleGraph } from '../support/sample-graph';

interface Connection {
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly nodes: readonly { readonly id: string }[];
}

const PAGE =
  'totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } } nodes { id }';
const graph = sampleGraph();
const operations = graph.nodes.filter((each) => each.type === 'Operation');

describe('connections', () => {
  const api = useApi();
  beforeAll(() => api().services.writes.write(graph, { kind: 'TEST', actor: 'test' }));

  /** Follows a connection from its first page to its last. */
  async function follow(field: string, args: string, first: number, wrap = (text: string) => text) {
    const pages: Connection[] = [];
    for (let after: string | null = null; ; ) {
      const data: unknown = await api().data(
        `query ($after: ID) { ${wrap(`${field}(first: ${first}, after: $after${args}) { ${PAGE} }`)} }`,
        { after },
      );
      const page = findConnection(data);
      pages.push(page);
      if (!page.pageInfo.hasNextPage) return pages;
      after = page.pageInfo.endCursor;
      if (pages.length > 1000) throw new Error('the pages have no end');
    }
  }

  function findConnection(value: unknown): Connection {
    const object = value as Record<string, unknown>;
    return 'totalCount' in object
      ? (object as unknown as Connection)
      : findConnection(Object.values(object)[0]);
  }

  it.each([1, 7, 50, 500])('pages of %d hold every operation once, in one order', async (first) => {
    const pages = await follow('operations', '', first);
    const ids = pages.flatMap((page) => page.nodes.map((each) => each.id));
    expect(new Set(ids).size).toBe(operations.length);
    expect(ids).toEqual(sorted(operations, 'name', 1).map((each) => each.id));
    expect(pages.map((page) => page.totalCount)).toEqual(pages.map(() => operations.length));
    expect(pages.slice(0, -1).every((page) => page.nodes.length === first)).toBe(true);
    expect(pages.map((page) => page.pageInfo.hasPreviousPage)).toEqual(pages.map((_, i) => i > 0));
    expect(pages.flatMap((page) => page.edges.map((edge) => edge.node.id))).toEqual(ids);
    for (const page of pages) {
      expect(page.pageInfo.startCursor).toBe(page.edges[0].cursor);
      expect(page.pageInfo.endCursor).toBe(page.edges[page.edges.length - 1].cursor);
    }
  });

  it.each([
    ['SEVERITY_DESC', 'severity', -1],
    ['SEVERITY_ASC', 'severity', 1],
    ['FIRST_SEEN_DESC', 'firstSeen', -1],
    ['ENDED_ASC', 'ended', 1],
    ['NAME_DESC', 'name', -1],
    ['VICTIMS_LOW_ASC', 'victimsLow', 1],
  ] as const)('orders by %s, what has no value last, ties by id', async (order, property, sign) => {
    const pages = await follow('operations', `, orderBy: [${order}]`, 9);
    const ids = pages.flatMap((page) => page.nodes.map((each) => each.id));
    expect(ids).toEqual(sorted(operations, property, sign).map((each) => each.id));
  });

  it('orders by several terms, one after the other', async () => {
    const pages = await follow('operations', ', orderBy: [OPERATION_TYPE_ASC, SEVERITY_DESC]', 500);
    const expected = sorted(sorted(operations, 'severity', -1), 'operationType', 1, false);
    expect(pages[0].nodes.map((each) => each.id)).toEqual(expected.map((each) => each.id));
  });

  it('pages the relations of a node, and each relation has its own total', async () => {
    const byOperation = new Map<string, string[]>();
    for (const link of graph.relationships.filter((each) => each.type === 'USES')) {
      byOperation.set(link.from, [...(byOperation.get(link.from) ?? []), link.to]);
    }
    const [id, targets] = [...byOperation].sort((a, b) => b[1].length - a[1].length)[0];
    const pages = await follow('uses', '', 2, (text) => `node(id: "${id}") { ... on Operation { ${text} } }`);
    expect(pages.flatMap((page) => page.nodes.map((each) => each.id)).sort()).toEqual([...targets].sort());
    expect(pages[0].totalCount).toBe(targets.length);
  });

  it('reads a relation from either end, and any relation in general', async () => {
    const service = graph.nodes.find((each) => each.type === 'Service') as NodeValue;
    const users = graph.relationships.filter((each) => each.to === service.id).map((each) => each.from);
    const data = await api().data<{ node: Record<string, Connection> }>(
      `query ($id: ID!) { node(id: $id) { ... on Service { usedBy(first: 500) { ${PAGE} } } relations(first: 500, direction: IN) { ${PAGE} }
        none: relations(direction: OUT) { totalCount } both: relations(types: [USES], nodeTypes: [OPERATION]) { totalCount } } }`,
      { id: service.id },
    );
    expect(data.node.usedBy.nodes.map((each) => each.id).sort()).toEqual([...users].sort());
    expect(data.node.relations.totalCount).toBe(users.length);
    expect(data.node.none.totalCount).toBe(0);
    expect(data.node.both.totalCount).toBe(users.length);
  });

  it('gives every relationship on its edge, with both ends', async () => {
    const link = graph.relationships[0];
    const data = await api().data<{ relationship: unknown; node: unknown }>(
      `query ($id: ID!, $from: ID!) {
        relationship(id: $id) { __typename id type fromId toId from { id } to { id } }
        node(id: $from) { relations(types: [${link.type}], first: 500) { edges { relationship { id type } } } }
      }`,
      { id: link.id, from: link.from },
    );
    expect(data.relationship).toEqual({
      __typename: link.type === 'USES' ? 'UsesRelationship' : 'TargetsRelationship',
      id: link.id,
      type: link.type,
      fromId: link.from,
      toId: link.to,
      from: { id: link.from },
      to: { id: link.to },
    });
    expect(JSON.stringify(data.node)).toContain(link.id);
  });

  it('is empty past the end, and takes no items when none are asked for', async () => {
    const last = await api().data<{ operations: Connection }>(`{ operations(first: 500) { ${PAGE} } }`);
    const after = last.operations.pageInfo.endCursor;
    const past = await api().data<{ operations: Connection }>(
      `query ($after: ID) { operations(after: $after) { ${PAGE} } }`,
      { after },
    );
    expect(past.operations).toEqual({
      totalCount: operations.length,
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
      edges: [],
      nodes: [],
    });
    const none = await api().data<{ operations: Connection }>(`{ operations(first: 0) { ${PAGE} } }`);
    expect(none.operations.nodes).toEqual([]);
    expect(none.operations.pageInfo.hasNextPage).toBe(true);
  });

  it('goes on without gap or duplicate when the list changes between two pages', async () => {
    const first = await api().data<{ sectors: Connection }>(`{ sectors(first: 2) { ${PAGE} } }`);
    const extra = { id: 'x-atlas-sector--extra', type: 'Sector', properties: { name: 'sector 0a' } };
    await api().services.writes.write(
      { nodes: [extra], relationships: [], claims: [] },
      { kind: 'TEST', actor: 'test' },
    );
    const rest = await api().data<{ sectors: Connection }>(
      `query ($after: ID) { sectors(after: $after) { ${PAGE} } }`,
      { after: first.sectors.pageInfo.endCursor },
    );
    const ids = [...first.sectors.nodes, ...rest.sectors.nodes].map((each) => each.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(5);
    expect(rest.sectors.totalCount).toBe(6);
  });

  it('refuses cursors that are not of the list, and pages that are too large', async () => {
    const cursor = Buffer.from(JSON.stringify(['severity', 1, 'x'])).toString('base64url');
    for (const after of ['nonsense', '', cursor, Buffer.from('[1').toString('base64url')]) {
      expect(
        await api().codes('query ($after: ID) { operations(after: $after) { totalCount } }', { after }),
      ).toEqual(['BAD_CURSOR']);
    }
    expect(await api().codes('{ operations(first: 501) { totalCount } }')).toEqual(['PAGE_TOO_LARGE']);
    expect(await api().codes('{ operations(first: -1) { totalCount } }')).toEqual(['BAD_INPUT']);
    const ids = Array.from({ length: 501 }, (_, i) => `x--${i}`);
    expect(await api().codes('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })).toEqual([
      'PAGE_TOO_LARGE',
    ]);
  });

  it('finds nodes by id in the order asked, null where there is none', async () => {
    const [a, b] = operations;
    const data = await api().data<{ nodes: unknown; node: unknown; none: unknown }>(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } node(id: "${a.id}") { type } none: node(id: "x") { id } }`,
      { ids: [b.id, 'nobody', a.id, b.id] },
    );
    const shown = (id: string) => ({ __typename: 'Operation', id });
    expect(data.nodes).toEqual([shown(b.id), null, shown(a.id), shown(b.id)]);
    expect(data.node).toEqual({ type: 'OPERATION' });
    expect(data.none).toBeNull();
  });
});

/** Sorted by one property the slow way: texts without case first, no value last, then by id. */
function sorted(
  nodes: readonly NodeValue[],
  property: string,
  sign: number,
  isTiedById = true,
): readonly NodeValue[] {
  const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);
  return [...nodes].sort((a, b) => {
    const [left, right] = [a.properties[property], b.properties[property]].map((value) =>
      typeof value === 'boolean' ? Number(value) : (value as string | number | undefined),
    );
    const tie = isTiedById ? compare(a.id, b.id) : 0;
    if (left === right) return tie;
    if (left === undefined) return 1;
    if (right === undefined) return -1;
    const folded = (value: string | number) => (typeof value === 'string' ? value.toLowerCase() : value);
    return sign * (compare(folded(left), folded(right)) || compare(left, right)) || tie;
  });
}
