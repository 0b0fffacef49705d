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
});
