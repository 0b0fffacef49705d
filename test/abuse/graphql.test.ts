import { useApi } from '../support/api-server';
import { HOSTILE } from '../support/hostile-texts';
import { node } from '../support/values';

describe('abuse of GraphQL', () => {
  const api = useApi();
  const victim = node('Operation', 'survivor');
  beforeAll(() =>
    api().services.writes.write(
      { nodes: [victim], relationships: [], claims: [] },
      { kind: 'TEST', actor: 'test' },
    ),
  );
  afterEach(async () => {
    const data = await api().data<{ operations: { totalCount: number } }>('{ operations { totalCount } }');
    expect(data.operations.totalCount).toBe(1);
  });

  const deep = (levels: number) =>
    `{ operations { nodes { ${'relations { nodes { '.repeat(levels)} id ${'} }'.repeat(levels)} } } }`;

  it.each([
    ['200 levels', deep(100), 'QUERY_TOO_DEEP'],
    [
      '10,000 aliases',
      `{ ${Array.from({ length: 10_000 }, (_, i) => `a${i}: __typename`).join(' ')} }`,
      'QUERY_TOO_LARGE',
    ],
    [
      '1,000 aliases',
      `{ ${Array.from({ length: 1000 }, (_, i) => `a${i}: __typename`).join(' ')} }`,
      'TOO_MANY_ALIASES',
    ],
    ['10 MB', `{ ${'__typename '.repeat(900_000)} }`, 'QUERY_TOO_LARGE'],
    ['one field 4,000 times', `{ ${'__typename '.repeat(6000)} }`, 'QUERY_TOO_LARGE'],
    [
      'a fragment that contains itself',
      '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a page too large', '{ operations(first: 2147483647) { totalCount } }', 'QUERY_TOO_COMPLEX'],
    [
      'pages of pages',
      '{ operations(first: 500) { nodes { relations(first: 500) { nodes { relations(first: 500) { totalCount } } } } } }',
      'QUERY_TOO_COMPLEX',
    ],
    [
      'fragments that double',
      `{ operations(first: 1) { nodes { ...f0 } } } ${Array.from({ length: 15 }, (_, i) => `fragment f${i} on Operation { ...f${i + 1} ... on Node { ...f${i + 1} } }`).join(' ')} fragment f15 on Operation { id }`,
      'QUERY_TOO_COMPLEX',
    ],
    [
      'introspection that nests',
      `{ __schema { types { ${'fields { type { '.repeat(8)} name ${'} }'.repeat(8)} } } }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('%s: refused', async (_what, query, code) => {
    const answer = await api().ask(query);
    expect(answer.errors?.[0].extensions.code).toBe(code);
    expect(answer.data ?? null).toBeNull();
    expect(answer.status).toBe(400);
  });

  it('says the cost and the limit', async () => {
    const costly = await api().ask(
      '{ operations(first: 500) { nodes { relations(first: 500) { nodes { id name } } } } }',
    );
    expect(costly.errors?.[0].extensions).toMatchObject({
      cost: 1 + 500 * (1 + (1 + 500 * 3)),
      limit: 500_000,
    });
  });

  it.each(HOSTILE.map((text) => [text]))('takes hostile text %# as text everywhere', async (text) => {
    const data = await api().data<Record<string, unknown>>(
      `query ($id: ID!, $text: String!) {
        node(id: $id) { id }
        relationship(id: $id) { id }
        operations(where: { OR: [{ name: { contains: $text } }, { id: { eq: $id } }] }) { totalCount }
      }`,
      { id: text, text },
    );
    expect(data).toEqual({ node: null, relationship: null, operations: { totalCount: 0 } });
    const codes = await api().codes('query ($after: ID) { operations(after: $after) { totalCount } }', {
      after: text,
    });
    expect(codes).toEqual(['BAD_CURSOR']);
  });

  it('does not let memory grow under repeated refusals', async () => {
    const query = `{ ${Array.from({ length: 3000 }, (_, i) => `a${i}: __typename`).join(' ')} }`;
    for (let i = 0; i < 20; i++) await api().ask(query);
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 100; i++) await api().ask(query);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1024 * 1024);
  });
});
