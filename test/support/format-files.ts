/** A small file of every format that is found by its content. */
import { gzipSync } from 'node:zlib';
import { bundleOf, stixId, stixObject, stixRelationship } from './memory-atlas';

const uuid = (number: number) => `5f0b2f6e-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const KNOWN_CVE = 'CVE-2024-0001';
const component = { type: 'library', 'bom-ref': 'a', name: 'a', version: '1.0.0', purl: 'pkg:npm/a@1.0.0' };
const BOM = { bomFormat: 'CycloneDX', specVersion: '1.5', components: [component] };
const GANG = bundleOf(
  stixObject('intrusion-set', 1),
  stixObject('malware', 2),
  stixRelationship(3, 'uses', stixId('intrusion-set', 1), stixId('malware', 2)),
);

/** One file of every format, by its name, with its format and how much there is to read. */
export const FORMAT_FILES: readonly (readonly [string, string, number, string | Buffer | object])[] = [
  ['advisory.json', 'csaf', 1, { document: { csaf_version: '2.0' }, vulnerabilities: [{ cve: KNOWN_CVE }] }],
  ['bom.json', 'cyclonedx', 1, BOM],
  [
    'bom.xml',
    'cyclonedx-xml',
    1,
    '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components><component type="library"><name>b</name></component></components></bom>',
  ],
  [
    'event.json',
    'misp-event',
    2,
    {
      Event: {
        uuid: uuid(1),
        info: 'i',
        Attribute: [{ uuid: uuid(2), type: 'ip-dst', value: '198.51.100.7' }],
      },
    },
  ],
  ['galaxy.json', 'misp-galaxy', 1, { type: 'tool', values: [{ uuid: uuid(3), value: 'v' }] }],
  ['gang.json.gz', 'stix', 3, gzipSync(JSON.stringify(GANG))],
  ['kev.csv', 'cisa-kev-csv', 1, `cveID,vendorProject,product\n${KNOWN_CVE},A,B\n`],
  [
    'kev.json',
    'cisa-kev',
    1,
    {
      catalogVersion: '1',
      vulnerabilities: [{ cveID: KNOWN_CVE, vendorProject: 'A', product: 'B', notes: '', cwes: [] }],
    },
  ],
  ['lines.jsonl', 'stix', 1, JSON.stringify(stixObject('tool', 4))],
  ['pack.yaml', 'graphsense', 1, 'title: t\ncreator: c\ntags:\n - {address: a, label: l}\n'],
  ['sanctioned.json', 'sanctioned-addresses', 1, ['1BoatSLRHtKNngkdXEeobR76b53LETtpyT']],
  ['taxonomy.json', 'misp-taxonomy', 1, { namespace: 'n', predicates: [{ value: 'p' }] }],
  [
    'vex.json',
    'openvex',
    1,
    {
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': 'https://example.org/1',
      statements: [
        { vulnerability: { name: KNOWN_CVE }, products: [{ '@id': 'pkg:npm/a@1.0.0' }], status: 'affected' },
      ],
    },
  ],
  ['warninglist.json', 'misp-warninglist', 1, { name: 'Shared', type: 'cidr', list: ['198.51.100.0/24'] }],
];
