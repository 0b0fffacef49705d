/**
 * Imports files: each is surveyed from end to end before anything is written, then written in batches, nodes first. A
 * batch is one transaction with its claims, so an import that is cut off leaves whole batches and is completed by running
 * it again; what is there already is unchanged.
 */
import { setImmediate } from 'node:timers/promises';
import { type ByteSource, contentOf, fileSource } from '../ingest/byte-source';
import { readerOf } from '../ingest/format';
import { mappingReader } from '../ingest/mapping.reader';
import { readMapping } from '../ingest/mapping-check';
import type { FormatReader } from '../ingest/reader';
import type { Survey } from '../ingest/survey';
import { nodeId } from '../model/identity';
import type { NodeValue } from '../model/values';
import { LOCAL_VIEWER, type Viewer } from '../model/viewer';
import type { Reader } from '../store/engine';
import type { GraphView } from './graph-view';
import type { IdentityLinking } from './identity/identity-linking';
import { ImportedActors } from './identity/imported-actors';
import { ImportBasis } from './import-basis';
import { ImportBatch, type Provenance } from './import-batch';
import { type GoneReport, goneSince } from './import-edition';
import { entriesInOrder } from './import-entries';
import { isFaultOfFile, type Surveyed, surveyAll } from './import-files';
import { frameOf } from './import-frame';
import { checkOptions, type ImportOptions } from './import-options';
import { type ImportProgress, progressOf } from './import-progress';
import { type FileReport, type ImportReport, Tally, totalsOf } from './import-report';
import { outdatedOf } from './import-slots';
import type { ImportedObject } from './imported-object';
import { SupposedWrites } from './supposed-writes';
import type { ViewService } from './view.service';
import type { VisibleWriteService } from './visible-write.service';
import { type WarninglistService, warningsOf } from './warninglist.service';
import type { WriteIntent } from './write.service';
import type { PreparedBatch } from './write-plan';

export type { ImportOptions } from './import-options';

export interface ImportHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Called with what became of each object, as it is known. */
  readonly onObject?: (object: ImportedObject) => void;
}

/** What the files of one import share. */
interface Run {
  readonly actors: ImportedActors;
  /** Of a dry run: what the files so far would have written. */
  readonly supposed?: SupposedWrites;
}

const BATCH_SIZE = 2_000;
/** Entries after which what is being written gets its turn. */
const ITEMS_A_TURN = 50;

/** Files on disk as sources of an import. @throws AppError FILE_NOT_FOUND */
export const fileSources = (paths: readonly string[]): readonly ByteSource[] =>
  paths.map((path) => fileSource(path));

export class ImportService {
  constructor(
    private readonly reader: Reader,
    private readonly writes: VisibleWriteService,
    private readonly views: ViewService,
    private readonly identity: IdentityLinking,
    private readonly warninglists: WarninglistService,
    private readonly now: () => Date,
  ) {}

  /** @throws AppError BAD_INPUT for options out of range */
  check(options: ImportOptions): void {
    checkOptions(options);
  }

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
    this.check(options);
    const startedAt = this.now().getTime();
    const files: FileReport[] = [];
    const viewer = options.viewer ?? LOCAL_VIEWER;
    const actors = new ImportedActors();
    // Of one file, whoever sees everything knows from its survey what it brings.
    const isSupposing = options.isDryRun && (sources.length > 1 || viewer !== LOCAL_VIEWER);
    const run: Run = { actors, supposed: isSupposing ? new SupposedWrites() : undefined };
    let seq: number | null = null;
    for (const surveyed of await surveyAll(sources, await readersFor(options), hooks.signal)) {
      if (hooks.signal?.aborted) break;
      const { report, seq: last } = await this.importFile(surveyed, viewer, options, hooks, run);
      files.push(report);
      seq = last ?? seq;
    }
    const isLinked = !options.isUnlinked && !hooks.signal?.aborted && actors.nodes.size > 0;
    const linking = isLinked
      ? await this.identity.linkAfterImport(await this.views.view({ viewer }), actors, {
          actor: options.actor,
          isDryRun: options.isDryRun ?? false,
        })
      : undefined;
    seq = linking?.seq ?? seq;
    if (files.some(({ created, updated }) => created + updated > 0)) await this.writes.checkpoint();
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
    viewer: Viewer,
    options: ImportOptions,
    hooks: ImportHooks,
    run: Run,
  ): Promise<{ report: FileReport; seq?: number }> {
    const tally = new Tally(source.name, options.preview ?? 0, hooks.onObject);
    try {
      if (error) throw error;
      const reportId = nodeId('Report', survey.sha256);
      const view = await this.views.view({ viewer });
      const gone = await this.goneSince(view, survey, reportId, options, tally);
      const seq = await this.writeFile(view, source, survey, reportId, options, hooks, tally, run);
      const { format } = reader;
      return { report: { file: source.name, format, report: reportId, ...tally.result, ...gone }, seq };
    } catch (fault) {
      if (!isFaultOfFile(fault)) throw fault;
      const { code, message } = fault;
      tally.note(code, message);
      const nothing = { file: source.name, format: null, report: null };
      return { report: { ...nothing, ...tally.result, error: { code, message } } };
    }
  }

  /** What an edition before held and the file does not; of a file that was imported already, only if the user asks. */
  private async goneSince(
    view: GraphView,
    survey: Survey,
    reportId: string,
    { replaces, sees = () => true }: ImportOptions,
    tally: Tally,
  ): Promise<{ readonly gone?: GoneReport }> {
    const isKnown = view.hasNode(reportId);
    if (survey.count === 0 || (isKnown && replaces === undefined)) return {};
    const gone = await goneSince(this.reader, survey, reportId, { replaces, sees });
    if (!gone) return {};
    const { ids, ...report } = gone;
    for (const id of ids) tally.addGone(id, view.hasNode(id));
    return { gone: report };
  }

  /** @returns the number of the last change, undefined when nothing changed */
  private async writeFile(
    view: GraphView,
    source: ByteSource,
    survey: Survey,
    reportId: string,
    options: ImportOptions,
    hooks: ImportHooks,
    tally: Tally,
    { actors, supposed }: Run,
  ): Promise<number | undefined> {
    const provenance: Provenance = {
      reportId,
      confidence: options.confidence,
      originKey: options.source,
      marking: options.marking,
    };
    const writing = this.writes.for(view);
    const basis = view.seesAll ? new ImportBasis(view.base, survey.typeOf) : undefined;
    const intent: WriteIntent = {
      kind: 'import',
      actor: options.actor,
      isDryRun: options.isDryRun,
      reportId,
      supposed,
      basis,
    };
    const progress = progressOf(source.name, survey.count, this.now, hooks.onProgress);
    const isKnown = (id: string): boolean => view.hasNode(id);
    const lists = await this.warninglists.indexOf(view.projection);
    let batch = new ImportBatch(provenance);
    if (survey.count > 0)
      batch.addFrame(frameOf(source.name, survey.sha256, reportId, survey.edition, options, isKnown));
    let seq: number | undefined;
    const write = async (full: ImportBatch, prepared: PreparedBatch): Promise<void> => {
      const written = await writing.write(prepared, intent);
      basis?.advance(written);
      supposed?.noteShared(full.sharedNodes, full.editionsOfShared);
      actors.note(full.batch, written.items);
      seq = written.seq ?? seq;
      written.items.forEach((item, position) => {
        const value = full.valueAt(position);
        if (full.isCounted(position)) tally.addItem(item, value, full.faultsOf(value));
        for (const warning of warningsOf(lists, value.properties)) tally.noteWarning(value.id, warning);
      });
      progress(full.size);
    };
    let inFlight: Promise<void> = Promise.resolve();
    const flush = async (): Promise<void> => {
      const full = batch;
      batch = new ImportBatch(provenance);
      const shared = full.sharedIds.filter((id) => !basis?.isNewNode(id));
      if (shared.length > 0 || supposed) {
        const current = await writing.current(shared);
        await this.mergeShared(full, current, supposed, isKnown, tally);
      }
      const prepared = writing.prepare(full.batch);
      await inFlight;
      if (full.size === 0 || hooks.signal?.aborted) return;
      inFlight = write(full, prepared);
      inFlight.catch(() => undefined);
    };
    let taken = 0;
    for await (const item of entriesInOrder(survey, tally)) {
      if (hooks.signal?.aborted) break;
      batch.add(item);
      // The statements of the batch in flight start one after the other, each from the event loop.
      if (++taken % ITEMS_A_TURN === 0) await setImmediate();
      if (batch.size >= BATCH_SIZE) await flush();
    }
    await flush();
    await inFlight;
    return seq;
  }

  /** Adds to shared nodes what is there of them, and keeps what newer editions said. */
  private async mergeShared(
    batch: ImportBatch,
    current: Map<string, NodeValue>,
    supposed: SupposedWrites | undefined,
    isKnown: (id: string) => boolean,
    tally: Tally,
  ): Promise<void> {
    for (const [id, value] of supposed?.current(batch.sharedIds) ?? []) current.set(id, value);
    const contested = batch.contested(current);
    const outdated = await outdatedOf(this.reader, contested, isKnown);
    for (const id of supposed?.outdatedOf(contested) ?? []) outdated.add(id);
    for (const id of outdated) tally.noteOlder(id, contested.get(id)!);
    batch.mergeShared(current, outdated);
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
