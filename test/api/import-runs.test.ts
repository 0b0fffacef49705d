/** Imports in the background over real HTTP: progress, objects, cancelling, what is gone, and taking back. */
import { useApi } from '../support/api-server';
import { bundleOf, stixId, stixObject } from '../support/memory-atlas';
import { type Subscriber, subscribe } from '../support/subscriber';

const START = 'mutation ($input: ImportFilesInput!) { importFiles(input: $input) { id status files } }';
const FIND = `query ($id: ID!, $status: ImportedStatus, $after: ID) { importRun(id: $id, waitSeconds: 20) {
  status progress error { code } endedAt
  result { totals { read created updated unchanged rejected } isCancelled
    files { file report { id } error { code } gone { report count examples } preview { id type status properties } } }
  objects(first: 2, after: $after, status: $status) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id file status code node { id } } } } }`;

interface Found {
  readonly importRun: {
    readonly status: string;
    readonly result: {
      readonly totals: Record<string, number>;
      readonly files: readonly {
        readonly report: { readonly id: string };
        readonly gone: { readonly count: number } | null;
      }[];
    };
    readonly objects: {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      readonly nodes: readonly { readonly id: string; readonly status: string }[];
    };
  };
}

const malware = (...numbers: number[]) => numbers.map((number) => stixObject('malware', number));

describe('imports in the background', () => {
  const api = useApi();
  const file = (...objects: readonly unknown[]) => ({
    content: { text: JSON.stringify(bundleOf(...objects)) },
  });
  const start = async (input: object): Promise<string> =>
    (await api().data<{ importFiles: { id: string } }>(START, { input })).importFiles.id;
  const find = async (id: string, more: object = {}) =>
    (await api().data<Found>(FIND, { id, ...more })).importRun;

  it('return at once, and say what became of each object, page by page', async () => {
    const id = await start({
      files: [{ ...file(...malware(1, 2, 3), { type: 'malware' }), name: 'a.json' }],
      preview: 1,
      marking: 'TLP:AMBER',
    });
    const run = await find(id);
    expect(run).toMatchObject({
      status: 'DONE',
      progress: 1,
      result: {
        totals: { read: 4, created: 3, rejected: 1 },
        files: [
          {
            file: 'a.json',
            preview: [{ type: 'Malware', status: 'created', properties: { name: 'malware 1' } }],
          },
        ],
      },
      objects: { totalCount: 4, pageInfo: { hasNextPage: true } },
    });
    const next = await find(id, { after: run.objects.pageInfo.endCursor });
    const all = [...run.objects.nodes, ...next.objects.nodes].map((each) => each.status);
    expect(all.sort()).toEqual(['CREATED', 'CREATED', 'CREATED', 'REJECTED']);
    expect(next.objects.pageInfo.hasNextPage).toBe(false);
    const refused = await find(id, { status: 'REJECTED' });
    expect(refused.objects).toMatchObject({
      totalCount: 1,
      nodes: [{ id: '', code: 'MISSING_ID', node: null }],
    });
    const evidence = await api().data(
      `{ node(id: "${stixId('malware', 1)}") { ... on Malware { evidence { nodes { report { name } } } } } importRuns(first: 1) { totalCount nodes { id } } }`,
    );
    expect(evidence).toMatchObject({ importRuns: { nodes: [{ id }] } });
  });

  it('report what a newer edition of a set no longer holds', async () => {
    await find(await start({ files: [file(...malware(11, 12, 13, 14))] }));
    const id = await start({ files: [file(...malware(11, 12, 13, 15))] });
    expect((await find(id)).result.files[0].gone).toMatchObject({
      count: 1,
      examples: [stixId('malware', 14)],
    });
    const gone = await find(id, { status: 'GONE' });
    expect(gone.objects).toMatchObject({
      totalCount: 1,
      nodes: [{ id: stixId('malware', 14), node: { id: stixId('malware', 14) } }],
    });
    expect(gone.result.totals).toMatchObject({ read: 4, created: 1, unchanged: 3 });
    const other = await find(await start({ files: [file(...malware(21, 22, 11))] }));
    expect(other.result.files[0].gone).toBeNull();
  });

  it('tell how they stand until they end', async () => {
    const many = Array.from({ length: 6000 }, (_, i) => stixObject('tool', 1000 + i));
    const id = await start({ files: [file(...many)] });
    const follower: Subscriber<{ importProgress: { status: string; progress: number | null } }> = subscribe(
      api().url,
      'subscription ($id: ID!) { importProgress(id: $id) { status progress perSecond secondsLeft file } }',
      { id },
    );
    expect((await find(id)).status).toBe('DONE');
    expect(await follower.codes).toEqual([]);
    const statuses = follower.events.map(({ importProgress }) => importProgress.status);
    expect(statuses.at(-1)).toBe('DONE');
    await follower.stop();
  }, 60_000);

  it('end after the batch that is written, and are completed by importing again', async () => {
    const many = Array.from({ length: 12_000 }, (_, i) => stixObject('tool', 100_000 + i));
    const running = await start({ files: [file(...many)] });
    const waiting = await start({ files: [file(...malware(31))] });
    const cancel = (id: string) =>
      api().data('mutation ($id: ID!) { cancelImport(id: $id) { status } }', { id });
    expect(await cancel(waiting)).toEqual({ cancelImport: { status: 'CANCELLED' } });
    await cancel(running);
    const ended = await find(running);
    expect(ended.status).toBe('CANCELLED');
    // The report of the file is one of the 2,000 of the first batch.
    const { created } = ended.result.totals;
    expect(created === 0 || (created + 1) % 2000 === 0).toBe(true);
    expect((await find(waiting)).result).toBeNull();
    const again = await find(await start({ files: [file(...many)] }));
    expect(again).toMatchObject({ status: 'DONE', result: { totals: { read: 12_000, rejected: 0 } } });
  }, 60_000);

  it('can be taken back', async () => {
    const run = await find(await start({ files: [file(...malware(41, 42))], source: 'Somebody' }));
    const report = run.result.files[0].report.id;
    const UNDO = `mutation ($report: ID!, $dryRun: Boolean) { undoImport(report: $report, dryRun: $dryRun) {
      deleted restored stubbed kept claims isDryRun } }`;
    const dry = await api().data(UNDO, { report, dryRun: true });
    expect(dry).toEqual({
      undoImport: { deleted: 5, restored: 0, stubbed: 0, kept: 0, claims: 2, isDryRun: true },
    });
    expect(await api().data(UNDO, { report })).toMatchObject({ undoImport: { deleted: 5, isDryRun: false } });
    expect(await api().data(`{ node(id: "${stixId('malware', 41)}") { id } }`)).toEqual({ node: null });
    expect(await api().codes(UNDO, { report })).toEqual(['IMPORT_NOT_FOUND']);
  });

  it('refuse options out of range, and runs that are not one’s own', async () => {
    const codes = (input: object) => api().codes(START, { input: { files: [file()], ...input } });
    expect(await codes({ marking: 'SECRET' })).toEqual(['BAD_INPUT']);
    expect(await codes({ preview: 1000 })).toEqual(['BAD_INPUT']);
    expect(await codes({ confidence: 101 })).toEqual(['BAD_INPUT']);
    expect(await api().codes(FIND, { id: 'none' })).toEqual(['IMPORT_RUN_NOT_FOUND']);
    expect(await api().codes('{ importRuns(after: "bm9uZQ") { totalCount } }')).toEqual(['BAD_CURSOR']);
    const failed = await find(await start({ files: [{ content: { text: '{"a":' } }] }));
    expect(failed).toMatchObject({
      status: 'DONE',
      result: { files: [{ error: { code: 'TRUNCATED' }, report: null }] },
    });
    const mapped = await find(await start({ files: [file()], mapping: 'mapping: 2' }));
    expect(mapped).toMatchObject({ status: 'FAILED', error: { code: 'MAPPING_INVALID' } });
  });
});
