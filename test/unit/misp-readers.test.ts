import { meaningOfTags } from '../../src/ingest/misp-tags';
import { listPatterns } from '../../src/model/list-pattern';
import type { Json } from '../../src/model/values';
import { WarninglistIndex } from '../../src/service/warninglist-index';
import { bundleOf, type MemoryAtlas, openMemoryAtlas, stixId } from '../support/memory-atlas';

describe('tags of MISP', () => {
  it('say who may see something, and how far to trust it', () => {
    expect(
      meaningOfTags([
        'tlp:amber+strict',
        'PAP:RED',
        'estimative-language:likelihood-probability="very-likely"',
        'misp:confidence-level="unconfident"',
        'admiralty-scale:source-reliability="b"',
        'admiralty-scale:information-credibility="2"',
        'workflow:state="draft"',
        'no machine tag',
      ]),
    ).toEqual({
      markings: ['tlp:amber+strict', 'PAP:RED'],
      confidence: 88,
      reliability: 'B',
      credibility: 2,
    });
    expect(meaningOfTags(['admiralty-scale:source-reliability="G"', 'osint:certainty="93"'])).toEqual({
      markings: [],
      reliability: 'E',
      confidence: 93,
    });
    expect(
      meaningOfTags(['osint:certainty="x"', 'constructor:x="y"', 'misp:confidence-level="toString"']),
    ).toEqual({ markings: [] });
    expect(meaningOfTags(undefined)).toEqual({ markings: [] });
  });
});

describe('a warninglist', () => {
  const index = (type: string, entries: readonly string[], attributes: readonly string[] = []) =>
    new WarninglistIndex([
      { list: { name: type, description: null, category: null, type, attributes }, entries },
    ]);
  const entry = (found: WarninglistIndex, value: string) => found.find({ value })[0]?.entry;

  it('of networks holds what lies in them', () => {
    const list = index('cidr', [
      '10.0.0.0/8',
      '198.51.100.7',
      '2001:db8::/32',
      '::ffff:192.0.2.0/120',
      'bad',
      '10.0.0.0/99',
    ]);
    expect(entry(list, '10.200.3.4')).toBe('10.0.0.0/8');
    expect(entry(list, '10.200.3.4:8080')).toBe('10.0.0.0/8');
    expect(entry(list, 'http://10.1.2.3/gate.php')).toBe('10.0.0.0/8');
    expect(entry(list, '11.0.0.1')).toBeUndefined();
    expect(entry(list, '198.51.100.7')).toBe('198.51.100.7');
    expect(entry(list, '2001:db8:1::9')).toBe('2001:db8::/32');
    expect(entry(list, '::ffff:192.0.2.200')).toBe('::ffff:192.0.2.0/120');
    expect(entry(list, '10.1.0.0/16')).toBe('10.0.0.0/8');
    expect(entry(list, '10.0.0.0/4')).toBeUndefined();
  });

  it('of hosts holds the domains below them', () => {
    const list = index('hostname', ['.github.io', 'bit.ly']);
    expect(entry(list, 'evil.github.io')).toBe('.github.io');
    expect(entry(list, 'https://a.b.github.io:443/x')).toBe('.github.io');
    expect(entry(list, 'BIT.LY')).toBe('bit.ly');
    expect(entry(list, 'notbit.ly')).toBeUndefined();
  });

  it('of texts holds them whole, or as a part, for the kinds it is meant for', () => {
    expect(entry(index('string', ['Example.com']), 'example.com')).toBe('Example.com');
    expect(entry(index('string', ['example.com']), 'a.example.com')).toBeUndefined();
    const parts = index('substring', ['sandbox.', 'Lab', '', 'a part that is longer than the text']);
    expect(entry(parts, 'my.sandbox.example')).toBe('sandbox.');
    expect(entry(parts, 'LAB.example')).toBe('Lab');
    expect(entry(parts, 'x.example')).toBeUndefined();
    expect(entry(index('string', ['example.com'], ['ip-src']), 'example.com')).toBeUndefined();
    expect(
      entry(
        index('string', ['d41d8cd98f00b204e9800998ecf8427e'], ['md5']),
        'd41d8cd98f00b204e9800998ecf8427e',
      ),
    ).toBeDefined();
    expect(entry(index('string', ['example.com'], ['ALL']), 'example.com')).toBe('example.com');
  });

  it('of regular expressions is matched as it was written for PCRE, marks and flags included', () => {
    const fictional = '/((?:\\+|00)44)?07700900([0-9]{3})/g';
    const list = index('regex', [fictional, '#^CDN\\d+\\.#i', 'plain[0-9]'], ['phone-number', 'domain']);
    const found = (value: string, type: string) => list.find({ value, attributes: [type] })[0]?.entry;
    expect(found('+4407700900123', 'phone-number')).toBe(fictional);
    expect(found('+4407700900123', 'md5')).toBeUndefined();
    expect(entry(list, 'cdn7.example.com')).toBe('#^CDN\\d+\\.#i');
    expect(entry(list, 'x.plain7.example')).toBe('plain[0-9]');
    expect(entry(list, 'X.PLAIN7.example')).toBeUndefined();
    // What may be anything, a serial number or a part of a hash, is not asked of lists that are for something.
    expect(entry(list, '4407700900123')).toBeUndefined();
    expect(entry(index('regex', ['^44077']), '4407700900123')).toBe('^44077');
  });

  it('of regular expressions hangs on none, and tells those that cannot be matched', () => {
    const hostile = ['(a+)+$', '(a|aa)+b', '(.*a){25}', '[ab]*a[ab]{900}c', '((((a{9}){9}){9}){9}){9}'];
    const list = index('regex', hostile);
    const began = performance.now();
    for (let i = 0; i < 100; i++) list.find({ value: `${'ab'.repeat(1000)}${i}!` });
    expect(performance.now() - began).toBeLessThan(10_000);
    const { unmatched } = listPatterns([...hostile, '(?=a)b', '/(a)\\1/', '/a/x', 'a'.repeat(1001), 'a']);
    expect([...unmatched.keys()].sort()).toEqual(
      ['((((a{9}){9}){9}){9}){9}', '(?=a)b', '/(a)\\1/', '/a/x', 'a'.repeat(1001)].sort(),
    );
    const many = Array.from({ length: 100 }, (_, i) => `${i}[ab]{900}`);
    expect(listPatterns(many).unmatched.size).toBe(78);
  });
});

describe('importing MISP', () => {
  let atlas: MemoryAtlas;
  beforeEach(async () => {
    atlas = await openMemoryAtlas();
  });
  afterEach(() => atlas.engine.close());

  const uuid = (number: number) => `5f0b2f6e-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const properties = async () => {
    const { nodes } = (await atlas.state()) as {
      nodes: { id: string; type: string; properties: Record<string, Json> }[];
    };
    return new Map(nodes.map((node) => [node.id, node.properties]));
  };
  const event = (more: object) => ({
    Event: {
      uuid: uuid(1),
      info: 'A campaign',
      date: '2024-02-01',
      timestamp: '1706745600',
      Orgc: { name: 'CERT' },
      Tag: [
        { name: 'tlp:amber' },
        { name: 'admiralty-scale:source-reliability="a"' },
        { name: 'admiralty-scale:information-credibility="2"' },
      ],
      ...more,
    },
  });

  it('gives an event its tags, and what is in it those that it does not have itself', async () => {
    await atlas.importOne(
      event({
        distribution: '4',
        SharingGroup: { name: 'Banks', uuid: uuid(9) },
        Attribute: [
          {
            uuid: uuid(2),
            type: 'ip-dst',
            value: '198.51.100.7',
            distribution: '5',
            Tag: [{ name: 'tlp:red' }, { name: 'estimative-language:likelihood-probability="likely"' }],
          },
          { uuid: uuid(3), type: 'domain', value: 'panel.example', distribution: '3' },
          { type: 'domain', value: 'no uuid' },
        ],
        Object: [
          {
            uuid: uuid(4),
            name: 'file',
            Attribute: [{ uuid: uuid(5), type: 'md5', value: 'x' }],
            ObjectReference: [
              { referenced_uuid: uuid(2), relationship_type: 'connects-to', referenced_type: '0' },
            ],
          },
        ],
      }),
    );
    const found = await properties();
    expect(found.get(`x-misp-event--${uuid(1)}`)).toMatchObject({
      markings: ['tlp:amber'],
      reliability: 'A',
      sharedWith: ['Banks'],
    });
    expect(found.get(`x-misp-attribute--${uuid(2)}`)).toMatchObject({
      markings: ['tlp:red'],
      sharedWith: ['Banks'],
      address: '198.51.100.7',
    });
    expect(found.get(`x-misp-attribute--${uuid(3)}`)).not.toHaveProperty('sharedWith');
    expect(found.get(`x-misp-attribute--${uuid(3)}`)).toMatchObject({ markings: ['tlp:amber'] });
    expect(found.get(`x-misp-object--${uuid(4)}`)).toMatchObject({
      markings: ['tlp:amber'],
      sharedWith: ['Banks'],
    });
    const claims = await atlas.services.evidence.find([
      `x-misp-attribute--${uuid(2)}`,
      `x-misp-attribute--${uuid(3)}`,
    ]);
    expect([...claims.values()].map(([claim]) => [claim.confidence, claim.credibility])).toEqual([
      [68, 2],
      [undefined, 2],
    ]);
  });

  it('keeps an event for its organisation where it says so', async () => {
    await atlas.importOne(event({ distribution: 0 }));
    expect((await properties()).get(`x-misp-event--${uuid(1)}`)).toMatchObject({ sharedWith: ['CERT'] });
  });

  it('finds infrastructure and indicators that are on a list, whichever came first', async () => {
    const address = (number: number, value: string) => ({
      type: 'ipv4-addr',
      spec_version: '2.1',
      id: stixId('ipv4-addr', number),
      value,
    });
    const indicator = {
      type: 'indicator',
      spec_version: '2.1',
      id: stixId('indicator', 1),
      created: '2024-01-01T00:00:00Z',
      modified: '2024-01-01T00:00:00Z',
      name: 'i',
      pattern: "[ipv4-addr:value = '104.16.0.9' OR domain-name:value = 'panel.example']",
      pattern_type: 'stix',
      valid_from: '2024-01-01T00:00:00Z',
    };
    await atlas.importOne(bundleOf(address(1, '104.16.0.7')));
    await atlas.importOne({
      name: 'Cloud',
      type: 'cidr',
      version: 1,
      category: 'Known identifier',
      list: ['104.16.0.0/13'],
      matching_attributes: ['ip-dst'],
    });
    const file = await atlas.importOne(
      bundleOf(address(2, '104.16.0.8'), address(3, '198.51.100.7'), indicator),
    );
    expect(file.reasons).toEqual([
      { code: 'ON_WARNINGLIST', count: 2, example: `${stixId('ipv4-addr', 2)} is on Cloud: 104.16.0.0/13` },
    ]);
  });
});
