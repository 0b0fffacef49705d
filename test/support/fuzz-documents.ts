/** Files that imports are tried with: a small valid one of every format, and such as nobody means well with. */
import { gzipSync } from 'node:zlib';

const ID = '00000000-0000-4000-8000-00000000000';
export const VALID: readonly string[] = [
  JSON.stringify({
    type: 'bundle',
    id: `bundle--${ID}1`,
    objects: [
      {
        type: 'malware',
        spec_version: '2.1',
        id: `malware--${ID}1`,
        created: '2024-01-01T00:00:00Z',
        modified: '2024-01-01T00:00:00Z',
        name: 'a',
        is_family: true,
      },
      {
        type: 'relationship',
        id: `relationship--${ID}1`,
        relationship_type: 'uses',
        source_ref: `intrusion-set--${ID}1`,
        target_ref: `malware--${ID}1`,
      },
      {
        type: 'attack-flow',
        id: `attack-flow--${ID}1`,
        name: 'f',
        scope: 'other',
        start_refs: [`attack-action--${ID}1`],
      },
      {
        type: 'attack-action',
        id: `attack-action--${ID}1`,
        name: 'x',
        effect_refs: [`attack-action--${ID}1`],
      },
    ],
  }),
  JSON.stringify({
    type: 'tool',
    name: 'G',
    values: [{ uuid: 'u1', value: 'v', related: [{ 'dest-uuid': 'u2', type: 'uses' }] }],
  }),
  JSON.stringify({
    response: [
      {
        Event: {
          uuid: 'e',
          info: 'i',
          timestamp: '1706745600',
          distribution: '4',
          SharingGroup: { name: 's' },
          Tag: [{ name: 'tlp:red' }, { name: 'admiralty-scale:source-reliability="b"' }],
          Galaxy: [
            { type: 'threat-actor', GalaxyCluster: [{ uuid: 'c', value: 'v', meta: { country: ['IR'] } }] },
          ],
          Attribute: [{ uuid: 'a', type: 'ip-dst|port', value: '198.51.100.7|80', deleted: true }],
          Object: [
            {
              uuid: 'o',
              Attribute: [{ uuid: 'b', type: 'btc', value: 'x' }],
              ObjectReference: [{ referenced_uuid: 'a', referenced_type: '0' }],
            },
          ],
        },
      },
    ],
  }),
  JSON.stringify({ [`${ID}1`.slice(1)]: { info: 'm', Orgc: { name: 'o' } }, [`${ID}1`]: { info: 'm' } }),
  JSON.stringify([
    {
      GalaxyCluster: {
        uuid: 'c',
        type: 'threat-actor',
        value: 'v',
        GalaxyElement: [{ key: 'synonyms', value: 's' }],
        GalaxyClusterRelation: [{ referenced_galaxy_cluster_uuid: 'd', Tag: [{ name: 't' }] }],
      },
    },
  ]),
  [
    { type: 'tool', id: `tool--${ID}1`, name: 'n' },
    {
      type: 'observed-data',
      id: `observed-data--${ID}1`,
      objects: {
        0: { type: 'ipv4-addr', value: '198.51.100.7', resolves_to_refs: ['1'] },
        1: { type: 'mac-addr', value: 'd2:fb:49:24:37:18' },
        2: { type: 'file', hashes: { MD5: 'a' }, parent_directory_ref: '3' },
      },
    },
    {
      type: 'attack-flow',
      id: `attack-flow--${ID}2`,
      start_refs: [`attack-condition--${ID}1`],
    },
    {
      type: 'attack-condition',
      id: `attack-condition--${ID}1`,
      on_true_refs: [`attack-operator--${ID}1`],
      on_false_refs: [`attack-action--${ID}2`],
    },
    {
      type: 'attack-operator',
      id: `attack-operator--${ID}1`,
      operator: 'AND',
      effect_refs: [`attack-action--${ID}2`],
    },
    { type: 'attack-action', id: `attack-action--${ID}2`, technique_id: 'T1' },
    { type: 'indicator', id: `indicator--${ID}1`, pattern: "[url:value = 'http://198.51.100.7/']" },
  ]
    .map((each) => JSON.stringify(each))
    .join('\n'),
  JSON.stringify({ name: 'L', type: 'cidr', list: ['10.0.0.0/8'] }),
  JSON.stringify({ namespace: 'n', predicates: [{ value: 'p' }] }),
  JSON.stringify({ catalogVersion: '1', vulnerabilities: [{ cveID: 'CVE-2024-1111' }] }),
  JSON.stringify({
    bomFormat: 'CycloneDX',
    metadata: { component: { name: 'm', components: [{ name: 'n' }] } },
    components: [{ name: 'c', 'bom-ref': 'r', components: [{ name: 'd', purl: 'pkg:npm/d@1' }] }],
    services: [{ name: 's' }],
    dependencies: [{ ref: 'r', dependsOn: ['r'], provides: ['q'] }],
    vulnerabilities: [
      { id: 'CVE-2024-1', affects: [{ ref: 'r', versions: [{ range: 'vers:npm/<2', status: 'affected' }] }] },
      { id: 'CVE-2024-2', analysis: { state: 'not_affected', lastUpdated: '2024-01-01T00:00:00Z' } },
    ],
  }),
  JSON.stringify({
    document: {
      csaf_version: '2.0',
      distribution: { tlp: { label: 'AMBER' } },
      tracking: { id: 't', current_release_date: '2024-01-01T00:00:00Z' },
    },
    product_tree: {
      branches: [
        {
          category: 'vendor',
          name: 'v',
          branches: [{ category: 'product_version', product: { product_id: 'p' } }],
        },
      ],
      product_groups: [{ group_id: 'g', product_ids: ['q'] }],
      relationships: [
        {
          category: 'default_component_of',
          full_product_name: { product_id: 'q' },
          product_reference: 'p',
          relates_to_product_reference: 'q',
        },
      ],
    },
    vulnerabilities: [
      {
        cve: 'CVE-2024-1',
        flags: [{ label: 'l', group_ids: ['g'] }],
        product_status: { fixed: ['q'], known_affected: ['p'] },
      },
    ],
  }),
  JSON.stringify({
    '@context': 'https://openvex.dev/ns',
    statements: [{ vulnerability: 'CVE-2024-1', status: 'fixed', products: ['p'] }],
  }),
  JSON.stringify(['1BoatSLRHtKNngkdXEeobR76b53LETtpyT']),
  'title: t\ncreator: c\nlabel: &l l\ntags:\n  - address: 0x1\n    label: *l\n  - {address: 1, <<: {label: m}}\n',
  'title: t\ncreator: c\nactors:\n  - {id: a, uri: [u], jurisdictions: [AT]}\n',
  'cveID,vendorProject,notes,cwes\r\nCVE-2024-1,"a ""b""",,"CWE-1, CWE-2"\r\n',
  '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components><component><name>a</name></component></components></bom>',
];

const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);
const BOMB = Array.from(
  { length: 12 },
  (_, i) => `a${i}: &a${i} [${i === 0 ? 'x' : `*a${i - 1}, `.repeat(9)}]`,
).join('\n');

const SPACES = Buffer.alloc(160 * 2 ** 20, 0x20);
const MERGES = Array.from({ length: 21 }, (_, i) =>
  i === 0
    ? 'm0: &m0 {address: a, label: l}'
    : `m${i}: &m${i} {<<: [*m${i - 1}, *m${i - 1}, *m${i - 1}], k${i}: 1}`,
).join('\n');

/** A flow of stages of which each has ten ways, all of which must be gone before it stops. */
function branchingFlow(stages: number): string {
  const action = (stage: number, way: number) => `attack-action--${stage}-${way}`;
  const ways = Array.from({ length: 10 }, (_, way) => way);
  const actions = Array.from({ length: stages }, (_, stage) =>
    ways.map((way) => ({
      type: 'attack-action',
      id: action(stage, way),
      name: 'n',
      effect_refs: stage + 1 < stages ? ways.map((next) => action(stage + 1, next)) : [],
    })),
  ).flat();
  const start_refs = ways.map((way) => action(0, way));
  return JSON.stringify([{ type: 'attack-flow', id: 'attack-flow--9', name: 'f', start_refs }, ...actions]);
}

/** Files made by hand to do harm. */
export const HOSTILE: readonly (readonly [string, string | Buffer])[] = [
  ['nothing', ''],
  ['a mark and nothing', '\ufeff'],
  ['two bytes of a mark', Buffer.from([0xff, 0xfe])],
  ['blanks', ' \n\t '],
  ['deep arrays', deep('[', ']', 1_000_000)],
  ['deep objects', `${'{"objects":['.repeat(200_000)}`],
  [
    'deep object in a bundle',
    `{"type":"bundle","objects":[${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}]}`,
  ],
  ['deep YAML', `title: x\ncreator: y\ntags: ${deep('[', ']', 100_000)}`],
  ['a billion laughs', `title: x\ncreator: y\n${BOMB}\ntags: *a11\n`],
  [
    'prototypes',
    '{"type":"bundle","id":"b--1","objects":[{"type":"malware","id":"malware--1","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}],"__proto__":{"polluted":true}}',
  ],
  [
    'prototypes in YAML',
    'title: x\ncreator: y\n__proto__: {polluted: true}\ntags:\n - {address: a, label: l, __proto__: {polluted: true}}\n',
  ],
  [
    'huge numbers',
    '{"type":"bundle","objects":[{"type":"malware","id":"malware--2","is_family":1e999,"x":-1e400,"created":1e308}]}',
  ],
  ['NaN', '{"type":"bundle","objects":[{"type":"malware","id":"malware--3","x":NaN}]}'],
  [
    'null ids',
    '{"type":"bundle","objects":[{"type":"malware","id":null},{"type":null,"id":"x--1"},null,1,"x",[]]}',
  ],
  [
    'one id twice',
    '{"objects":[{"type":"malware","id":"malware--4","name":"a"},{"type":"malware","id":"malware--4","name":"b"},{"type":"tool","id":"malware--4"}]}',
  ],
  [
    'circles',
    '{"objects":[{"type":"relationship","id":"r--1","relationship_type":"uses","source_ref":"a--1","target_ref":"a--1"},{"type":"relationship","id":"r--2","relationship_type":"uses","source_ref":"r--2","target_ref":"r--1"}]}',
  ],
  [
    'Cypher in names',
    '{"objects":[{"type":"malware`) DETACH DELETE n //","id":"x\'}) DETACH DELETE n //--1","name":"$x \\" \' ` //"}]}',
  ],
  ['half surrogates', '{"objects":[{"type":"malware","id":"malware--\\ud800","name":"\\udfff"}]}'],
  ['UTF-16 little', Buffer.from(`\uFEFF${VALID[0]}`, 'utf16le')],
  ['UTF-16 big', Buffer.from(`\uFEFF${VALID[0]}`, 'utf16le').swap16()],
  ['UTF-16 cut in half', Buffer.from(`\uFEFF${VALID[0]}`, 'utf16le').subarray(0, 301)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${VALID[0]}`, 'utf8')],
  ['no UTF-8', Buffer.from('{"objects":[{"type":"malware","id":"malware--\xff\xfe"}]}', 'latin1')],
  ['gzip cut off', gzipSync(VALID[0]).subarray(0, 60)],
  ['gzip in gzip', gzipSync(gzipSync(VALID[0]))],
  ['a gzip bomb', gzipSync(SPACES)],
  ['a gzip bomb in gzip', gzipSync(gzipSync(SPACES))],
  ['a bomb of many files in one', Buffer.concat(Array.from({ length: 3 }, () => gzipSync(SPACES)))],
  ['a bomb after a bundle', Buffer.concat([gzipSync(VALID[0]), gzipSync(SPACES)])],
  ['marked twice', `\ufeff\ufeff${VALID[0]}`],
  ['lines as Windows ends them', VALID[0].replaceAll(',', ',\r\n')],
  ['NULs between', VALID[0].replaceAll(',', ',\u0000')],
  ['NULs in texts', VALID[0].replaceAll('malware', 'mal\\u0000ware')],
  ['Latin-1', Buffer.from('{"objects":[{"type":"malware","id":"malware--1","name":"caf\u00e9"}]}', 'latin1')],
  ['an id that is too long', `{"objects":[{"type":"malware","id":"malware--${'a'.repeat(1_000_000)}"}]}`],
  [
    'a name that is too long',
    `{"objects":[{"type":"malware","id":"malware--5","name":"${'a'.repeat(4_000_000)}"}]}`,
  ],
  [
    'a hundred thousand properties',
    `{"objects":[{"type":"malware","id":"malware--6",${Array.from({ length: 100_000 }, (_, i) => `"x${i}":1`).join(',')}}]}`,
  ],
  [
    'quotes that never end',
    `{"objects":[{"type":"indicator","id":"indicator--7","pattern":"'${"\\\\'".repeat(200_000)}"}]}`,
  ],
  ['beginnings of a bill that never comes', '<bom '.repeat(26_000)],
  ['beginnings of a catalogue that never comes', `cveID,${'vendorProjec,'.repeat(10_000)}`],
  ['an event as deep as can be', `{"Event":{"uuid":"e","Attribute":${deep('[', ']', 1_000_000)}}}`],
  ['a list that is no list', '{"name":"n","list":{"a":1}}'],
  ['functions in YAML', 'title: x\ncreator: y\ntags: !!js/function "function () { return 1 }"\n'],
  ['a YAML that holds itself', 'title: x\ncreator: y\ntags: &a [*a]\n'],
  [
    'fifty thousand keys in YAML',
    `title: x\ncreator: y\ntags: []\n${Array.from({ length: 50_000 }, (_, i) => `k${i}: 1`).join('\n')}`,
  ],
  ['one key twice in YAML', 'title: x\ncreator: y\ntags: []\ntags: [1]\n'],
  [
    'a hundred thousand children in XML',
    `<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><x>${'<a>1</a>'.repeat(100_000)}</x></bom>`,
  ],
  [
    'three thousand tactics of one name',
    JSON.stringify([
      ...Array.from({ length: 3000 }, (_, i) => ({
        type: 'x-mitre-tactic',
        id: `x-mitre-tactic--${i}`,
        x_mitre_shortname: 's',
      })),
      ...Array.from({ length: 300 }, (_, i) => ({
        type: 'attack-pattern',
        id: `attack-pattern--${i}`,
        kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: 's' }],
      })),
    ]),
  ],
  ['many YAML documents', 'title: x\ncreator: y\ntags: []\n---\ntitle: z\n'],
  [
    'blocks in YAML',
    `title: x\ncreator: y\ntags:\n${Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')}`,
  ],
  ['merges in YAML', `title: x\ncreator: y\n${MERGES}\ntags: [*m20]\n`],
  ['one row without end', `cveID,vendorProject\n"${'a'.repeat(8_000_000)}`],
  ['characters that XML has not', '<bom xmlns="http://cyclonedx.org/schema/bom/1.5">&#0;&#xFFFF;</bom>'],
  ['a flow that branches without end', branchingFlow(14)],
  [
    'XML entities',
    '<!DOCTYPE bom [<!ENTITY a "b">]><bom xmlns="http://cyclonedx.org/schema/bom/1.5">&a;</bom>',
  ],
  ['deep XML', `<bom xmlns="http://cyclonedx.org/schema/bom/1.5">${'<a>'.repeat(5000)}`],
];
