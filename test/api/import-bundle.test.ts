import { gzipSync } from 'node:zlib';
import { useApi } from '../support/api-server';

const MALWARE = {
  type: 'malware',
  spec_version: '2.1',
  id: 'malware--11111111-1111-4111-8111-111111111111',
  name: 'Sample',
  is_family: true,
  created: '2020-01-01T00:00:00.000Z',
  modified: '2020-01-01T00:00:00.000Z',
};
const bundle = (...objects: object[]) =>
  JSON.stringify({ type: 'bundle', id: 'bundle--11111111-1111-4111-8111-111111111111', objects });

const IMPORT = `mutation ($input: ImportBundleInput!) { importBundle(input: $input) {
  totals { read created updated unchanged stubbed rejected }
  files { file format reasons { code count example } report { name } }
  isDryRun seq
} }`;
const COUNT =
  '{ malware { totalCount nodes { name isFamily evidence { totalCount nodes { report { name } } } } } }';

interface Imported {
  readonly importBundle: {
    readonly totals: Record<string, number>;
    readonly files: readonly { format: string }[];
    readonly seq: number | null;
  };
}
interface Counted {
  readonly malware: { readonly totalCount: number; readonly nodes: readonly unknown[] };
}

describe('importBundle', () => {
  const api = useApi();
  const run = (input: object) => api().data<Imported>(IMPORT, { input });
  const codes = (input: object) => api().codes(IMPORT, { input });

  it('says what a dry run would do, and writes nothing', async () => {
    const { importBundle } = await run({ content: { text: bundle(MALWARE) }, dryRun: true });
    expect(importBundle).toMatchObject({ totals: { read: 1, created: 1 }, isDryRun: true, seq: null });
    expect((await api().data<Counted>(COUNT)).malware.totalCount).toBe(0);
  });

  it('imports text, and finds everything unchanged the second time, gzip or not', async () => {
    const text = bundle(MALWARE);
    const first = await run({ content: { text }, name: 'sample.json', source: 'A source', reliability: 'B' });
    expect(first.importBundle).toMatchObject({ totals: { read: 1, created: 1, rejected: 0 } });
    expect(first.importBundle.files).toMatchObject([
      { file: 'sample.json', format: 'stix', report: { name: 'A source' } },
    ]);
    const base64 = gzipSync(text).toString('base64');
    const again = await run({
      content: { base64 },
      name: 'sample.json',
      source: 'A source',
      reliability: 'B',
    });
    expect(again.importBundle.totals).toMatchObject({ read: 1, unchanged: 1, created: 0 });
    const { malware } = await api().data<Counted>(COUNT);
    expect(malware.nodes).toMatchObject([
      {
        name: 'Sample',
        isFamily: true,
        evidence: { totalCount: 1, nodes: [{ report: { name: 'A source' } }] },
      },
    ]);
  });

  it('reports what it had to refuse, object by object', async () => {
    const { importBundle } = await run({
      content: { text: bundle({ ...MALWARE, id: null }, { ...MALWARE, name: 7 }) },
    });
    expect(importBundle.totals.read).toBe(2);
    expect(importBundle.totals.created).toBe(0);
    expect(importBundle.totals.rejected).toBeGreaterThan(0);
  });

  it('sees what it wrote in the same request', async () => {
    const other = { ...MALWARE, id: 'malware--22222222-2222-4222-8222-222222222222', name: 'Other' };
    const data = await api().data<{ b: { files: readonly { report: unknown }[] } }>(
      'mutation ($a: ImportBundleInput!, $b: ImportBundleInput!) { a: importBundle(input: $a) { seq } b: importBundle(input: $b) { files { report { name } } } }',
      { a: { content: { text: bundle(MALWARE) } }, b: { content: { text: bundle(other) }, name: 'b.json' } },
    );
    expect(data.b.files).toEqual([{ report: { name: 'b.json' } }]);
  });

  it.each([
    ['broken JSON', { content: { text: '{tru' } }, 'INVALID_JSON'],
    ['JSON cut off', { content: { text: bundle(MALWARE).slice(0, -9) } }, 'TRUNCATED'],
    ['no STIX', { content: { text: '{"a":1}' } }, 'NOT_STIX'],
    [
      'gzip of nothing',
      { content: { base64: Buffer.from([31, 139, 8, 0, 1, 2]).toString('base64') } },
      'BAD_GZIP',
    ],
    ['no base64', { content: { base64: 'not base64!' } }, 'BAD_INPUT'],
    ['an unknown format', { content: { text: '{}' }, format: 'docx' }, 'UNKNOWN_FORMAT'],
    ['two contents', { content: { text: '{}', base64: '' } }, 'BAD_USER_INPUT'],
    ['no content', { content: {} }, 'BAD_USER_INPUT'],
    ['confidence out of range', { content: { text: bundle(MALWARE) }, confidence: 101 }, 'BAD_INPUT'],
  ])('refuses %s and leaves the graph as it was', async (_what, input, code) => {
    const before = await api().data<Counted>(COUNT);
    expect(await codes(input)).toEqual([code]);
    expect(await api().data<Counted>(COUNT)).toEqual(before);
  });
});
