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

  it('takes nothing for one thing that only bears one name within documents', async () => {
    const bom = (serial: string) => ({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      serialNumber: serial,
      components: [{ type: 'library', 'bom-ref': 'a', name: 'a', purl: 'pkg:npm/a@1.0.0' }],
      dependencies: [{ ref: 'a', dependsOn: ['1'] }],
      vulnerabilities: [{ 'bom-ref': 'v1', affects: [{ ref: 'a' }] }],
    });
    for (const serial of ['urn:uuid:1', 'urn:uuid:2']) await shapes.expectRead(bom(serial), 3, 'cyclonedx');
    const advisory = (name: string) => ({
      document: {
        csaf_version: '2.0',
        title: 'T',
        publisher: { name, namespace: `https://${name}.example` },
        tracking: { id: '1' },
      },
      vulnerabilities: [{ ids: [{ system_name: `${name} bugs`, text: '#12' }] }, { title: 'unnamed' }],
    });
    for (const name of ['v', 'w']) await shapes.expectRead(advisory(name), 2, 'csaf');
    expect(await shapes.names('Vulnerability')).toEqual([
      expect.stringMatching(/^urn:uuid:1.* #1$/),
      expect.stringMatching(/^urn:uuid:2.* #1$/),
      'v 1 #2',
      'v bugs #12',
      'w 1 #2',
      'w bugs #12',
    ]);
    expect((await shapes.names('Software')).length).toBe(3);
  });

  describe('in editions', () => {
    const entry = (cveID: string, dateAdded: string, knownRansomwareCampaignUse: string) => ({
      cveID,
      dateAdded,
      knownRansomwareCampaignUse,
      vendorProject: 'A',
      product: 'B',
    });
    const older = [entry('CVE-2024-0001', '2024-01-01', 'Unknown')];
    const newer = [
      entry('CVE-2024-0001', '2024-01-01', 'Known'),
      entry('CVE-2024-0002', '2024-02-01', 'Unknown'),
    ];
    const rows = (entries: readonly object[]) =>
      [Object.keys(entries[0]), ...entries.map((each) => Object.values(each))]
        .map((cells) => cells.join())
        .join('\n');
    const asJson = (entries: readonly object[]) => ({ catalogVersion: '1', vulnerabilities: entries });
    const useOf = async () =>
      [...(await shapes.nodes()).values()]
        .filter(({ properties }) => properties.name === 'CVE-2024-0001')
        .map(
          ({ properties }) =>
            (properties.customProperties as Record<string, Record<string, string>>)['cisa-kev'],
        )
        .map((said) => said.knownRansomwareCampaignUse);

    it.each([
      ['JSON after JSON', asJson(newer), asJson(older)],
      ['a table after JSON', asJson(newer), rows(older)],
      ['JSON after a table', rows(newer), asJson(older)],
    ])('an older catalogue takes no place of a newer one: %s', async (_what, late, early) => {
      await shapes.atlas.importOne(late);
      const again = { read: 1, unchanged: 1, reasons: [{ code: 'OLDER_EDITION', count: 1 }] };
      const old = await shapes.atlas.importOne(early);
      expect(old).toMatchObject(again);
      expect(old).not.toHaveProperty('gone');
      expect(await shapes.atlas.importOne(early, { isDryRun: true })).toMatchObject(again);
      expect(await useOf()).toEqual(['Known']);
    });

    it('a newer catalogue does, and a dry run over both says the same', async () => {
      const dry = await shapes.atlas.importing([rows(newer), asJson(older)], { isDryRun: true });
      const { files } = await shapes.atlas.importing([rows(newer), asJson(older)]);
      expect(files).toEqual(dry.files);
      expect(files[1]).toMatchObject({ unchanged: 1, reasons: [{ code: 'OLDER_EDITION' }] });
    });

    const statements = async () => {
      const nodes = [...(await shapes.nodes()).values()].filter(({ type }) => type === 'VexStatement');
      const links = (await shapes.links()).filter((link) => link.includes(' AFFECTS '));
      return { count: nodes.length, links };
    };
    const product = (product_id: string) => ({
      category: 'product_name',
      name: product_id,
      product: { product_id, name: product_id },
    });
    const advisory = (version: string, namespace: string, product_status: object) => ({
      document: {
        csaf_version: '2.0',
        title: 'T',
        publisher: { name: 'V', namespace },
        tracking: { id: 'V-1', version, current_release_date: `2024-0${version}-01T00:00:00Z` },
      },
      product_tree: { branches: [product('A'), product('B')] },
      vulnerabilities: [{ cve: 'CVE-2024-0005', product_status }],
    });

    it('a newer version of an advisory states anew what it says, and leaves what the older one said', async () => {
      const [one, two] = [
        advisory('1', 'https://v.example', { known_affected: ['A', 'B'] }),
        advisory('2', 'https://v.example', { known_affected: ['B'], fixed: ['A'] }),
      ];
      await shapes.expectRead(one, 1, 'csaf');
      expect(await shapes.atlas.importOne(two)).toMatchObject({ read: 1, updated: 1 });
      expect(await shapes.atlas.importOne(one)).toMatchObject({
        unchanged: 1,
        reasons: [{ code: 'OLDER_EDITION' }],
      });
      const said = await statements();
      expect(said.count).toBe(3);
      expect(said.links).toEqual([
        'CVE-2024-0005: fixed AFFECTS A',
        ...['A', 'B', 'B'].map((name) => `CVE-2024-0005: known_affected AFFECTS ${name}`),
      ]);
    });

    it('tells advisories of two publishers apart that bear one id', async () => {
      await shapes.expectRead(advisory('1', 'https://v.example', { fixed: ['A'] }), 1, 'csaf');
      await shapes.atlas.importOne(advisory('1', 'https://w.example', { fixed: ['B'] }));
      expect((await statements()).count).toBe(2);
    });

    it('statements of a document of OpenVEX stay what they are where its next version puts others before them', async () => {
      const statement = (name: string, id: string, status: string) => ({
        vulnerability: { name },
        products: [{ '@id': id }],
        status,
        timestamp: '2024-01-01T00:00:00Z',
      });
      const document = (version: number, ...given: readonly object[]) => ({
        '@context': 'https://openvex.dev/ns/v0.2.0',
        '@id': 'https://example.org/1',
        author: 'A',
        timestamp: '2024-01-01T00:00:00Z',
        version,
        statements: given,
      });
      const fixed = statement('CVE-2024-0006', 'pkg:npm/a@1', 'fixed');
      const affected = statement('CVE-2024-0007', 'pkg:npm/b@1', 'affected');
      await shapes.expectRead(document(1, fixed), 1, 'openvex');
      expect(await shapes.atlas.importOne(document(2, affected, fixed))).toMatchObject({
        created: 1,
        unchanged: 1,
      });
      expect((await statements()).links).toEqual([
        'CVE-2024-0006: fixed AFFECTS pkg:npm/a@1',
        'CVE-2024-0007: affected AFFECTS pkg:npm/b@1',
      ]);
    });

    it('of which one is newer by its entries', async () => {
      await shapes.atlas.importOne(rows(older));
      expect(await shapes.atlas.importOne(asJson(newer))).toMatchObject({
        created: 1,
        updated: 1,
        reasons: [],
      });
      expect(await useOf()).toEqual(['Known']);
    });
  });
});
