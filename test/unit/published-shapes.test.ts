/** Shapes in which the field publishes what it has, each made by hand: all is read, and read again nothing changes. */
import { bytesSource } from '../../src/ingest/byte-source';
import type { Json } from '../../src/model/values';
import { exported, graphState } from '../support/graph-state';
import {
  bundleOf,
  type MemoryAtlas,
  openMemoryAtlas,
  stixId,
  stixObject,
  stixRelationship,
} from '../support/memory-atlas';

const uuid = (number: number) => `5f0b2f6e-0000-4000-8000-${String(number).padStart(12, '0')}`;

describe('what is published', () => {
  let atlas: MemoryAtlas;
  beforeEach(async () => {
    atlas = await openMemoryAtlas();
  });
  afterEach(() => atlas.engine.close());

  interface Node {
    readonly id: string;
    readonly type: string;
    readonly properties: Readonly<Record<string, Json>>;
  }
  interface Link {
    readonly from: string;
    readonly to: string;
    readonly type: string;
    readonly properties: { readonly stixType?: string };
  }
  const nodes = async (): Promise<ReadonlyMap<string, Node>> =>
    new Map(((await atlas.state()) as { nodes: Node[] }).nodes.map((node) => [node.id, node]));
  const names = async (type: string): Promise<readonly Json[]> =>
    [...(await nodes()).values()]
      .flatMap((node) => (node.type === type ? [node.properties.name] : []))
      .sort();
  const links = async (): Promise<readonly string[]> => {
    const { relationships } = await graphState(atlas.services);
    const known = await nodes();
    const nameOf = (id: string) => known.get(id)?.properties.name ?? id;
    return (relationships as readonly Link[])
      .map(({ from, to, type, properties }) => `${nameOf(from)} ${properties.stixType ?? type} ${nameOf(to)}`)
      .sort();
  };

  /** Imports it as a file of a name twice. */
  const expectRead = async (
    content: string | Buffer | object,
    read: number,
    format: string,
  ): Promise<void> => {
    const first = await atlas.importOne(content);
    expect(first).toMatchObject({ format, read, rejected: 0, reasons: [] });
    expect(await atlas.importOne(content)).toMatchObject({ read, unchanged: read });
  };

  describe('in STIX', () => {
    const objects = [
      stixObject('intrusion-set', 1),
      stixObject('malware', 2),
      stixRelationship(3, 'uses', stixId('intrusion-set', 1), stixId('malware', 2)),
    ];
    const lines = (values: readonly object[], end = '\n') =>
      values.map((each) => JSON.stringify(each)).join(end);

    it.each<[string, string | Buffer | object]>([
      ['objects, one a line', lines(objects)],
      ['objects, one a line as Windows ends them', lines(objects, '\r\n')],
      [
        'objects one after the other over many lines',
        objects.map((each) => JSON.stringify(each, null, 2)).join(''),
      ],
      ['bundles, one a line', lines([bundleOf(...objects.slice(0, 2)), bundleOf(objects[2])])],
      ['a list of bundles', [bundleOf(objects[0]), bundleOf(...objects.slice(1))]],
      ['bundles in bundles', bundleOf(objects[0], bundleOf(objects[1], bundleOf(objects[2])))],
      ['UTF-16 that bears no mark', Buffer.from(JSON.stringify(bundleOf(...objects)), 'utf16le')],
      ['UTF-16 of the other order', Buffer.from(JSON.stringify(bundleOf(...objects)), 'utf16le').swap16()],
    ])('as %s', async (_name, content) => {
      await expectRead(content, 3, 'stix');
      expect(await links()).toEqual(['intrusion-set 1 uses malware 2']);
    });

    it('refuses a line that is no JSON, and says where', async () => {
      const file = await atlas.importOne(`${lines(objects)}\n{"type":`);
      expect(file).toMatchObject({ read: 0, error: { code: 'TRUNCATED' } });
      expect(await atlas.importOne(`${lines(objects)}\n[1]`)).toMatchObject({
        error: { code: 'INVALID_JSON' },
      });
      expect(await atlas.changeCount()).toBe(0);
    });

    it('ties no technique to tactics that are told apart by nothing', async () => {
      const tactic = (number: number) =>
        stixObject('x-mitre-tactic', number, { x_mitre_shortname: 'impact' });
      const technique = stixObject('attack-pattern', 1, {
        kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: 'impact' }],
      });
      const file = (count: number) => [technique, ...Array.from({ length: count }, (_, i) => tactic(i))];
      await atlas.importOne(file(33));
      expect(await links()).toEqual([]);
      await atlas.importOne(file(2));
      expect(await links()).toHaveLength(2);
    });

    it('stops writing out flows where a file has more than anybody reads', async () => {
      const steps = Array.from({ length: 300 }, (_, i) => ({
        type: 'attack-action',
        id: `attack-action--${i}`,
        name: `step ${i}`,
        effect_refs: [`attack-action--${i + 1}`],
      }));
      const flows = Array.from({ length: 30 }, (_, i) => ({
        type: 'attack-flow',
        id: `attack-flow--${i}`,
        name: `flow ${i}`,
        start_refs: ['attack-action--0'],
      }));
      const { reasons } = await atlas.importOne([...flows, ...steps], { isDryRun: true });
      expect(reasons).toEqual([expect.objectContaining({ code: 'FLOW_TOO_BRANCHED', count: 2 })]);
    }, 30_000);

    it('rejects the line that is no object of STIX, and takes the others', async () => {
      const file = await atlas.importOne(lines([...objects, { type: 'malware' }]));
      expect(file).toMatchObject({ read: 4, created: 3, rejected: 1, reasons: [{ code: 'MISSING_ID' }] });
    });
  });

  describe('by MISP', () => {
    const attribute = (number: number, type: string, value: Json, more: object = {}) => ({
      uuid: uuid(number),
      type,
      value,
      timestamp: '1706745600',
      ...more,
    });
    const event = (more: object = {}) => ({
      uuid: uuid(1),
      info: 'A campaign',
      date: '2024-02-01',
      timestamp: '1706745600',
      Orgc: { name: 'CERT', uuid: uuid(90) },
      Attribute: [attribute(2, 'ip-dst|port', '198.51.100.7|443'), attribute(3, 'boolean', true)],
      Object: [
        {
          uuid: uuid(4),
          name: 'file',
          Attribute: [attribute(5, 'domain|ip', 'panel.example|198.51.100.9', { deleted: true })],
        },
      ],
      ...more,
    });

    it.each<[string, object]>([
      ['in its wrapper', { Event: event() }],
      ['without any', event()],
      ['in a list', [{ Event: event() }]],
      ['in a list without wrappers', [event()]],
      ['in an answer', { response: [{ Event: event() }] }],
      ['as the answer', { response: { Event: event() } }],
    ])('as an event %s', async (_name, content) => {
      await expectRead(content, 5, 'misp-event');
      expect(await names('Report')).toContain('A campaign');
      const found = await nodes();
      const at = (number: number) => found.get(`x-misp-attribute--${uuid(number)}`)?.properties;
      expect(at(2)).toMatchObject({ address: '198.51.100.7', name: '198.51.100.7|443' });
      expect(at(3)).toMatchObject({ name: 'true' });
      expect(at(5)).toMatchObject({ address: 'panel.example', revoked: true });
    });

    it('as attributes and objects that a search found, with the event that they are of', async () => {
      const { Attribute, Object: objects, ...around } = event();
      const found = Attribute.map((each) => ({ ...each, Event: around }));
      await expectRead({ response: { Attribute: found } }, 2, 'misp-event');
      await expectRead({ response: objects.map((each) => ({ Object: each })) }, 2, 'misp-event');
      expect(await links()).toEqual([
        'A campaign CONTAINS 198.51.100.7|443',
        'A campaign CONTAINS true',
        'file CONTAINS panel.example|198.51.100.9',
      ]);
    });

    it('as a manifest or list of events, which takes nothing from an event that is known', async () => {
      await atlas.importOne({ Event: event() });
      const known = (await nodes()).get(`x-misp-event--${uuid(1)}`);
      const { Attribute: _a, Object: _o, uuid: own, ...named } = event({ analysis: 2 });
      const manifest = { [own]: named, [uuid(6)]: { ...named, info: 'Another' } };
      const list = [{ ...named, uuid: own, EventTag: [{ Tag: { name: 'tlp:green' } }] }];
      await expectRead(manifest, 2, 'misp-event');
      expect((await nodes()).get(`x-misp-event--${uuid(1)}`)).toEqual(known);
      expect(await atlas.importOne(list)).toMatchObject({ read: 1, updated: 1 });
      expect(await atlas.importOne(list)).toMatchObject({ read: 1, unchanged: 1 });
      expect((await nodes()).get(`x-misp-event--${uuid(1)}`)?.properties).toMatchObject({
        markings: ['tlp:green'],
        customProperties: known?.properties.customProperties,
      });
      expect(await names('Report')).toEqual(expect.arrayContaining(['A campaign', 'Another']));
    });

    it('with names for the clusters that an event is tagged with, which their galaxy may tell better', async () => {
      const cluster = { uuid: uuid(20), value: 'Gang', description: 'short', meta: { synonyms: ['Crew'] } };
      const galaxy = { type: 'threat-actor', name: 'Threat Actor', GalaxyCluster: [cluster] };
      const tagged = { Event: event({ Galaxy: [galaxy] }) };
      await expectRead(tagged, 5, 'misp-event');
      const id = `x-misp-galaxy-cluster--${uuid(20)}`;
      expect((await nodes()).get(id)).toMatchObject({
        type: 'IntrusionSet',
        properties: { name: 'Gang', aliases: ['Crew'] },
      });
      await atlas.importOne({
        type: 'threat-actor',
        values: [{ value: 'Gang', uuid: uuid(20), description: 'long', meta: { country: 'XX' } }],
      });
      expect(await atlas.importOne(tagged)).toMatchObject({ unchanged: 5 });
      expect((await nodes()).get(id)?.properties).toMatchObject({ description: 'long' });
    });

    it('as galaxies: definitions, values without a UUID, lists where one text is expected', async () => {
      await expectRead(
        { uuid: uuid(30), name: 'Threat Actor', type: 'threat-actor', namespace: 'misp', version: 3 },
        1,
        'misp-galaxy',
      );
      await expectRead(
        {
          uuid: uuid(30),
          type: 'threat-actor',
          name: 'Threat actor',
          authors: ['A'],
          values: [{ value: 'Nameless' }, { value: 'Gang', meta: { country: ['IR'], synonyms: 'Crew' } }],
        },
        2,
        'misp-galaxy',
      );
      expect(await names('IntrusionSet')).toEqual(['Gang', 'Nameless']);
      expect(await names('Jurisdiction')).toEqual(['IR']);
      expect((await nodes()).get(`x-misp-galaxy--${uuid(30)}`)?.properties).toMatchObject({
        name: 'Threat Actor',
        customProperties: { definition: { version: 3 }, clusters: { authors: ['A'] } },
      });
    });

    it('as clusters that an instance exports', async () => {
      const GalaxyCluster = {
        uuid: uuid(40),
        type: 'threat-actor',
        value: 'Gang',
        GalaxyElement: [
          { key: 'synonyms', value: 'Crew' },
          { key: 'synonyms', value: 'Mob' },
        ],
        GalaxyClusterRelation: [
          {
            referenced_galaxy_cluster_uuid: uuid(41),
            referenced_galaxy_cluster_type: 'similar',
            Tag: [{ name: 'estimative-language:likelihood-probability="likely"' }],
          },
        ],
      };
      const file = await atlas.importOne([{ GalaxyCluster }]);
      expect(file).toMatchObject({ format: 'misp-galaxy', read: 2, created: 1, stubbed: 1 });
      expect(await atlas.importOne({ GalaxyCluster })).toMatchObject({ read: 2, unchanged: 2 });
      expect((await nodes()).get(`x-misp-galaxy-cluster--${uuid(40)}`)?.properties).toMatchObject({
        aliases: ['Crew', 'Mob'],
      });
    });

    it('as the warninglist that an instance answers with', async () => {
      const list = { name: 'Hosts', type: 'hostname', WarninglistType: [{ type: 'domain' }] };
      const Warninglist = { ...list, WarninglistEntry: [{ id: '1', value: 'cdn.example' }] };
      await expectRead({ Warninglist }, 1, 'misp-warninglist');
      const { reasons } = await atlas.importOne([
        { type: 'domain-name', id: stixId('domain-name', 1), value: 'a.cdn.example' },
      ]);
      expect(reasons).toEqual([expect.objectContaining({ code: 'ON_WARNINGLIST', count: 1 })]);
    });
  });

  describe('on money', () => {
    it('keeps addresses as they are written: hexadecimal and long numbers are no numbers', async () => {
      await expectRead(
        [
          '---',
          'title: T',
          'creator: C',
          'defaults: &shared {currency: ETH, label: Exchange}',
          'tags:',
          '  - address: 0xFA8E3920daF271daB92Be9B87d9998DDd94FEF08',
          '    <<: *shared',
          '  - {address: 12345678901234567890, <<: *shared}',
          '  - {address: 0042, <<: *shared}',
        ].join('\n'),
        3,
        'graphsense',
      );
      expect(await names('FinancialChannel')).toEqual([
        '0042',
        '0xfa8e3920daf271dab92be9b87d9998ddd94fef08',
        '12345678901234567890',
      ]);
      expect(await names('Thing')).toEqual(['exchange']);
    });

    it('refuses a key that stands twice in one map', async () => {
      const file = await atlas.importOne(
        'title: T\ncreator: C\ntags:\n - {address: a, label: l, label: m}\n',
      );
      expect(file).toMatchObject({
        error: { code: 'INVALID_YAML', message: expect.stringContaining('"label" stands twice') },
      });
    });

    it('reads tags in JSON, and what the header says of all actors', async () => {
      await expectRead(
        { title: 'T', creator: 'C', label: 'L', tags: [{ address: '1BoatSLRHtKNngkdXEeobR76b53LETtpyT' }] },
        1,
        'graphsense',
      );
      await expectRead(
        'title: T\ncreator: C\njurisdictions: [AT]\nactors:\n - {id: a, label: A, uri: [https://a.example, https://b.example]}\n',
        2,
        'graphsense',
      );
      expect(await links()).toEqual(expect.arrayContaining(['A located-at AT']));
    });

    it('reads sanctioned addresses, one a line, where the file says what they are', async () => {
      const { services } = atlas;
      const lines = '1BoatSLRHtKNngkdXEeobR76b53LETtpyT\r\n\r\n3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy';
      const { files } = await services.importing.import(
        ['sanctioned_addresses_XBT.txt', 'list.txt'].map((name) => bytesSource(lines, name)),
        { actor: 'test' },
      );
      expect(files).toMatchObject([
        { format: 'sanctioned-addresses-text', read: 2, created: 2 },
        { error: { code: 'UNKNOWN_FORMAT' } },
      ]);
    });
  });

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
    await expectRead({ catalogVersion: '1', vulnerabilities: [entry] }, 1, 'cisa-kev');
    const rows = [
      Object.keys(entry).join(','),
      'CVE-2021-27104,A,B,"A ""quoted"", name",Known,,"CWE-78, CWE-20"',
    ].join('\r\n');
    for (const text of [rows, `\ufeff${rows}\r\n`]) {
      expect(await atlas.importOne(text)).toMatchObject({ format: 'cisa-kev-csv', read: 1, unchanged: 1 });
    }
    expect(await atlas.importOne(`${rows}\r\nCVE-1,too few`)).toMatchObject({
      read: 2,
      rejected: 1,
      reasons: [{ code: 'BAD_RECORD' }],
    });
  });

  describe('on the supply chain', () => {
    const component = (name: string, more: object = {}) => ({
      type: 'library',
      'bom-ref': name,
      name,
      purl: `pkg:npm/${name}@1.0.0`,
      ...more,
    });

    it('keeps what a bill of materials says of itself, and what holds what', async () => {
      await expectRead(
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
      const report = [...(await nodes()).values()].find(
        ({ properties }) => properties.stixType === 'x-cyclonedx-bom',
      );
      expect(report?.properties).toMatchObject({
        name: 'app',
        published: '2024-01-01T00:00:00Z',
        customProperties: { cyclonedx: { annotations: [{ text: 'noted' }] } },
      });
      const purl = (name: string) => `pkg:npm/${name}@1.0.0`;
      expect(await links()).toEqual(
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
      await expectRead(
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
      expect((await links()).filter((link) => link.includes('AFFECTS'))).toEqual([
        'CVE-2024-0001 AFFECTS pkg:npm/b@1.0.0',
        'CVE-2024-0002: not_affected AFFECTS pkg:npm/a@1.0.0',
      ]);
      const [statement] = [...(await nodes()).values()].filter(({ type }) => type === 'VexStatement');
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
      await expectRead(advisory, 1, 'csaf');
      const found = await links();
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
      await expectRead(
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
});

describe('an export', () => {
  it('keeps a relationship that another one refers to as if it were an object', async () => {
    const atlas = await openMemoryAtlas();
    const copy = await openMemoryAtlas();
    try {
      const uses = stixRelationship(1, 'uses', stixId('intrusion-set', 1), stixId('malware', 1));
      const about = stixRelationship(2, 'related-to', uses.id as string, stixId('malware', 1));
      await atlas.importOne(bundleOf(stixObject('intrusion-set', 1), stixObject('malware', 1), uses, about));
      const text = await exported(atlas.services, { format: 'stix' });
      const { report } = await copy.importOne(text);
      const ignored = new Set([report as string]);
      expect(await graphState(copy.services, ignored)).toEqual(await graphState(atlas.services, ignored));
    } finally {
      await atlas.engine.close();
      await copy.engine.close();
    }
  });
});
