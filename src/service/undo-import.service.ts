/**
 * Takes back what one import said, and only that. What nobody else says goes; what others say too, or somebody edited, stays;
 * what the import changed is again as it was before. Everything that goes or changes is kept as a version, the report itself
 * with the hash of its file among them, so that who acquired what and when can still be shown.
 *
 * Whole batches are written, relationships before nodes; one that was cut off is completed by undoing again.
 */
import { edgeCell, edgeOf, type Projection, vertexCell, vertexOf } from '../analysis';
import { AppError } from '../errors';
import { listChangesOf, lockChanges } from '../store/change.store';
import { listFactsOf } from '../store/claim.store';
import type { StoreEngine } from '../store/engine';
import type { RelationshipKey } from '../store/relationship.store';
import type { ChangeSignal } from './change-signal';
import type { GraphView } from './graph-view';
import type { IdentityLinking } from './identity/identity-linking';
import type { ProjectionService } from './projection.service';
import { TYPE_COLUMN } from './projection.service';
import { decideBatch, executeBatch, type UndoBatch, type UndoDecision } from './undo-batch';
import type { ViewService } from './view.service';

export interface UndoOptions {
  readonly actor: string;
  /** The graph as whoever takes it back sees it: what it does not hold is not counted. Everything if not given. */
  readonly view?: GraphView;
  readonly isDryRun?: boolean;
}

export interface UndoReport {
  readonly report: string;
  /** Nodes and relationships that nobody else says. */
  readonly deleted: number;
  /** Those that are again as they were before. */
  readonly restored: number;
  /** Nodes that others refer to and nobody else describes. */
  readonly stubbed: number;
  /** Those that others say too, or that somebody edited. */
  readonly kept: number;
  /** Claims that are taken back. */
  readonly claims: number;
  /** Number of the last change, null when nothing changed. */
  readonly seq: number | null;
  readonly isDryRun: boolean;
}

const BATCH_SIZE = 2_000;
const MAX_TRIES = 8;

/** Somebody else wrote since the graph was read. */
class Outdated extends Error {}

export class UndoImportService {
  constructor(
    private readonly engine: StoreEngine,
    private readonly projections: ProjectionService,
    private readonly views: ViewService,
    private readonly identity: IdentityLinking,
    private readonly signal: ChangeSignal,
    private readonly now: () => Date,
  ) {}

  /** @throws AppError IMPORT_NOT_FOUND when no report of the id is there, or nothing says anything in it */
  async undo(reportId: string, options: UndoOptions): Promise<UndoReport> {
    const projection = await this.projections.current();
    const vertex = vertexOf(projection, reportId);
    const isReport = vertex >= 0 && vertexCell(projection, TYPE_COLUMN, vertex) === 'Report';
    const changes = await listChangesOf(this.engine, reportId);
    if (!isReport || changes.length === 0) throw new AppError('IMPORT_NOT_FOUND', { id: reportId });
    const facts = await listFactsOf(this.engine, reportId);
    const undoing = new Undoing(this.engine, this.projections, this.now, {
      reportId,
      projection,
      options,
    });
    const isEdge = (id: string): boolean => edgeOf(projection, id) >= 0;
    await undoing.take('relationships', facts.filter(isEdge));
    await undoing.take(
      'nodes',
      facts.filter((id) => !isEdge(id)),
    );
    await undoing.takeFrame();
    const last = await this.conclude(undoing.seq, options.actor);
    // The number of the change would tell how much others wrote.
    const seq = options.view?.seesAll === false ? null : last;
    return { report: reportId, ...undoing.counts, seq, isDryRun: options.isDryRun ?? false };
  }

  /** Links views anew by the rule, as what is gone may have made some ambiguous. */
  private async conclude(seq: number | null, actor: string): Promise<number | null> {
    if (seq === null) return null;
    this.signal.give(seq);
    const untouched = { nodes: new Map(), relationships: [] };
    const linked = await this.identity.linkAfterImport(await this.views.whole(), untouched, {
      actor,
      isDryRun: false,
    });
    await this.engine.checkpoint();
    return linked.seq ?? seq;
  }
}

/** What becomes of an object in the eyes of a viewer: what only claims speak of that they do not see is gone for them. */
function seenVerdict(
  view: GraphView | undefined,
  { id, verdict, others }: UndoDecision,
): UndoDecision['verdict'] | undefined {
  if (view === undefined || view.seesAll) return verdict;
  const own = view.viewId(id);
  if (!view.hasNode(own) && !view.hasRelationship(own)) return undefined;
  const isGone = others.length > 0 && !others.some((claim) => view.showsClaim(claim));
  return isGone && verdict !== 'absent' ? 'deleted' : verdict;
}

interface Undone {
  readonly reportId: string;
  projection: Projection;
  readonly options: UndoOptions;
}

/** One undoing under way. */
class Undoing {
  readonly counts = { deleted: 0, restored: 0, stubbed: 0, kept: 0, claims: 0 };
  seq: number | null = null;
  private readonly deletedEdges = new Set<string>();
  /** Ends of relationships that went: placeholders among them go too once nothing leads to them. */
  private readonly looseEnds = new Set<string>();
  /** Ends that relationships got back. */
  private readonly heldEnds = new Set<string>();

  constructor(
    private readonly engine: StoreEngine,
    private readonly projections: ProjectionService,
    private readonly now: () => Date,
    private readonly undone: Undone,
  ) {}

  async take(kind: UndoBatch['kind'], ids: readonly string[], isFrame = false): Promise<void> {
    for (let at = 0; at < ids.length; at += BATCH_SIZE) {
      await this.takeBatch({ kind, ids: ids.slice(at, at + BATCH_SIZE), isFrame });
    }
  }

  /** The report and its source, and placeholders that nothing leads to any more. */
  async takeFrame(): Promise<void> {
    const { reportId } = this.undone;
    const links = this.edgesAt(reportId).filter((id) => this.edgeType(id) === 'PUBLISHED_BY');
    const sources = links.map((id) => this.keyOf(id)?.to).filter((id) => id !== undefined);
    await this.take('relationships', links, true);
    await this.take('nodes', [reportId, ...new Set(sources)], true);
    const stubs = [...this.looseEnds].filter((id) => this.isStub(id) && this.remainingAt(id) === 0);
    await this.take('nodes', stubs, true);
  }

  private async takeBatch(batch: UndoBatch): Promise<void> {
    for (const decision of await this.written(batch)) {
      const { verdict, key, id, after } = decision;
      this.count(batch, decision);
      if (verdict === 'absent') continue;
      const isMoved = after?.from !== undefined && (after.from !== key?.from || after.to !== key?.to);
      if (batch.kind !== 'relationships' || !(verdict === 'deleted' || isMoved)) continue;
      this.deletedEdges.add(id);
      if (key) this.looseEnds.add(key.from).add(key.to);
      if (isMoved) this.heldEnds.add(after.from as string).add(after.to as string);
    }
  }

  /** Counts what becomes of an object, as far as whoever takes the import back sees it. */
  private count({ isFrame }: UndoBatch, decision: UndoDecision): void {
    const { view } = this.undone.options;
    const seen = seenVerdict(view, decision);
    if (seen === undefined) return;
    const { claims } = decision;
    this.counts.claims += view ? claims.filter((claim) => view.showsClaim(claim)).length : claims.length;
    if (seen !== 'absent' && (!isFrame || seen !== 'kept')) this.counts[seen]++;
  }

  private async written(batch: UndoBatch): Promise<readonly UndoDecision[]> {
    const context = () => ({
      reportId: this.undone.reportId,
      keyOf: (id: string) => this.keyOf(id),
      hasOtherLinks: (id: string) => this.remainingAt(id) > 0,
    });
    if (this.undone.options.isDryRun) return decideBatch(this.engine, batch, context());
    for (let tries = 1; ; tries++) {
      try {
        const { decisions, seq } = await this.engine.write(async (transaction) => {
          const latest = await lockChanges(transaction);
          if (latest !== (this.seq ?? this.undone.projection.seq)) throw new Outdated();
          const made = await decideBatch(transaction, batch, context());
          const at = this.now().toISOString();
          const {
            reportId,
            options: { actor },
          } = this.undone;
          return {
            decisions: made,
            seq: await executeBatch(transaction, batch, made, { at, actor, reportId }),
          };
        });
        this.seq = seq ?? this.seq;
        return decisions;
      } catch (error) {
        if (!(error instanceof Outdated)) throw error;
        if (tries === MAX_TRIES) throw new AppError('STORE_CONFLICT', { tries });
        this.undone.projection = await this.projections.current();
        this.seq = this.seq === null ? null : this.undone.projection.seq;
      }
    }
  }

  private keyOf(id: string): RelationshipKey | undefined {
    const { projection } = this.undone;
    const edge = edgeOf(projection, id);
    if (edge < 0) return undefined;
    const { ids } = projection.vertices;
    return { id, from: ids[projection.from[edge]], to: ids[projection.to[edge]] };
  }

  private edgeType(id: string): unknown {
    const { projection } = this.undone;
    return edgeCell(projection, TYPE_COLUMN, edgeOf(projection, id));
  }

  private edgesAt(id: string): readonly string[] {
    const { projection } = this.undone;
    const vertex = vertexOf(projection, id);
    if (vertex < 0) return [];
    return [projection.out, projection.in].flatMap(({ offsets, edges }) =>
      [...edges.subarray(offsets[vertex], offsets[vertex + 1])].map((edge) => projection.edges.ids[edge]),
    );
  }

  /** Relationships at a node that are left; what a rule derived goes with its ends. */
  private remainingAt(id: string): number {
    if (this.heldEnds.has(id)) return 1;
    const { projection } = this.undone;
    const isStated = (edge: string): boolean =>
      edgeCell(projection, 'inferred', edgeOf(projection, edge)) !== true;
    return this.edgesAt(id).filter((edge) => !this.deletedEdges.has(edge) && isStated(edge)).length;
  }

  private isStub(id: string): boolean {
    const vertex = vertexOf(this.undone.projection, id);
    return vertex >= 0 && vertexCell(this.undone.projection, 'stub', vertex) === true;
  }
}
