import { useApi } from '../support/api-server';
import { node, relationship } from '../support/values';

const spider = node('ThreatActor', 'Wizard Spider', {
  aliases: ['UNC1878', 'Grim-Spider'],
  aliasUses: [{ name: 'UNC1878', usedBy: 'Mandiant' }],
  description: 'Runs TrickBot; café near the “harbour” 🏴‍☠️.',
});
const other = node('IntrusionSet', 'grim spider', { externalId: 'G0102' });
const lockbit = node('Malware', 'LockBit 3.0', { aliases: ['LockBit Black'] });
const locker = node('Malware', 'Locker', { description: 'No relation of LockBit, says the vendor.' });
const cve = node('Vulnerability', 'Citrix Bleed', { cve: 'CVE-2023-4966' });
const nodes = [spider, other, lockbit, locker, cve];

interface Found {
  readonly search: {
    readonly totalCount: number;
    readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
    readonly edges: readonly {
      readonly matchKind: string;
      readonly matchedText: string;
      readonly score: number;
      readonly node: { readonly name: string };
    }[];
  };
}
const SEARCH = `query ($text: String!, $types: [NodeType!], $first: Int, $after: ID) {
  search(text: $text, types: $types, first: $first, after: $after) {
    totalCount pageInfo { endCursor hasNextPage } edges { matchKind matchedText score node { name } }
  } }`;

describe('search', () => {
  const api = useApi();
  beforeAll(() =>
    api().services.writes.write(
      { nodes, relationships: [relationship('USES', spider, lockbit)], claims: [] },
      { kind: 'TEST', actor: 'test' },
    ),
  );
  const found = async (text: string, rest: object = {}) =>
    (await api().data<Found>(SEARCH, { text, ...rest })).search.edges.map((edge) => [
      edge.node.name,
      edge.matchKind,
    ]);

  it.each([
    ['wizard spider', [['Wizard Spider', 'NAME']]],
    ['wizard-SPIDER', [['Wizard Spider', 'NORMALIZED_NAME']]],
    ['UNC1878', [['Wizard Spider', 'ALIAS']]],
    ['unc 1878', [['Wizard Spider', 'NORMALIZED_ALIAS']]],
    ['g0102', [['grim spider', 'IDENTIFIER']]],
    ['cve-2023-4966', [['Citrix Bleed', 'IDENTIFIER']]],
    ['spider wiz', [['Wizard Spider', 'NAME_WORDS']]],
    ['izard', [['Wizard Spider', 'NAME_PART']]],
    ['wizrad spider', [['Wizard Spider', 'SIMILAR_NAME']]],
    [
      'lockbit',
      [
        ['LockBit 3.0', 'NAME_PREFIX'],
        ['Locker', 'DESCRIPTION_PHRASE'],
      ],
    ],
    ['vendor relation', [['Locker', 'DESCRIPTION_WORDS']]],
    ['cafe', []],
    ['café', [['Wizard Spider', 'DESCRIPTION_PHRASE']]],
    ['nobody at all', []],
  ])('%s finds %j', async (text, expected) => {
    expect(await found(text)).toEqual(expected);
  });

  it('puts the better match first, and scores it by the match alone', async () => {
    const { search } = await api().data<Found>(SEARCH, { text: 'grim spider' });
    expect(search.edges.map((edge) => edge.node.name)).toEqual(['grim spider', 'Wizard Spider']);
    expect(search.edges[0].score).toBeGreaterThan(search.edges[1].score);
    for (const edge of search.edges) expect(edge.score).toBeGreaterThan(0);
    const alone = await api().data<Found>(SEARCH, { text: 'grim spider', types: ['THREAT_ACTOR'] });
    expect(alone.search.edges[0].score).toBe(search.edges[1].score);
  });

  it('narrows by type and pages by cursor', async () => {
    expect(await found('lock', { types: ['MALWARE'] })).toHaveLength(2);
    expect(await found('lock', { types: ['SERVICE'] })).toEqual([]);
    const first = await api().data<Found>(SEARCH, { text: 'lock', first: 1 });
    expect(first.search).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } });
    const after = first.search.pageInfo.endCursor;
    const second = await api().data<Found>(SEARCH, { text: 'lock', first: 1, after });
    const names = [...first.search.edges, ...second.search.edges].map((edge) => edge.node.name);
    expect(names.sort()).toEqual(['LockBit 3.0', 'Locker']);
    expect(second.search.pageInfo.hasNextPage).toBe(false);
  });

  it('knows what was written since', async () => {
    expect(await found('Freshly written')).toEqual([]);
    const fresh = node('Service', 'Freshly written');
    await api().services.writes.write(
      { nodes: [fresh], relationships: [], claims: [] },
      { kind: 'TEST', actor: 'test' },
    );
    expect(await found('Freshly written')).toEqual([['Freshly written', 'NAME']]);
  });

  it('resolves a name to all that bear it, and says who uses it', async () => {
    const resolve =
      'query ($name: String!) { resolveName(name: $name) { isAmbiguous candidates { node { name } matchKind usedBy } } }';
    expect(await api().data(resolve, { name: 'Grim Spider' })).toEqual({
      resolveName: {
        isAmbiguous: true,
        candidates: [
          { node: { name: 'grim spider' }, matchKind: 'NAME', usedBy: [] },
          { node: { name: 'Wizard Spider' }, matchKind: 'NORMALIZED_ALIAS', usedBy: [] },
        ],
      },
    });
    expect(await api().data(resolve, { name: 'UNC1878' })).toEqual({
      resolveName: {
        isAmbiguous: false,
        candidates: [{ node: { name: 'Wizard Spider' }, matchKind: 'ALIAS', usedBy: ['Mandiant'] }],
      },
    });
    expect(await api().data(resolve, { name: 'wizrad spider' })).toEqual({
      resolveName: { isAmbiguous: false, candidates: [] },
    });
  });

  it.each([
    [{ text: '' }, 'BAD_INPUT'],
    [{ text: '   ' }, 'BAD_INPUT'],
    [{ text: 'x'.repeat(501) }, 'BAD_INPUT'],
    [{ text: 'x', first: 501 }, 'PAGE_TOO_LARGE'],
    [{ text: 'x', after: 'nonsense' }, 'BAD_CURSOR'],
    [{ text: 'x', after: Buffer.from('[1]').toString('base64url') }, 'BAD_CURSOR'],
  ])('refuses %j', async (variables, code) => {
    expect(await api().codes(SEARCH, variables)).toEqual([code]);
  });
});
