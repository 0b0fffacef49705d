/** Shapes in which vulnerabilities, bills of materials, advisories and VEX are published. */
import { describeShapes } from '../support/published-shapes';

describeShapes('the supply chain', (shapes) => {
  it('reads the CISA catalogue in CSV as it does in JSON', async () => {
    const entry = {
      cveID: 'CVE-2021-27104',
      vendorProject: 'A',
      product: 'B',
      vulnerabilityName: 'A "quoted", name',
      knownRansomwareCampaignUse: 'Known',
      notes: '',
      cwes: ['CWE-78', 'CWE-20'],
    };
    await shapes.expectRead({ catalogVersion: '1', vulnerabilities: [entry] }, 1, 'cisa-kev');
    const rows = [
      Object.keys(entry).join(','),
      'CVE-2021-27104,A,B,"A ""quoted"", name",Known,,"CWE-78, CWE-20"',
    ].join('\r\n');
    for (const text of [rows, `\ufeff${rows}\r\n`]) {
      expect(await shapes.atlas.importOne(text)).toMatchObject({
        format: 'cisa-kev-csv',
        read: 1,
        unchanged: 1,
      });
    }
    expect(await shapes.atlas.importOne(`${rows}\r\nCVE-1,too few`)).toMatchObject({
      read: 2,
      rejected: 1,
      reasons: [{ code: 'BAD_RECORD' }],
    });
  });

  const component = (name: string, more: object = {}) => ({
    type: 'library',
    'bom-ref': name,
    name,
    purl: `pkg:npm/${name}@1.0.0`,
    ...more,
  });

  it('keeps what a bill of materials says of itself, and what holds what', async () => {
    await shapes.expectRead(
      {
        bomFormat: 'CycloneDX',
        specVersion: '1.6',
        metadata: {
          timestamp: '2024-01-01T00:00:00Z',
          component: component('app', { components: [component('inner')] }),
        },
        components: [component('a', { components: [component('b')] })],
        services: [{ 'bom-ref': 's', name: 'api', services: [{ 'bom-ref': 't', name: 'sub' }] }],
        dependencies: [{ ref: 'app', dependsOn: ['a'], provides: ['b'] }],
        annotations: [{ text: 'noted' }],
      },
      3,
      'cyclonedx',
    );
    const report = [...(await shapes.nodes()).values()].find(
      ({ properties }) => properties.stixType === 'x-cyclonedx-bom',
    );
    expect(report?.properties).toMatchObject({
      name: 'app',
      published: '2024-01-01T00:00:00Z',
      customProperties: { cyclonedx: { annotations: [{ text: 'noted' }] } },
    });
    const purl = (name: string) => `pkg:npm/${name}@1.0.0`;
    expect(await shapes.links()).toEqual(
      [
        `app CONTAINS ${purl('app')}`,
        `app CONTAINS ${purl('a')}`,
        'app CONTAINS api',
        'api contains sub',
        `${purl('app')} contains ${purl('inner')}`,
        `${purl('a')} contains ${purl('b')}`,
        `${purl('app')} depends-on ${purl('a')}`,
        `${purl('app')} provides ${purl('b')}`,
      ].sort(),
    );
  });

  it('takes no version that is unaffected for an affected one, and the last word on a state', async () => {
    const affects = [
      { ref: 'a', versions: [{ version: '1.0.0', status: 'unaffected' }] },
      {
        ref: 'b',
        versions: [
          { version: '1.0.0', status: 'unaffected' },
          { version: '0.9.0', status: 'affected' },
        ],
      },
    ];
    const analysis = {
      state: 'not_affected',
      firstIssued: '2024-01-01T00:00:00Z',
      lastUpdated: '2024-03-01T00:00:00Z',
    };
    await shapes.expectRead(
      {
        bomFormat: 'CycloneDX',
        specVersion: '1.5',
        components: [component('a'), component('b')],
        vulnerabilities: [
          { id: 'CVE-2024-0001', affects },
          { id: 'CVE-2024-0002', affects: [affects[0]], analysis },
        ],
      },
      4,
      'cyclonedx',
    );
    expect((await shapes.links()).filter((link) => link.includes('AFFECTS'))).toEqual([
      'CVE-2024-0001 AFFECTS pkg:npm/b@1.0.0',
      'CVE-2024-0002: not_affected AFFECTS pkg:npm/a@1.0.0',
    ]);
    const [statement] = [...(await shapes.nodes()).values()].filter(({ type }) => type === 'VexStatement');
    expect(statement.properties).toMatchObject({
      statedAt: '2024-03-01T00:00:00Z',
      customProperties: { firstIssued: '2024-01-01T00:00:00Z' },
    });
  });

  it('tells what advisories say of a part of something of the part as well, where that is safe', async () => {
    const product = (product_id: string, purl?: string) => ({
      product_id,
      name: product_id,
      ...(purl ? { product_identification_helper: { purl } } : {}),
    });
    const part = (of: string, part: string) => ({
      category: 'default_component_of',
      full_product_name: product(`${of}:${part}`),
      product_reference: part,
      relates_to_product_reference: of,
    });
    const advisory = {
      document: { csaf_version: '2.0', title: 'T', publisher: { name: 'V' }, tracking: { id: 'V-1' } },
      product_tree: {
        branches: [
          {
            category: 'vendor',
            name: 'V',
            branches: [
              { category: 'product_name', name: 'OS 8', product: product('OS-8') },
              { category: 'product_name', name: 'OS 9', product: product('OS-9') },
              {
                category: 'product_version',
                name: 'lib',
                product: product('lib-1.el8', 'pkg:rpm/v/lib@1.el8?arch=x86_64'),
              },
              { category: 'product_version', name: 'lib', product: product('lib', 'pkg:rpm/v/lib') },
            ],
          },
        ],
        relationships: [part('OS-8', 'lib-1.el8'), part('OS-9', 'lib'), part('OS-8', 'lib')],
      },
      vulnerabilities: [
        {
          cve: 'CVE-2024-0003',
          product_status: {
            fixed: ['OS-8:lib-1.el8'],
            known_affected: ['OS-9:lib'],
            known_not_affected: ['OS-8:lib'],
          },
        },
      ],
    };
    await shapes.expectRead(advisory, 1, 'csaf');
    const found = await shapes.links();
    expect(found.filter((link) => link.includes('AFFECTS'))).toEqual([
      'CVE-2024-0003: fixed AFFECTS OS-8:lib-1.el8',
      'CVE-2024-0003: fixed AFFECTS pkg:rpm/v/lib@1.el8?arch=x86_64',
      'CVE-2024-0003: known_affected AFFECTS OS-9:lib',
      'CVE-2024-0003: known_affected AFFECTS pkg:rpm/v/lib',
      'CVE-2024-0003: known_not_affected AFFECTS OS-8:lib',
    ]);
    expect(found).toEqual(
      expect.arrayContaining(['OS-8:lib default-component-of OS-8', 'OS-8:lib combines pkg:rpm/v/lib']),
    );
  });

  it('counts statements of OpenVEX, whatever they say of their vulnerability', async () => {
    const vulnerability = { name: 'CVE-2024-0004', aliases: ['GHSA-x'], description: 'd' };
    const products = [{ '@id': 'pkg:npm/a@1.0.0', subcomponents: [{ '@id': 'pkg:npm/b@2' }] }];
    await shapes.expectRead(
      {
        '@context': 'https://openvex.dev/ns/v0.2.0',
        '@id': 'https://example.org/1',
        author: 'A',
        statements: [
          { vulnerability, products, status: 'fixed' },
          { vulnerability, products, status: 'affected' },
        ],
      },
      2,
      'openvex',
    );
  });
});
