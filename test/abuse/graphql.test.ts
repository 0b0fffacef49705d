import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
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

  it.each(HOSTILE.filter((text) => text !== '').map((text) => [text]))(
    'takes hostile text %# as text everywhere',
    async (text) => {
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
    },
  );

  it('leaves memory flat after 1,000 requests of every kind that is refused', async () => {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    const refused = [
      `{ ${Array.from({ length: 3000 }, (_, i) => `a${i}: __typename`).join(' ')} }`,
      deep(100),
      '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }',
      '{ operations(first: 2147483647) { totalCount } }',
      `{ operations(where: ${'{ NOT: '.repeat(300)}{}${'}'.repeat(300)}) { totalCount } }`,
      '{ search(text: "") { totalCount } }',
      `{ node(id: "${'x'.repeat(50_000)}") { nothing } }`,
      '{ "',
    ];
    const large = `{ ${'__typename '.repeat(900_000)} }`;
    const round = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) {
        // Never the last: a connection keeps what it carried until it carries something else.
        const { errors } = await api().ask(i % 100 === 50 ? large : `${refused[i % refused.length]} # ${i}`);
        expect(errors?.[0].extensions.code).toBeDefined();
      }
    };
    const used = async (): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      gc();
      gc();
      const { heapUsed, external } = process.memoryUsage();
      return (heapUsed + external) / 2 ** 20;
    };
    await round(100);
    const before = await used();
    await round(1000);
    // Megabytes: Apollo keeps up to 30 of documents that it has parsed, and nothing else may grow.
    expect((await used()) - before).toBeLessThan(40);
  }, 120_000);
});
