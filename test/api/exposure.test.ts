/** Who exploits what is run and not fixed: hand-made cases over HTTP. */
import { bytesSource } from '../../src/ingest/byte-source';
import { nodeId } from '../../src/model/identity';
import { useApi } from '../support/api-server';
import { node, relationship } from '../support/values';

const api = useApi();

const gang = node('IntrusionSet', 'Gang');
const crew = node('ThreatActor', 'Crew');
const worm = node('Malware', 'Worm');
const bank = node('Sector', 'Banks');
const raid = node('Operation', 'Raid', { severity: 8 });
const spree = node('Operation', 'Spree', { severity: 3 });
const cash = node('Requirement', 'cash');
const cves = ['CVE-2024-0001', 'CVE-2024-0002', 'CVE-2024-0003'];
const [first, second] = cves.map((cve) => ({
  ...node('Vulnerability', cve, { cve }),
  id: nodeId('Vulnerability', cve),
}));

const SBOM = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  components: [
    { type: 'library', 'bom-ref': 'a', name: 'a', version: '1.5.0', purl: 'pkg:npm/a@1.5.0' },
    { type: 'library', 'bom-ref': 'b', name: 'b', version: '2.0.0', purl: 'pkg:npm/b@2.0.0' },
    { type: 'library', 'bom-ref': 'c', name: 'c', version: '1.0-r1', purl: 'pkg:apk/x/c@1.0-r1' },
    { type: 'library', 'bom-ref': 'd', name: 'd', version: '1', purl: 'pkg:npm/d@1' },
  ],
};
const STATED = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  serialNumber: 'urn:uuid:1',
  components: [
    { type: 'library', 'bom-ref': 'a', name: 'a', purl: 'pkg:npm/a' },
    { type: 'library', 'bom-ref': 'b', name: 'b', version: '2.0.0', purl: 'pkg:npm/b@2.0.0' },
    { type: 'library', 'bom-ref': 'c', name: 'c', version: '1.0-r0', purl: 'pkg:apk/x/c@1.0-r0' },
  ],
  vulnerabilities: [
    {
      id: cves[0],
      affects: [{ ref: 'a', versions: [{ range: 'vers:npm/>=1.0.0|<2.0.0', status: 'affected' }] }],
    },
    { id: cves[1], affects: [{ ref: 'b' }] },
    { id: cves[2], affects: [{ ref: 'c' }] },
  ],
};
const vex = (id: string, at: string, status: string, more: object = {}) => ({
  '@context': 'https://openvex.dev/ns/v0.2.0',
  '@id': `https://example.org/${id}`,
  author: 'Vendor',
  timestamp: at,
  statements: [
    { vulnerability: { name: cves[1] }, products: [{ '@id': 'pkg:npm/b@2.0.0' }], status, ...more },
  ],
});
const KEV = {
  catalogVersion: '1',
  vulnerabilities: [{ cveID: cves[0], vulnerabilityName: 'x', knownRansomwareCampaignUse: 'Known' }],
};

const QUERY = `query ($of: ExposureInput!) { exposure(of: $of) { softwareCount unmatchedCount untoldCount openCount closedCount
  exposures { software cve match status isOpen isKnownExploited isUsedByRansomware
    statements { status justification author } exploiters { name viaName sectors } }
  sectors { sector adversaries vulnerabilities }
  patches { cve action operationsLost severityLost software }
  together { operationsLost severityLost } } }`;

interface Answer {
  readonly exposures: readonly {
    readonly cve: string;
    readonly exploiters: readonly { readonly name: string; readonly viaName: string | null }[];
  }[];
  readonly patches: readonly {
    readonly cve: string;
    readonly severityLost: number;
    readonly action: string;
  }[];
  readonly sectors: readonly object[];
  readonly together: object;
  readonly openCount: number;
}
const exposure = async (of: object) => (await api().data<{ exposure: Answer }>(QUERY, { of })).exposure;
const sbom = { sbom: { text: JSON.stringify(SBOM) } };
const importing = (...contents: object[]) =>
  api().services.importing.import(
    contents.map((content, at) => bytesSource(JSON.stringify(content), `${at}`)),
    { actor: 'test' },
  );

beforeAll(async () => {
  await importing(STATED, KEV);
  const relationships = [
    relationship('NEEDS', raid, cash),
    relationship('NEEDS', spree, cash),
    relationship('EXPLOITS', raid, first),
    relationship('EXPLOITS', worm, second),
    relationship('USES', gang, worm),
    relationship('EXPLOITS', spree, first),
    relationship('EXPLOITS', spree, second),
    relationship('TARGETS', gang, bank),
    relationship('ATTRIBUTED_TO', raid, crew),
  ];
  const batch = { nodes: [gang, crew, worm, bank, raid, spree, cash], relationships, claims: [] };
  await api().services.writes.write(batch, { kind: 'test', actor: 'test' });
});

describe('exposure', () => {
  it('joins products and ranges with vulnerabilities, who exploits them, and what is known of ransomware', async () => {
    const report = await exposure(sbom);
    expect(report).toMatchObject({
      softwareCount: 4,
      unmatchedCount: 1,
      untoldCount: 0,
      openCount: 3,
      closedCount: 0,
    });
    expect(report.exposures).toMatchObject([
      {
        software: 'pkg:npm/a@1.5.0',
        cve: cves[0],
        match: 'IN_RANGE',
        status: 'UNSTATED',
        isUsedByRansomware: true,
      },
      { cve: cves[1], match: 'SAME_VERSION', isKnownExploited: false },
      { cve: cves[2], match: 'NOT_COMPARABLE', exploiters: [] },
    ]);
    const namesBy = (cve: string) =>
      report.exposures
        .find((each) => each.cve === cve)
        ?.exploiters.map((each) => `${each.name}/${each.viaName ?? ''}`)
        .sort();
    expect(namesBy(cves[0])).toEqual(['Crew/Raid', 'Raid/', 'Spree/']);
    expect(namesBy(cves[1])).toEqual(['Gang/Worm', 'Spree/']);
    expect(report.sectors).toMatchObject([{ sector: null }, { sector: 'Banks', adversaries: [gang.id] }]);
  });

  it('ranks patches by the operations that nothing else would let go on', async () => {
    const { patches, together } = await exposure(sbom);
    // Raid exploits one vulnerability only; Spree has another to go on with.
    expect(patches.map((patch) => [patch.cve, patch.severityLost])).toEqual([
      [cves[0], 8],
      [cves[1], 0],
      [cves[2], 0],
    ]);
    expect(patches[0]).toMatchObject({ action: 'VEX', operationsLost: 1, software: ['pkg:npm/a@1.5.0'] });
    expect(together).toEqual({ operationsLost: 2, severityLost: 11 });
  });

  it('lets the latest statement decide, shows why, and keeps those before', async () => {
    await importing(vex('1', '2024-01-01T00:00:00Z', 'affected', { action_statement: 'update' }));
    let report = await exposure(sbom);
    expect(report.exposures.find((each) => each.cve === cves[1])).toMatchObject({
      status: 'AFFECTED',
      isOpen: true,
    });
    expect(report.patches.find((each) => each.cve === cves[1])?.action).toBe('PATCH');
    await importing(
      vex('2', '2024-02-01T00:00:00Z', 'not_affected', { justification: 'component_not_present' }),
    );
    report = await exposure(sbom);
    expect(report).toMatchObject({ openCount: 2, closedCount: 1 });
    expect(report.exposures.at(-1)).toMatchObject({
      cve: cves[1],
      isOpen: false,
      statements: [
        { status: 'NOT_AFFECTED', justification: 'component_not_present', author: 'Vendor' },
        { status: 'AFFECTED' },
      ],
    });
    await importing(vex('3', '2024-03-01T00:00:00Z', 'under_investigation'));
    expect((await exposure(sbom)).openCount).toBe(3);
    await importing(vex('4', '2024-04-01T00:00:00Z', 'fixed'));
    expect((await exposure(sbom)).openCount).toBe(2);
  });

  it('of one time lets the statement on the very version decide, and closes no part by what holds of its whole', async () => {
    const product = (product_id: string, purl: string) => ({
      category: 'product_version',
      name: product_id,
      product: { product_id, name: product_id, product_identification_helper: { purl } },
    });
    const within = (whole: string, part: string) => ({
      category: 'default_component_of',
      full_product_name: { product_id: `${whole}:${part}`, name: `${part} of ${whole}` },
      product_reference: part,
      relates_to_product_reference: whole,
    });
    const advisory = {
      document: {
        csaf_version: '2.0',
        title: 'T',
        publisher: { name: 'V', namespace: 'https://v.example' },
        tracking: { id: 'V-9', version: '1', current_release_date: '2024-05-01T00:00:00Z' },
      },
      product_tree: {
        branches: [
          product('OS', 'pkg:generic/os@1'),
          product('APP', 'pkg:generic/app@1'),
          product('old', 'pkg:rpm/v/part'),
          product('new', 'pkg:rpm/v/part@1.el9'),
          product('log', 'pkg:maven/g/log@2.14'),
        ],
        relationships: [within('OS', 'old'), within('OS', 'new'), within('APP', 'log'), within('OS', 'log')],
      },
      vulnerabilities: [
        {
          cve: 'CVE-2024-0009',
          product_status: {
            known_affected: ['OS:old'],
            fixed: ['OS:new'],
            known_not_affected: ['APP:log', 'OS:log', 'OS'],
          },
          flags: [
            { label: 'vulnerable_code_not_in_execute_path', product_ids: ['APP:log'] },
            { label: 'component_not_present', product_ids: ['OS'] },
          ],
        },
      ],
    };
    const { files } = await api().services.importing.import(
      [bytesSource(JSON.stringify(advisory), 'advisory')],
      {
        actor: 'test',
      },
    );
    expect(files[0]).toMatchObject({ read: 1, created: 1, reasons: [] });
    const names = [
      'pkg:rpm/v/part@1.el9',
      'pkg:rpm/v/part@0.el9',
      'pkg:maven/g/log@2.14',
      'pkg:generic/os@1',
    ];
    const { exposure } = await api().data<{ exposure: Answer }>(QUERY, { of: { names } });
    const told = exposure.exposures as unknown as {
      software: string;
      status: string;
      statements: { justification: string | null }[];
    }[];
    expect(Object.fromEntries(told.map((each) => [each.software, each.status]))).toEqual({
      'pkg:rpm/v/part@1.el9': 'FIXED',
      'pkg:rpm/v/part@0.el9': 'AFFECTED',
      'pkg:generic/os@1': 'NOT_AFFECTED',
    });
    const os = told.find(({ software }) => software === 'pkg:generic/os@1');
    expect(os?.statements).toEqual([expect.objectContaining({ justification: 'component_not_present' })]);
  });

  it('takes package URLs and nodes, and an SBOM as bytes', async () => {
    expect(await exposure({ names: ['pkg:npm/a@3.0.0'] })).toMatchObject({ openCount: 0, unmatchedCount: 1 });
    expect(await exposure({ names: ['pkg:npm/a@1.0.0', ''] })).toMatchObject({
      openCount: 1,
      untoldCount: 1,
    });
    expect(await exposure({ ids: [nodeId('Software', 'pkg:npm/b@2.0.0')] })).toMatchObject({
      closedCount: 1,
    });
    const base64 = Buffer.from(JSON.stringify(SBOM)).toString('base64');
    expect(await exposure({ sbom: { base64 } })).toMatchObject({ softwareCount: 4 });
  });

  it('says what is wrong with a question', async () => {
    expect(await api().codes(QUERY, { of: { ids: ['nobody'] } })).toEqual(['NODE_NOT_FOUND']);
    expect(await api().codes(QUERY, { of: { ids: [gang.id] } })).toEqual(['BAD_INPUT']);
    expect(await api().codes(QUERY, { of: { sbom: { text: '{"a":1}' } } })).toEqual(['UNEXPECTED_CONTENT']);
    expect(await api().codes(QUERY, { of: { sbom: { text: '{' } } })).toEqual(['TRUNCATED']);
    expect(await api().codes(QUERY, { of: { ids: [], names: [] } })).toEqual(['BAD_USER_INPUT']);
  });
});
