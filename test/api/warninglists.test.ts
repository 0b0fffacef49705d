/** What warninglists say where it is asked: of infrastructure, of indicators, and of the chokepoints that an analysis finds. */
import { useApi } from '../support/api-server';
import { bundleOf, stixObject } from '../support/memory-atlas';
import { node, relationship } from '../support/values';

describe('warninglists', () => {
  const api = useApi();
  const raid = node('Operation', 'Raid', { severity: 5 });
  const need = node('Requirement', 'a panel');
  const shared = node('Infrastructure', 'Front', {
    address: '198.51.100.7',
    infrastructureType: 'ip-address',
  });
  const own = node('Infrastructure', 'Back', { address: '203.0.113.9', infrastructureType: 'ip-address' });
  const list = {
    name: 'A cloud that many share',
    description: 'Addresses of a provider',
    category: 'False positive',
    type: 'cidr',
    list: ['198.51.100.0/24'],
  };
  const indicator = stixObject('indicator', 1, {
    pattern: "[ipv4-addr:value = '198.51.100.8']",
    pattern_type: 'stix',
    valid_from: '2024-01-01T00:00:00Z',
  });
  const IMPORT = `mutation ($text: String!) { importBundle(input: { content: { text: $text } }) {
    totals { read } files { format reasons { code count } } } }`;
  const WARNINGS = 'warnings { list description category entry }';
  const warning = {
    list: list.name,
    description: list.description,
    category: list.category,
    entry: '198.51.100.0/24',
  };

  beforeAll(async () => {
    const relationships = [
      relationship('NEEDS', raid, need),
      relationship('SATISFIED_BY', need, shared, { observed: true, supplierRole: 'PRIMARY' }),
    ];
    const batch = { nodes: [raid, need, shared, own], relationships, claims: [] };
    await api().services.writes.write(batch, { kind: 'test', actor: 'test' });
  });

  it('apply to what came before them and after, also where an analysis names it', async () => {
    const { importBundle: read } = await api().data<{ importBundle: object }>(IMPORT, {
      text: JSON.stringify(list),
    });
    expect(read).toMatchObject({ totals: { read: 1 }, files: [{ format: 'misp-warninglist' }] });
    const { importBundle: later } = await api().data<{ importBundle: object }>(IMPORT, {
      text: JSON.stringify(bundleOf(indicator)),
    });
    expect(later).toMatchObject({ files: [{ reasons: [{ code: 'ON_WARNINGLIST', count: 1 }] }] });
    const found = await api().data<Record<string, unknown>>(`{
      infrastructure { nodes { name ${WARNINGS} } }
      indicators { nodes { ${WARNINGS} } }
      chokepoints { chokepoints { component { ... on Infrastructure { name ${WARNINGS} } } } }
    }`);
    expect(found.infrastructure).toEqual({
      nodes: expect.arrayContaining([
        { name: 'Front', warnings: [warning] },
        { name: 'Back', warnings: [] },
      ]),
    });
    expect(found.indicators).toEqual({ nodes: [{ warnings: [warning] }] });
    expect(found.chokepoints).toEqual({
      chokepoints: [{ component: { name: 'Front', warnings: [warning] } }],
    });
  });

  it('are named by a plan whose measures hit what is on one', async () => {
    const country = node('Jurisdiction', 'Netherlands', { iso3166: 'NL' });
    const police = node('Partner', 'Police', { partnerKind: 'LAW_ENFORCEMENT' });
    const seizure = node('MeasureProfile', 'seizure', {
      measureType: 'host-takedown',
      effect: 'OUTAGE',
      strength: 1,
      cost: 1,
      leadDays: 1,
      pSuccess: 1,
      partnerKinds: ['LAW_ENFORCEMENT'],
      targetTypes: ['Infrastructure'],
      targetKinds: ['ip-address'],
    });
    const batch = {
      nodes: [country, police, seizure],
      relationships: [
        relationship('UNDER_JURISDICTION', shared, country),
        relationship('UNDER_JURISDICTION', police, country),
      ],
      claims: [],
    };
    await api().services.writes.write(batch, { kind: 'test', actor: 'test' });
    const { run } = await api().data<{ run: object }>(`mutation {
      run: optimiseDisruption(limits: { maxMeasures: 1 }, doubt: AS_KNOWN, waitSeconds: 30) {
        error { code message } result { ... on PlanResult { measures { target { name } } warnings { code subject message } } } } }`);
    expect(run).toMatchObject({
      error: null,
      result: {
        measures: [{ target: { name: 'Front' } }],
        warnings: [
          {
            code: 'TARGET_ON_WARNINGLIST',
            subject: expect.stringContaining(shared.id),
            message:
              'Front is on the warninglist "A cloud that many share" (198.51.100.0/24): others may use it lawfully, and hitting it may hit them.',
          },
        ],
      },
    });
  }, 60_000);

  it('also mark what was observed: hashes of files, and what attributes of MISP state', async () => {
    const uuid = (number: number) => `5f0b2f6e-0000-4000-8000-${String(number).padStart(12, '0')}`;
    const md5 = 'd41d8cd98f00b204e9800998ecf8427e';
    const texts = [
      { name: 'Empty files', type: 'string', matching_attributes: ['md5', 'filename|md5'], list: [md5] },
      {
        name: 'Fictional numbers',
        type: 'regex',
        matching_attributes: ['phone-number'],
        list: ['/^(\\+44|0)7700900[0-9]{3}$/g', '/(?=a)b/'],
      },
      bundleOf({
        type: 'file',
        id: 'file--5f0b2f6e-0000-5000-8000-000000000001',
        hashes: { MD5: md5.toUpperCase() },
      }),
      {
        uuid: uuid(1),
        info: 'A campaign',
        date: '2024-02-01',
        Attribute: [
          { uuid: uuid(2), type: 'phone-number', value: '+447700900123' },
          { uuid: uuid(3), type: 'filename|md5', value: `a.exe|${md5}` },
          { uuid: uuid(4), type: 'filename', value: md5 },
        ],
      },
    ];
    const reasons: object[] = [];
    for (const text of texts) {
      const { importBundle } = await api().data<{ importBundle: { files: { reasons: object[] }[] } }>(
        IMPORT,
        {
          text: JSON.stringify(text),
        },
      );
      reasons.push(importBundle.files[0].reasons);
    }
    expect(reasons).toEqual([
      [],
      [{ code: 'PATTERN_NOT_MATCHED', count: 1 }],
      [{ code: 'ON_WARNINGLIST', count: 1 }],
      [{ code: 'ON_WARNINGLIST', count: 2 }],
    ]);
    const { things } = await api().data<{
      things: { nodes: { name: string; warnings: { list: string }[] }[] };
    }>('{ things { nodes { name warnings { list } } } }');
    const listed = things.nodes.filter(({ warnings }) => warnings.length > 0);
    expect(listed.map(({ name, warnings }) => `${name}: ${warnings[0].list}`).sort()).toEqual([
      '+447700900123: Fictional numbers',
      `${md5.toUpperCase()}: Empty files`,
      `a.exe|${md5}: Empty files`,
    ]);
  });
});
