/** Inputs that nobody means well with: mutated files, hostile JSON and YAML, odd encodings. Each ends in a report or a stable error. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { ERROR_CATALOGUE } from '../../src/errors';
import { type MemoryAtlas, openMemoryAtlas } from './memory-atlas';

const ID = '00000000-0000-4000-8000-00000000000';
const VALID: readonly string[] = [
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
    Event: { uuid: 'e', info: 'i', Attribute: [{ uuid: 'a', type: 'ip-dst', value: '198.51.100.7' }] },
  }),
  JSON.stringify({ name: 'L', type: 'cidr', list: ['10.0.0.0/8'] }),
  JSON.stringify({ namespace: 'n', predicates: [{ value: 'p' }] }),
  JSON.stringify({ catalogVersion: '1', vulnerabilities: [{ cveID: 'CVE-2024-1111' }] }),
  JSON.stringify({
    bomFormat: 'CycloneDX',
    components: [{ name: 'c', 'bom-ref': 'r' }],
    dependencies: [{ ref: 'r', dependsOn: ['r'] }],
  }),
  JSON.stringify({
    document: { csaf_version: '2.0' },
    vulnerabilities: [{ cve: 'CVE-2024-1', product_status: { fixed: ['p'] } }],
  }),
  JSON.stringify({
    '@context': 'https://openvex.dev/ns',
    statements: [{ vulnerability: 'CVE-2024-1', status: 'fixed', products: ['p'] }],
  }),
  JSON.stringify(['1BoatSLRHtKNngkdXEeobR76b53LETtpyT']),
  'title: t\ncreator: c\ntags:\n  - address: a\n    label: l\n',
  '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components><component><name>a</name></component></components></bom>',
];

const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);
const BOMB = Array.from(
  { length: 12 },
  (_, i) => `a${i}: &a${i} [${i === 0 ? 'x' : `*a${i - 1}, `.repeat(9)}]`,
).join('\n');

/** Files made by hand to do harm. */
export const HOSTILE: readonly (readonly [string, string | Buffer])[] = [
  ['nothing', ''],
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
  ['a gzip bomb', gzipSync(Buffer.alloc(160 * 2 ** 20, 0x20))],
  [
    'XML entities',
    '<!DOCTYPE bom [<!ENTITY a "b">]><bom xmlns="http://cyclonedx.org/schema/bom/1.5">&a;</bom>',
  ],
  ['deep XML', `<bom xmlns="http://cyclonedx.org/schema/bom/1.5">${'<a>'.repeat(5000)}`],
];

/** A valid file with some of its characters, members or values changed. */
export const mutated: fc.Arbitrary<Buffer> = fc
  .record({
    text: fc.constantFrom(...VALID),
    edits: fc.array(
      fc.record({
        at: fc.nat(),
        length: fc.nat(12),
        put: fc.oneof(
          fc.constantFrom(
            '"',
            '{',
            '}',
            '[',
            ']',
            ':',
            ',',
            'null',
            '1e999',
            '"__proto__":',
            '\\u0000',
            '\u0000',
            '*a',
            '&a',
            '- ',
            '\n',
            '<',
            '>',
            '"--"',
            'true',
          ),
          fc.string({ maxLength: 8 }),
        ),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    cut: fc.option(fc.nat(), { freq: 6 }),
    isPacked: fc.boolean(),
  })
  .map(({ text, edits, cut, isPacked }) => {
    let result = text;
    for (const { at, length, put } of edits) {
      const from = at % (result.length + 1);
      result = result.slice(0, from) + put + result.slice(from + length);
    }
    const bytes = Buffer.from(cut === null ? result : result.slice(0, cut % (result.length + 1)), 'utf8');
    return isPacked ? gzipSync(bytes) : bytes;
  });

const anyJson = fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text, 'utf8'));
const members = fc.constantFrom(
  'type',
  'id',
  'objects',
  'values',
  'list',
  'name',
  'Event',
  'tags',
  'document',
  'vulnerabilities',
  'statements',
  '@context',
  'bomFormat',
  'namespace',
  'predicates',
  'catalogVersion',
);
/** Objects with the members that formats are known by, holding anything. */
const almost = fc
  .dictionary(members, fc.jsonValue({ maxDepth: 4 }), { minKeys: 1 })
  .map((value) => Buffer.from(JSON.stringify(value), 'utf8'));
const bytes = fc.uint8Array({ maxLength: 200 }).map((value) => Buffer.from(value));

export const anyFile: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 6, arbitrary: mutated },
  { weight: 2, arbitrary: almost },
  { weight: 1, arbitrary: anyJson },
  { weight: 1, arbitrary: bytes },
);

/** Longest that one file may take, in milliseconds, on a busy machine. */
const CASE_MS = 30_000;

/** A store that takes files one after the other, and says what is wrong with how it took one. */
export class FuzzedAtlas {
  private constructor(private readonly atlas: MemoryAtlas) {}

  static async open(): Promise<FuzzedAtlas> {
    return new FuzzedAtlas(await openMemoryAtlas());
  }

  /** @returns faults of the import, none for one that ends as it must */
  async faultsOf(content: string | Buffer): Promise<readonly string[]> {
    const before = await this.atlas.changeCount();
    const startedAt = Date.now();
    const file = await this.atlas.importOne(content);
    const faults: string[] = [];
    if (Date.now() - startedAt > CASE_MS) faults.push(`took ${Date.now() - startedAt} ms`);
    const { read, created, updated, unchanged, stubbed, rejected, error } = file;
    if (read !== created + updated + unchanged + stubbed + rejected) faults.push('the counts do not add up');
    if (error) {
      if (!(error.code in ERROR_CATALOGUE)) faults.push(`the code ${error.code} is not in the catalogue`);
      if (/\n\s+at /.test(error.message)) faults.push('the message has a stack');
      if ((await this.atlas.changeCount()) !== before)
        faults.push('a file that was refused changed the store');
    }
    if (({} as { polluted?: unknown }).polluted !== undefined) faults.push('a prototype is polluted');
    return faults;
  }

  close(): Promise<void> {
    return this.atlas.engine.close();
  }
}
