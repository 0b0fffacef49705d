/** Imports through a running service, one request a file, each sent packed. */
import { gzipSync } from 'node:zlib';
import type { ImportHooks, ImportOptions } from '../../service/import.service';
import { type FileReport, type ImportReport, identityOver, totalsOf } from '../../service/import-report';
import type { ImportAnswers } from '../answers';
import { type GraphqlClient, ServedError } from './graphql-client';

type ByteSource = Parameters<ImportAnswers['import']>[0][number];

const COUNTS = 'read created updated unchanged stubbed rejected';
const VIEW = 'id name reporter';
const EXAMPLE = `a { ${VIEW} } b { ${VIEW} } judgement rule reason`;
/** What is asked of an import. */
export const RESULT_FIELDS = `
  files { file format ${COUNTS} reasons { code count example } report { id } } seq seconds
  identity { linked overlapping unchanged withdrawn ambiguous proposed examples { ${EXAMPLE} } }`;
const IMPORT = `mutation ($input: ImportBundleInput!) { importBundle(input: $input) { ${RESULT_FIELDS} } }`;

type ServedFile = Omit<FileReport, 'report'> & { readonly report: { readonly id: string } | null };

export interface ServedImport {
  readonly files: readonly ServedFile[];
  readonly seq: number | null;
  readonly seconds: number;
  readonly identity: ImportReport['identity'];
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
    for (const source of sources) {
      if (hooks.signal?.aborted) break;
      const served = await this.importFile(source, options);
      files.push(...withReportIds(served.files));
      seq = served.seq ?? seq;
      identity = identityOver(identity, served.identity);
      seconds += served.seconds;
    }
    const isCancelled = hooks.signal?.aborted ?? false;
    const isDryRun = options.isDryRun ?? false;
    return { totals: totalsOf(files), files, identity, seq, seconds, isDryRun, isCancelled };
  }

  private async importFile(source: ByteSource, options: ImportOptions): Promise<ServedImport> {
    const { format, isDryRun: dryRun, source: publisher, reliability, confidence } = options;
    const linkIdentities = !options.isUnlinked;
    const content = { base64: (await packed(source)).toString('base64') };
    const mapping = options.mapping && (await bytesOf(options.mapping)).toString('utf8');
    const described = { name: source.name, format, mapping, source: publisher, reliability, confidence };
    const input = { content, dryRun, linkIdentities, ...described };
    try {
      const { importBundle } = await this.client.ask<{ importBundle: ServedImport }>(IMPORT, { input });
      return importBundle;
    } catch (error) {
      if (!(error instanceof ServedError)) throw error;
      const { code, message } = error;
      const reasons = [{ code, count: 1, example: message }];
      const file = { file: source.name, format: null, ...NOTHING_READ, reasons, report: null };
      return { files: [{ ...file, error: { code, message } }], seq: null, seconds: 0, identity: null };
    }
  }
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

export const withReportIds = (files: readonly ServedFile[]): readonly FileReport[] =>
  files.map((file) => ({ ...file, report: file.report?.id ?? null }));
