import { gzipSync } from 'node:zlib';
import { bytesSource } from '../../src/ingest/byte-source';
import { JsonRecord } from '../../src/ingest/data-record';
import { filled, fitted, meets, templateOf, termValue, timeIn } from '../../src/ingest/mapping-value';
import { addressKindOf } from '../../src/model/address';
import { nodeProperties } from '../../src/model/ontology/ontology';
import type { Json } from '../../src/model/values';
import { type MemoryAtlas, openMemoryAtlas } from '../support/memory-atlas';

const record = (json: Json) => new JsonRecord(json, 'here', ['first', 'second']);

const GANGS = `
mapping: 1
format: csv
records:
  - where: { status: { not: retired } }
    nodes:
      - as: gang
        type: ThreatActor
        key: ["{gang}"]
        properties: { name: "{gang}", kind: group }
      - as: panel
        type: Infrastructure
        key: ["{address}"]
        shared: true
        properties:
          name: "{address}"
          infrastructureType: { from: "{address}", classify: address, default: unknown }
          validFrom: { from: "{seen}", format: DD.MM.YYYY }
    relationships:
      - { type: USES, from: gang, to: panel, confidence: { from: "{sure}", map: { yes: 95 }, default: 40 } }
`;
const TABLE = `gang,address,seen,sure,status,colour
Alpha,198.51.100.7,01.02.2024,yes,live,red
Alpha,"panel.example",31.02.2024,no,live,
Beta,198.51.100.7,05.02.2024,,retired,
Gamma,,05.02.2024,,live,
Delta,one,two
`;

describe('terms of a mapping', () => {
  it('fills templates, and gives nothing where a column is empty', () => {
    const row = record({ a: 'x', n: 3, list: ['p', 'q'], deep: { er: true }, empty: '' });
    expect(filled('{a}-{n} {{{list}}} {deep.er}', row)).toBe('x-3 {p, q} true');
    expect(filled('{a}{empty}', row)).toBeUndefined();
    expect(filled('{$1}/{$2}', row)).toBe('first/second');
    expect(filled('{__proto__}{constructor}', row)).toBeUndefined();
    expect(templateOf('{a')).toContain('opens a brace');
    expect(templateOf('a}')).toContain('closes a brace');
  });

  it('keeps lists and numbers, splits, maps, and falls back', () => {
    const row = record({ list: ['b', 'a'], text: 'x; y', n: 7, word: 'Sure' });
    expect(termValue('{list}', row)).toEqual(['b', 'a']);
    expect(termValue('{n}', row)).toBe(7);
    expect(termValue({ from: '{text}', split: ';' }, row)).toEqual(['x', 'y']);
    expect(termValue({ from: '{word}', case: 'lower', map: { sure: 90 } }, row)).toBe(90);
    expect(termValue({ from: '{word}', map: { sure: 90 }, default: 10 }, row)).toBe(10);
    expect(termValue({ from: '{none}', default: 'd' }, row)).toBe('d');
  });

  it.each([
    ['20230529-2', 'YYYYMMDD*', '2023-05-29T00:00:00.000Z'],
    ['29.05.2023 14:03', 'DD.MM.YYYY HH:mm', '2023-05-29T14:03:00.000Z'],
    ['31.02.2023', 'DD.MM.YYYY', undefined],
    ['2023', 'YYYYMM', undefined],
    ['20230529x', 'YYYYMMDD', undefined],
    ['1685318400', 'unix', '2023-05-29T00:00:00.000Z'],
    ['1e99', 'unix', undefined],
    ['', 'unix', undefined],
  ])('reads %s as %s', (text, format, time) => {
    expect(timeIn(text, format)).toBe(time);
  });

  it('fits texts to the kinds of the ontology, or not at all', () => {
    const spec = (type: string, name: string) => nodeProperties(type).find((each) => each.name === name)!;
    expect(fitted('yes', spec('Malware', 'isFamily'))).toBe(true);
    expect(fitted('perhaps', spec('Malware', 'isFamily'))).toBeUndefined();
    expect(fitted('0.5', spec('Requirement', 'criticality'))).toBe(0.5);
    expect(fitted('5', spec('Requirement', 'criticality'))).toBeUndefined();
    expect(fitted('nation state', spec('ThreatActor', 'motivation'))).toBe('NATION_STATE');
    expect(fitted('x', spec('Malware', 'aliases'))).toEqual(['x']);
    expect(fitted('2024-02-30', spec('Malware', 'validFrom'))).toBeUndefined();
  });

  it('tests conditions', () => {
    const row = record({ a: 'abc', n: 1 });
    expect(meets({ a: 'abc', n: 1 }, row)).toBe(true);
    expect(meets({ a: ['x', 'abc'] }, row)).toBe(true);
    expect(meets({ a: { not: ['abc'] } }, row)).toBe(false);
    expect(meets({ a: { startsWith: 'a', endsWith: 'c', contains: 'b' } }, row)).toBe(true);
    expect(meets({ none: { isEmpty: true }, a: { isEmpty: false } }, row)).toBe(true);
  });

  it.each([
    ['198.51.100.7', 'ip-address'],
    ['198.51.100.7:8080', 'ip-address'],
    ['2001:db8::1', 'ip-address'],
    ['198.51.100.0/24', 'ip-range'],
    ['panel.example', 'domain-name'],
    ['_dmarc.münchen.example', 'domain-name'],
    ['panel.example/gate.php', 'url'],
    ['https://panel.example/', 'url'],
    ['a@panel.example', 'email-address'],
    ['AS64500', 'asn'],
    ['/gate.php', 'path'],
    ['two words', undefined],
    ['word', undefined],
    ['', undefined],
  ])('classifies %s as %s', (text, kind) => {
    expect(addressKindOf(text)).toBe(kind);
  });
});

describe('importing by a mapping', () => {
  let atlas: MemoryAtlas;
  beforeEach(async () => {
    atlas = await openMemoryAtlas();
  });
  afterEach(() => atlas.engine.close());

  const importing = async (mapping: string | object, content: string | Buffer | object) => {
    const text = typeof mapping === 'string' ? mapping : JSON.stringify(mapping);
    return atlas.importOne(content, { mapping: bytesSource(text, 'map.yaml') });
  };
  const codeOf = (mapping: string | object) =>
    importing(mapping, 'a,b\n1,2\n').then(
      (file) => file.error ?? null,
      (error) => ({ code: error.code, message: error.message }),
    );

  it('makes nodes and relationships of the rows of a table, and says what became of each', async () => {
    const file = await importing(GANGS, gzipSync(TABLE));
    expect(file).toMatchObject({ format: 'mapping', read: 4, created: 2, rejected: 2 });
    expect(file.reasons).toEqual([
      { code: 'BAD_RECORD', count: 1, example: 'line 6: has 3 cells, the table has 6 columns' },
      {
        code: 'KEPT_AS_SAID',
        count: 1,
        example: 'line 3: validFrom does not take "31.02.2024"; kept in customProperties',
      },
      { code: 'MISSING_ID', count: 1, example: 'line 5 lacks what its USES is known by' },
      { code: 'NOT_MAPPED', count: 1, example: 'line 4 does not meet where' },
    ]);
    const { nodes } = (await atlas.state()) as {
      nodes: { type: string; properties: Record<string, Json> }[];
    };
    const panels = nodes.filter((node) => node.type === 'Infrastructure').map((node) => node.properties);
    expect(panels).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: '198.51.100.7',
          infrastructureType: 'ip-address',
          validFrom: '2024-02-01T00:00:00.000Z',
        }),
        expect.objectContaining({ name: 'panel.example', customProperties: { validFrom: '31.02.2024' } }),
      ]),
    );
    const again = await importing(GANGS, TABLE);
    expect(again).toMatchObject({ read: 4, created: 0, unchanged: 2, rejected: 2 });
  });

  it('reads JSON by paths, each set of records on its own, and JSON lines', async () => {
    const mapping = {
      mapping: 1,
      records: [
        {
          path: 'gangs.*',
          nodes: [
            { as: 'g', type: 'ThreatActor', key: ['{$1}'], properties: { name: '{$1}' }, keep: ['size'] },
          ],
        },
        {
          path: 'gangs.*.members.*',
          nodes: [
            { as: 'g', type: 'ThreatActor', key: ['{$1}'], properties: { name: '{$1}' } },
            { as: 'm', type: 'ThreatActor', id: '{id}', properties: { name: '{name}' } },
          ],
          relationships: [{ type: 'MEMBER_OF', from: 'm', to: 'g' }],
        },
      ],
    };
    const data = {
      gangs: {
        Alpha: {
          size: 2,
          members: [
            { id: 'threat-actor--1', name: 'A' },
            { id: 'threat-actor--2', name: 'B', note: 'x' },
          ],
        },
      },
    };
    expect(await importing(mapping, data)).toMatchObject({ read: 3, created: 3, rejected: 0 });
    const { nodes } = (await atlas.state()) as { nodes: { properties: Record<string, Json> }[] };
    expect(nodes.find((node) => node.properties.name === 'Alpha')?.properties.customProperties).toEqual({
      size: 2,
    });
    const lines = { mapping: 1, format: 'ndjson', records: [{ nodes: mapping.records[1].nodes.slice(1) }] };
    const file = await importing(
      lines,
      '{"id":"threat-actor--3","name":"C"}\n\n{"id":\n[1]\n{"id":"threat-actor--4","name":"D"}',
    );
    expect(file).toMatchObject({ read: 4, created: 2, rejected: 2 });
  });

  it('streams the elements of one array', async () => {
    const mapping = {
      mapping: 1,
      records: [
        { path: 'rows.*', nodes: [{ as: 'm', type: 'Malware', key: ['{n}'], properties: { name: '{n}' } }] },
      ],
    };
    const rows = Array.from({ length: 5000 }, (_, i) => ({ n: `m${i}` }));
    expect(await importing(mapping, { rows })).toMatchObject({ read: 5000, created: 5000 });
    expect(
      await importing({ ...mapping, records: [{ ...mapping.records[0], path: '*' }] }, rows),
    ).toMatchObject({ unchanged: 5000 });
  });

  it('names every fault of a mapping with its place', async () => {
    const fault = await codeOf({
      mapping: 1,
      format: 'csv',
      records: [
        {
          path: 'x',
          nodes: [
            { as: 'a', type: 'Malwear', key: ['{a}'] },
            { as: 'a', type: 'Malware', properties: { nam: 'x', availability: 'RENTED', name: '{a' } },
          ],
          relationships: [
            { type: 'USES_TECHNIQUE', from: 'a', to: 'b' },
            { type: 'MADE', from: 'a', to: 'a' },
          ],
        },
      ],
    });
    expect(fault?.code).toBe('MAPPING_INVALID');
    for (const part of [
      'records.0.path',
      'no node type Malwear',
      'nodes.1.as',
      'exactly one of key and id',
      'no such property',
      'no term "RENTED"',
      'opens a brace',
      'no node is named b',
      'no relationship type MADE',
    ]) {
      expect(fault?.message).toContain(part);
    }
    expect((await codeOf({ mapping: 2, records: [] }))?.message).toContain('mapping');
    expect((await codeOf({ mapping: 1, rows: [], records: [] }))?.code).toBe('MAPPING_INVALID');
    expect((await codeOf('a: ['))?.code).toBe('INVALID_YAML');
    const nodes = [{ as: 'a', type: 'Malware', key: ['{z}'] }];
    expect(await codeOf({ mapping: 1, format: 'csv', records: [{ nodes }] })).toMatchObject({
      code: 'MAPPING_COLUMN',
    });
  });

  it('says where there is nothing to read', async () => {
    const nodes = [{ as: 'a', type: 'Malware', key: ['{a}'], properties: { name: '{a}' } }];
    const reasonsOf = async (format: string, content: string | object, path?: string) =>
      (await importing({ mapping: 1, format, records: [{ nodes, path }] }, content)).reasons;
    const nothing = (example: string) => [{ code: 'NO_RECORDS', count: 1, example }];
    expect(await reasonsOf('csv', 'a,b\n')).toEqual(nothing('0 has no records'));
    expect(await reasonsOf('ndjson', '\n')).toEqual(nothing('0 has no records'));
    expect(await reasonsOf('json', { groups: [{ a: 'x' }] }, 'group.*')).toEqual(
      nothing('the path group.* of records.0 leads to nothing in 0'),
    );
    expect(await reasonsOf('json', { groups: [{ a: 'x' }] }, 'groups.*')).toEqual([]);
  });

  it('refuses a broken table, and bytes that are no text', async () => {
    const mapping = {
      mapping: 1,
      format: 'csv',
      records: [{ nodes: [{ as: 'a', type: 'Malware', key: ['{a}'] }] }],
    };
    const code = async (content: string | Buffer) => (await importing(mapping, content)).error?.code;
    expect(await code('a,b\n"1,2\n')).toBe('UNEXPECTED_CONTENT');
    expect(await code('a,a\n1,2\n')).toBe('UNEXPECTED_CONTENT');
    expect(await code('')).toBe('UNEXPECTED_CONTENT');
    expect(await code(Buffer.from([0x61, 0x0a, 0xff, 0xfe, 0x80]))).toBe('BAD_ENCODING');
    expect(await code(Buffer.from('\uFEFFa\n1\n', 'utf16le'))).toBeUndefined();
  });
});
