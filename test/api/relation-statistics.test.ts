import type { RelationshipValue } from '../../src/model/values';
import { useApi } from '../support/api-server';
import { node, relationship } from '../support/values';

/**
 * Groups G1..G4 use malware M1..M3 and techniques; T1.1 is a part of T1. M1 implements T2, M2 implements T1.1.
 *
 *   G1 -> M1 M2, T1.1     G2 -> M1 M2, T1     G3 -> M2 (withdrawn), T2     G4 is revoked and uses everything
 */
const groups = [1, 2, 3, 4].map((i) =>
  node('IntrusionSet', `G${i}`, { externalId: `G${i}`, ...(i === 4 ? { revoked: true } : {}) }),
);
const malware = [1, 2, 3].map((i) => node('Malware', `M${i}`, { externalId: `S${4 - i}` }));
const techniques = ['T1', 'T1.1', 'T2'].map((id) => node('Technique', id, { externalId: id }));
const [g1, g2, g3, g4] = groups;
const [m1, m2] = malware;
const [t1, t11, t2] = techniques;
const links: readonly RelationshipValue[] = [
  relationship('USES', g1, m1),
  relationship('USES', g1, m2),
  relationship('USES', g2, m1),
  relationship('USES', g2, m2),
  relationship('USES', g3, m2, { revoked: true }),
  ...malware.map((each) => relationship('USES', g4, each)),
  relationship('USES_TECHNIQUE', g1, t11),
  relationship('USES_TECHNIQUE', g2, t1),
  relationship('USES_TECHNIQUE', g3, t2),
  relationship('USES_TECHNIQUE', m1, t2),
  relationship('USES_TECHNIQUE', m2, t11),
  relationship('SUBTECHNIQUE_OF', t11, t1),
];

const ACTIVE = '{ active: { eq: true } }';
interface Spread {
  readonly missing: number;
  readonly distinct: number;
  readonly buckets: readonly { readonly count: number; readonly node: { readonly name: string } }[];
}
const rows = ({ buckets }: Spread) => buckets.map(({ count, node: { name } }) => [name, count]);

describe('figures over relations', () => {
  const api = useApi();
  beforeAll(() =>
    api().services.writes.write(
      { nodes: [...groups, ...malware, ...techniques], relationships: links, claims: [] },
      { kind: 'TEST', actor: 'test' },
    ),
  );
  const ask = async <T>(field: string) => (await api().data<{ list: T }>(`{ list: ${field} }`)).list;
  const figure = async <T>(field: string, list = `intrusionSets(where: ${ACTIVE})`) =>
    (await ask<{ figure: T }>(`${list} { figure: ${field} }`)).figure;

  it('count only the relationships asked for, and order equals by external id', async () => {
    const all = await figure<Spread>(
      'distributionOver(relation: USES) { missing distinct buckets { count node { name } } }',
    );
    expect([all.missing, rows(all)]).toEqual([
      0,
      [
        ['M2', 3],
        ['M1', 2],
      ],
    ]);
    const active = await figure<Spread>(
      `distributionOver(relation: USES, relationship: ${ACTIVE}) { missing buckets { count node { name } } }`,
    );
    expect([active.missing, rows(active)]).toEqual([
      1,
      [
        ['M2', 2],
        ['M1', 2],
      ],
    ]);
  });

  it('follow paths, each node counted once, and stay where a step may', async () => {
    const along = (steps: string) =>
      figure<Spread>(
        `distributionAlong(paths: [${steps}]) { missing distinct buckets { count node { name } } }`,
      );
    const direct = '{ steps: [{ relation: USES_TECHNIQUE }] }';
    const byMalware = `{ steps: [{ relation: USES, relationship: ${ACTIVE} }, { relation: USES_TECHNIQUE }] }`;
    expect(rows(await along(direct))).toEqual([
      ['T1', 1],
      ['T1.1', 1],
      ['T2', 1],
    ]);
    expect(rows(await along(byMalware))).toEqual([
      ['T1.1', 2],
      ['T2', 2],
    ]);
    expect(rows(await along(`${direct}, ${byMalware}`))).toEqual([
      ['T2', 3],
      ['T1.1', 2],
      ['T1', 1],
    ]);
    const up = '{ relation: SUBTECHNIQUE_OF, orStay: true }';
    expect(rows(await along(`{ steps: [{ relation: USES_TECHNIQUE }, ${up}] }`))).toEqual([
      ['T1', 2],
      ['T2', 1],
    ]);
    const only = await along('{ steps: [{ relation: USES_TECHNIQUE }, { relation: SUBTECHNIQUE_OF }] }');
    expect([only.missing, rows(only)]).toEqual([2, [['T1', 1]]]);
    const back = await along(
      '{ steps: [{ relation: USES }, { relation: USED_BY, where: { active: { eq: false } } }] }',
    );
    expect(rows(back)).toEqual([['G4', 3]]);
  });

  it('list pairs by what they share', async () => {
    interface Shared {
      readonly total: number;
      readonly pairs: readonly {
        readonly count: number;
        readonly nodes: readonly { readonly name: string }[];
      }[];
    }
    const shown = ({ total, pairs }: Shared) => [
      total,
      pairs.map(({ count, nodes }) => [...nodes.map(({ name }) => name), count]),
    ];
    const sharing = (args: string, list?: string) =>
      figure<Shared>(`pairsSharing(relation: USES${args}) { total pairs { count nodes { name } } }`, list);
    expect(shown(await sharing(''))).toEqual([
      3,
      [
        ['G1', 'G2', 2],
        ['G1', 'G3', 1],
        ['G2', 'G3', 1],
      ],
    ]);
    expect(shown(await sharing(`, relationship: ${ACTIVE}`))).toEqual([1, [['G1', 'G2', 2]]]);
    expect(shown(await sharing(', first: 1', 'intrusionSets'))).toEqual([6, [['G1', 'G2', 2]]]);
    expect(shown(await sharing(', where: { name: { eq: "M3" } }'))).toEqual([0, []]);
  });

  it('refuse paths without steps and too many of them', async () => {
    const codes = (paths: string) =>
      api().codes(`{ intrusionSets { distributionAlong(paths: [${paths}]) { distinct } } }`);
    expect(await codes('')).toEqual(['BAD_INPUT']);
    expect(await codes('{ steps: [] }')).toEqual(['BAD_INPUT']);
    expect(await codes(Array(11).fill('{ steps: [{ relation: USES }] }').join())).toEqual(['BAD_INPUT']);
  });

  it('filter nodes by how many others they are related to, over which relationships', async () => {
    const names = async (where: string, list = 'malware') =>
      (await ask<{ nodes: { name: string }[] }>(`${list}(where: ${where}) { nodes { name } }`)).nodes.map(
        ({ name }) => name,
      );
    expect(await names('{ usedBy: { count: { eq: 1 } } }')).toEqual(['M3']);
    expect(await names(`{ usedBy: { count: { gte: 2, lt: 4, where: ${ACTIVE} } } }`)).toEqual(['M1', 'M2']);
    expect(
      await names(`{ usedBy: { count: { eq: 2, where: ${ACTIVE} }, relationship: ${ACTIVE} } }`),
    ).toEqual(['M1', 'M2']);
    expect(await names(`{ usedBy: { count: { eq: 0, where: ${ACTIVE} } } }`)).toEqual(['M3']);
    expect(await names(`{ uses: { none: {}, relationship: ${ACTIVE} } }`, 'intrusionSets')).toEqual(['G3']);
    expect(
      await names('{ uses: { some: {}, relationship: { active: { eq: false } } } }', 'intrusionSets'),
    ).toEqual(['G3']);
    expect(await names('{ uses: { count: { ne: 2, lte: 1 } } }', 'intrusionSets')).toEqual(['G3']);
  });

  it('list relationships by what they say, and what they lead from and to', async () => {
    const list = async (where: string, rest = '') =>
      ask<{
        totalCount: number;
        pageInfo: { hasNextPage: boolean; endCursor: string };
        nodes: { id: string }[];
      }>(
        `relationships(where: ${where}${rest}) { totalCount pageInfo { hasNextPage endCursor } nodes { id type from { name } to { name } } }`,
      );
    const total = async (where: string) => (await list(where)).totalCount;
    expect(await total('{}')).toBe(links.length);
    expect(await total('{ type: { eq: USES } }')).toBe(8);
    expect(await total('{ type: { eq: USES }, active: { eq: false } }')).toBe(1);
    expect(
      await total(`{ type: { in: [USES, USES_TECHNIQUE] }, from: ${ACTIVE}, to: { type: { eq: MALWARE } } }`),
    ).toBe(5);
    expect(
      await total(
        '{ OR: [{ type: { eq: SUBTECHNIQUE_OF } }, { NOT: { from: { type: { eq: INTRUSION_SET } } } }] }',
      ),
    ).toBe(3);
    expect(
      await total(
        `{ AND: [{ id: { in: ["${links[0].id}", "${links[1].id}"] } }, { revoked: { isNull: true } }] }`,
      ),
    ).toBe(2);
    expect(await total('{ switchDays: { gt: 1 } }')).toBe(0);
    const seen: string[] = [];
    for (let after = '', more = true; more; ) {
      const page = await list('{}', `, first: 5${after}`);
      seen.push(...page.nodes.map(({ id }) => id));
      after = `, after: "${page.pageInfo.endCursor}"`;
      more = page.pageInfo.hasNextPage;
    }
    expect(seen).toEqual(links.map(({ id }) => id).sort());
    expect(await api().codes('{ relationships(after: "x") { totalCount } }')).toEqual(['BAD_CURSOR']);
    const ordered = async (after = '') =>
      ask<{ pageInfo: { endCursor: string }; nodes: { type: string; id: string }[] }>(
        `relationships(orderBy: [TYPE_DESC, REVOKED_ASC], first: 7${after}) { pageInfo { endCursor } nodes { id type } }`,
      );
    const page = await ordered();
    const next = await ordered(`, after: "${page.pageInfo.endCursor}"`);
    const rank = (link: RelationshipValue) =>
      [link.type, link.properties.revoked === true ? 0 : 1, link.id] as const;
    const expected = [...links].sort((a, b) => {
      const [x, y] = [rank(a), rank(b)];
      return x[0] !== y[0] ? (x[0] < y[0] ? 1 : -1) : x[1] - y[1] || (x[2] < y[2] ? -1 : 1);
    });
    expect([...page.nodes, ...next.nodes].map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect(
      await api().codes(`{ relationships(after: "${page.pageInfo.endCursor}") { totalCount } }`),
    ).toEqual(['BAD_CURSOR']);
  });

  it('choose the relationships of a node, and count what lies around it at each distance', async () => {
    const { node: found } = await api().data<{
      node: { uses: { totalCount: number }; relations: { totalCount: number } };
    }>(
      `{ node(id: "${g3.id}") { ... on IntrusionSet { uses(relationship: ${ACTIVE}) { totalCount } }
        relations(types: [USES], relationship: { active: { eq: false } }) { totalCount } } }`,
    );
    expect(found).toEqual({ uses: { totalCount: 0 }, relations: { totalCount: 1 } });
    const around = async (args: string) => {
      const found = await ask<{ isTruncated: boolean; distances: { count: number }[]; nodes: unknown[] }>(
        `neighbourhood(id: "${g1.id}", depth: 3, first: 2${args}) { isTruncated nodes { id } distances { distance count } }`,
      );
      return [found.isTruncated, found.nodes.length, found.distances.map(({ count }) => count)];
    };
    expect(await around('')).toEqual([true, 2, [3, 5, 1]]);
    expect(await around(`, where: ${ACTIVE}, relationship: ${ACTIVE}`)).toEqual([true, 2, [3, 3, 1]]);
    expect(await around(', types: [USES], where: { type: { eq: MALWARE } }')).toEqual([true, 2, [2]]);
    expect(await around(', where: { name: { eq: "M3" } }')).toEqual([false, 1, []]);
  });
});
