/**
 * Imports files: each is surveyed from end to end before anything is written, then written in batches, nodes first. A
 * batch is one transaction with its claims, so an import that is cut off leaves whole batches and is completed by running
 * it again; what is there already is unchanged.
 */
import { basename } from 'node:path';
import { vertexOf } from '../analysis';
import { AppError } from '../errors';
import { type ByteSource, contentOf, fileSource } from '../ingest/byte-source';
import { readerOf } from '../ingest/format';
import { mappingReader } from '../ingest/mapping.reader';
import { readMapping } from '../ingest/mapping-check';
import type { FormatReader } from '../ingest/reader';
import type { Survey } from '../ingest/survey';
import { nodeId, relationshipId } from '../model/identity';
import type { Batch, Json, NodeValue } from '../model/values';
import { VOCABULARIES } from '../model/vocabulary';
import type { IdentityLinking } from './identity/identity-linking';
import { ImportedActors } from './identity/imported-actors';
import { ImportBasis } from './import-basis';
import { ImportBatch, type Provenance } from './import-batch';
import { isFaultOfFile, type Surveyed, surveyAll } from './import-files';
import { type FileReport, type ImportReport, Tally, totalsOf } from './import-report';
import type { ProjectionService } from './projection.service';
import type { WriteIntent, WriteService } from './write.service';
import type { PreparedBatch } from './write-plan';

export interface ImportOptions {
  /** Format of the files; found by content when absent or `auto`. */
  readonly format?: string;
  /** Mapping file by which the files are read: tables and JSON of no known format. */
  readonly mapping?: ByteSource;
  readonly isDryRun?: boolean;
  /** Who published the files. */
  readonly source?: string;
  /** Reliability of the source, A to F (Admiralty code). */
  readonly reliability?: string;
  /** How sure the source is of what it says where it does not say so itself, 0-100. */
  readonly confidence?: number;
  /** Whether to leave identity alone: link nobody, and say nothing of who may be who. */
  readonly isUnlinked?: boolean;
  /** Who imports. */
  readonly actor: string;
}

export interface ImportProgress {
  readonly file: string;
  /** Entries dealt with, of `total` in the file. */
  readonly done: number;
  readonly total: number;
  readonly perSecond: number;
  readonly secondsLeft: number;
}

export interface ImportHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Told of every entry that is refused, and why. */
  readonly onRejected?: (id: string, message: string) => void;
}

const BATCH_SIZE = 2_000;

/** Files on disk as sources of an import. @throws AppError FILE_NOT_FOUND */
export const fileSources = (paths: readonly string[]): readonly ByteSource[] =>
  paths.map((path) => fileSource(path));

export class ImportService {
  constructor(
    private readonly writing: WriteService,
    private readonly projections: ProjectionService,
    private readonly identity: IdentityLinking,
    private readonly now: () => Date,
  ) {}

  /**
   * Imports files one after the other. A file that cannot be read is reported with its error and changes nothing; the
   * others go on.
   *
   * @throws AppError BAD_INPUT for options out of range, and what the store says when it fails
   */
  async import(
    sources: readonly ByteSource[],
    options: ImportOptions,
    hooks: ImportHooks = {},
  ): Promise<ImportReport> {
    checkOptions(options);
    const startedAt = this.now().getTime();
    const files: FileReport[] = [];
    const actors = new ImportedActors();
    let seq: number | null = null;
    for (const surveyed of await surveyAll(sources, await readersFor(options), hooks.signal)) {
      if (hooks.signal?.aborted) break;
      const { report, seq: last } = await this.importFile(surveyed, options, hooks, actors);
      files.push(report);
      seq = last ?? seq;
    }
    const isLinked = !options.isUnlinked && !hooks.signal?.aborted && actors.nodes.size > 0;
    const linking = isLinked
      ? await this.identity.linkAfterImport(actors, {
          actor: options.actor,
          isDryRun: options.isDryRun ?? false,
        })
      : undefined;
    seq = linking?.seq ?? seq;
    if (seq !== null) await this.writing.checkpoint();
    return {
      totals: totalsOf(files),
      files,
      identity: linking?.report ?? null,
      seq,
      seconds: (this.now().getTime() - startedAt) / 1000,
      isDryRun: options.isDryRun ?? false,
      isCancelled: hooks.signal?.aborted ?? false,
    };
  }

  private async importFile(
    { source, survey, reader, error }: Surveyed,
    options: ImportOptions,
    hooks: ImportHooks,
    actors: ImportedActors,
  ): Promise<{ report: FileReport; seq?: number }> {
    const tally = new Tally(hooks.onRejected);
    try {
      if (error) throw error;
      const reportId = nodeId('Report', survey.sha256);
      await this.projections.current();
      const seq = await this.writeFile(source, survey, reportId, options, hooks, tally, actors);
      return { report: { file: source.name, format: reader.format, report: reportId, ...tally.result }, seq };
    } catch (fault) {
      if (!isFaultOfFile(fault)) throw fault;
      const { code, message } = fault;
      tally.note(code, message);
      const nothing = { file: source.name, format: null, report: null };
      return { report: { ...nothing, ...tally.result, error: { code, message } } };
    }
  }

  /** @returns the number of the last change, undefined when nothing changed */
  private async writeFile(
    source: ByteSource,
    survey: Survey,
    reportId: string,
    options: ImportOptions,
    hooks: ImportHooks,
    tally: Tally,
    actors: ImportedActors,
  ): Promise<number | undefined> {
    const provenance: Provenance = { reportId, confidence: options.confidence, originKey: options.source };
    const basis = new ImportBasis(this.projections.known, survey.typeOf);
    const intent: WriteIntent = {
      kind: 'import',
      actor: options.actor,
      isDryRun: options.isDryRun,
      basis,
    };
    const progress = this.progressOf(source, survey, hooks);
    let batch = new ImportBatch(provenance);
    if (survey.count > 0) batch.addFrame(this.frameOf(source, survey, reportId, options));
    let seq: number | undefined;
    const write = async (full: ImportBatch, prepared: PreparedBatch): Promise<void> => {
      const written = await this.writing.write(prepared, intent);
      basis.advance(written);
      actors.note(full.batch, written.items);
      seq = written.seq ?? seq;
      written.items.forEach((item, position) => {
        if (full.isCounted(position)) tally.addItem(item);
      });
      progress(full.size);
    };
    let inFlight: Promise<void> = Promise.resolve();
    const flush = async (): Promise<void> => {
      const full = batch;
      batch = new ImportBatch(provenance);
      const shared = full.sharedIds.filter((id) => !basis.isNewNode(id));
      if (shared.length > 0) full.mergeShared(await this.writing.current(shared));
      const prepared = this.writing.prepare(full.batch);
      await inFlight;
      if (full.size === 0 || hooks.signal?.aborted) return;
      inFlight = write(full, prepared);
      inFlight.catch(() => undefined);
    };
    for await (const item of entriesInOrder(survey, tally)) {
      if (hooks.signal?.aborted) break;
      batch.add(item);
      if (batch.size >= BATCH_SIZE) await flush();
    }
    await flush();
    await inFlight;
    return seq;
  }

  /**
   * The Report that stands for the file, and the Source that published it. The same content under another name is the same
   * report, so one that is there is left alone unless the user says something about it.
   */
  private frameOf(
    source: ByteSource,
    survey: Survey,
    reportId: string,
    options: ImportOptions,
  ): Pick<Batch, 'nodes' | 'relationships'> {
    const isKnown = (id: string): boolean => vertexOf(this.projections.known, id) >= 0;
    const saysNothing = options.source === undefined && options.reliability === undefined;
    if (saysNothing && isKnown(reportId)) return { nodes: [], relationships: [] };
    const properties: Record<string, Json> = {
      name: options.source ?? basename(source.name),
      hash: survey.sha256,
    };
    if (options.source !== undefined) properties.publisher = options.source;
    if (options.reliability !== undefined) properties.reliability = options.reliability;
    const report: NodeValue = { id: reportId, type: 'Report', properties };
    if (options.source === undefined) return { nodes: [report], relationships: [] };
    const sourceId = nodeId('Source', options.source);
    const publishedBy = {
      id: relationshipId('PUBLISHED_BY', reportId, sourceId),
      type: 'PUBLISHED_BY',
      from: reportId,
      to: sourceId,
      properties: {},
    };
    const described: Record<string, Json> = { name: options.source };
    if (options.reliability !== undefined) described.reliability = options.reliability;
    const publisher: NodeValue = { id: sourceId, type: 'Source', properties: described };
    return { nodes: isKnown(sourceId) ? [report] : [report, publisher], relationships: [publishedBy] };
  }

  private progressOf(source: ByteSource, survey: Survey, hooks: ImportHooks): (count: number) => void {
    const startedAt = this.now().getTime();
    let done = 0;
    return (count) => {
      done = Math.min(survey.count, done + count);
      const seconds = Math.max(0.001, (this.now().getTime() - startedAt) / 1000);
      const perSecond = done / seconds;
      const secondsLeft = (survey.count - done) / perSecond;
      hooks.onProgress?.({ file: source.name, done, total: survey.count, perSecond, secondsLeft });
    };
  }
}

/** Which reader a file takes under some options. */
async function readersFor({
  format,
  mapping,
}: ImportOptions): Promise<(source: ByteSource) => Promise<FormatReader>> {
  if (mapping === undefined) return (source) => readerOf(source, format);
  const reader = mappingReader(await readMapping({ name: mapping.name, bytes: contentOf(mapping) }));
  return async () => reader;
}

/** Entries to write, nodes before relationships; what is rejected or repeated in the file is counted on the way. */
async function* entriesInOrder(survey: Survey, tally: Tally) {
  const passes = survey.isOrdered ? [['node', 'relationship']] : [['node'], ['relationship']];
  for (const kinds of passes) {
    let entry = -1;
    for await (const items of survey.entries()) {
      for (const item of items) {
        entry++;
        if (item.kind === 'rejected' || item.kind === 'skipped') {
          if (kinds[0] !== 'node') continue;
          if (item.kind === 'rejected') tally.reject(item);
          else tally.note(item.code, item.message);
          continue;
        }
        if (!kinds.includes(item.kind)) continue;
        const table = item.kind === 'node' ? survey.nodes : survey.relationships;
        if (table.isLatest(item.value.id, entry)) {
          yield item.kind === 'node' || item.isSettled ? item : { ...item, value: survey.settle(item.value) };
        } else if (!item.implied) {
          tally.add('unchanged');
          tally.note('REPEATED_ID', item.value.id);
        }
      }
    }
  }
}

function checkOptions({ reliability, confidence }: ImportOptions): void {
  const grades: readonly string[] = VOCABULARIES.Reliability;
  if (reliability !== undefined && !grades.includes(reliability)) {
    throw new AppError('BAD_INPUT', {
      what: 'reliability',
      expected: `one of ${grades.join(' ')}`,
      got: reliability,
    });
  }
  if (confidence !== undefined && !(confidence >= 0 && confidence <= 100)) {
    throw new AppError('BAD_INPUT', {
      what: 'confidence',
      expected: 'a number from 0 to 100',
      got: confidence,
    });
  }
}
