/** Imports through a running service, one request a file, each sent packed. */
import { gzipSync } from 'node:zlib';
import type { ImportHooks, ImportOptions } from '../../service/import.service';
import { type FileReport, type ImportReport, identityOver, totalsOf } from '../../service/import-report';
import type { ImportedStatus } from '../../service/imported-object';
import type { ImportAnswers } from '../answers';
import { type GraphqlClient, ServedError } from './graphql-client';

type ByteSource = Parameters<ImportAnswers['import']>[0][number];

const COUNTS = 'read created updated unchanged stubbed rejected';
const VIEW = 'id name reporter';
const EXAMPLE = `a { ${VIEW} } b { ${VIEW} } judgement rule reason`;
/** What is asked of each file of an import, and of who was linked with whom. */
export const FILE_FIELDS = `file format ${COUNTS} reasons { code count example } report { id } error { code message }
    gone { report count examples } preview { id type from to status properties }`;
export const IDENTITY_FIELDS = `identity { linked overlapping unchanged withdrawn ambiguous proposed examples { ${EXAMPLE} } }`;
const RESULT = `result { seq seconds isCancelled files { ${FILE_FIELDS} } ${IDENTITY_FIELDS} }`;
const RUN = `id status progress file perSecond secondsLeft error { code message } ${RESULT}`;
const START = `mutation ($input: ImportFilesInput!) { importFiles(input: $input) { ${RUN} } }`;
const WAIT = `query ($id: ID!) { importRun(id: $id, waitSeconds: 1) { ${RUN} } }`;
const CANCEL = 'mutation ($id: ID!) { cancelImport(id: $id) { id } }';
const OBJECTS = `query ($id: ID!, $after: ID) { importRun(id: $id) { objects(first: 500, after: $after) {
  pageInfo { hasNextPage endCursor } nodes { id file status code message node { id } } } } }`;

type ServedFile = Omit<FileReport, 'report'> & { readonly report: { readonly id: string } | null };

export interface ServedImport {
  readonly files: readonly ServedFile[];
  readonly seq: number | null;
  readonly seconds: number;
  readonly isCancelled: boolean;
  readonly identity: ImportReport['identity'];
}

interface ServedRun {
  readonly id: string;
  readonly status: string;
  readonly progress: number | null;
  readonly file: string | null;
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly result: ServedImport | null;
}

interface ServedObjects {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly {
    readonly id: string;
    readonly file: string;
    readonly status: string;
    readonly code: string | null;
    readonly message: string | null;
    readonly node: { readonly id: string } | null;
  }[];
}

const NOTHING_READ = { read: 0, created: 0, updated: 0, unchanged: 0, stubbed: 0, rejected: 0 };

export class RemoteImport implements ImportAnswers {
  constructor(private readonly client: GraphqlClient) {}

  async import(
    sources: readonly ByteSource[],
    options: ImportOptions,
    hooks: ImportHooks = {},
  ): Promise<ImportReport> {
    const files: FileReport[] = [];
    let seq: number | null = null;
    let seconds = 0;
    let identity: ImportReport['identity'] = null;
    let isCancelled = false;
    for (const source of sources) {
      if (hooks.signal?.aborted) break;
      const served = await this.importFile(source, options, hooks);
      files.push(...served.files.map(fileOf));
      isCancelled ||= served.isCancelled;
      seq = served.seq ?? seq;
      identity = identityOver(identity, served.identity);
      seconds += served.seconds;
    }
    isCancelled ||= hooks.signal?.aborted ?? false;
    const isDryRun = options.isDryRun ?? false;
    return { totals: totalsOf(files), files, identity, seq, seconds, isDryRun, isCancelled };
  }

  private async importFile(
    source: ByteSource,
    options: ImportOptions,
    hooks: ImportHooks,
  ): Promise<ServedImport> {
    try {
      const input = await inputOf(source, options);
      let run = (await this.client.ask<{ importFiles: ServedRun }>(START, { input })).importFiles;
      let isAborted = false;
      while (run.status === 'QUEUED' || run.status === 'RUNNING') {
        if (hooks.signal?.aborted && !isAborted) {
          isAborted = true;
          await this.client.ask(CANCEL, { id: run.id });
        }
        run = (await this.client.ask<{ importRun: ServedRun }>(WAIT, { id: run.id })).importRun;
        const { file, progress, perSecond, secondsLeft } = run;
        if (file === null || progress === null) continue;
        const rate = { perSecond: perSecond ?? 0, secondsLeft: secondsLeft ?? 0 };
        hooks.onProgress?.({ file, done: Math.round(progress * 100), total: 100, ...rate });
      }
      if (hooks.onObject) await this.objects(run.id, hooks.onObject);
      if (run.error) throw new ServedError(run.error.code, run.error.message);
      return run.result ?? { ...NO_RESULT, isCancelled: true };
    } catch (error) {
      if (!(error instanceof ServedError)) throw error;
      const { code, message } = error;
      const reasons = [{ code, count: 1, example: message }];
      const file = { file: source.name, format: null, ...NOTHING_READ, reasons, report: null };
      return { ...NO_RESULT, files: [{ ...file, error: { code, message } }] };
    }
  }

  private async objects(id: string, onObject: NonNullable<ImportHooks['onObject']>): Promise<void> {
    for (let after: string | null = null, hasNext = true; hasNext; ) {
      const { importRun }: { importRun: { objects: ServedObjects } } = await this.client.ask(OBJECTS, {
        id,
        after,
      });
      for (const { node, code, message, status, ...object } of importRun.objects.nodes) {
        onObject({
          ...object,
          isNode: node !== null,
          status: status.toLowerCase() as ImportedStatus,
          ...(code === null ? {} : { code }),
          ...(message === null ? {} : { message }),
        });
      }
      ({ endCursor: after, hasNextPage: hasNext } = importRun.objects.pageInfo);
    }
  }
}

const NO_RESULT: ServedImport = { files: [], seq: null, seconds: 0, isCancelled: false, identity: null };

/** A file as the report has it: what the service has no value for is left out. */
export function fileOf({ report, error, gone, preview, ...file }: ServedFile): FileReport {
  return {
    ...file,
    report: report?.id ?? null,
    ...(error ? { error } : {}),
    ...(gone ? { gone } : {}),
    ...(preview ? { preview } : {}),
  };
}

async function inputOf(source: ByteSource, options: ImportOptions): Promise<object> {
  const { format, isDryRun: dryRun, source: publisher, reliability, confidence } = options;
  const { marking, replaces, preview } = options;
  const content = { base64: (await packed(source)).toString('base64') };
  const mapping = options.mapping && (await bytesOf(options.mapping)).toString('utf8');
  return {
    files: [{ content, name: source.name }],
    linkIdentities: !options.isUnlinked,
    ...{ format, mapping, dryRun, source: publisher, reliability, confidence, marking, replaces, preview },
  };
}

/** Bytes of a source, packed unless they are. */
async function packed(source: ByteSource): Promise<Buffer> {
  const bytes = await bytesOf(source);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? bytes : gzipSync(bytes);
}

async function bytesOf(source: ByteSource): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of source.open()) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
