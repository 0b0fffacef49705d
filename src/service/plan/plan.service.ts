/** Plans: worded by some, approved by others, executed as approved, and compared with what came of them. */
import { AppError } from '../../errors';
import { nextStatuses, type PlanStatus, stepInto } from '../../model/plan-status';
import type { Batch, Json, NodeValue, Properties } from '../../model/values';
import { hasRole } from '../../model/viewer';
import type { Reader } from '../../store/engine';
import { findVersions } from '../../store/version.store';
import type { GraphView } from '../graph-view';
import type { ViewContent } from '../view-content';
import type { VisibleWriteService } from '../visible-write.service';
import type { ItemReport } from '../write.service';
import { batchOfDraft, type PlanDraft } from './plan-draft';
import { type PlanRecord, readPlan } from './plan-record';

export interface PlanChange {
  readonly view: GraphView;
  readonly isDryRun: boolean;
}

export interface PlanStep extends PlanChange {
  readonly id: string;
  readonly expectedRevision: number;
}

export interface PlanMove extends PlanStep {
  readonly to: PlanStatus;
  readonly reason?: string | null;
  /** Digest of the plan as whoever approves it saw it. */
  readonly expectedDigest?: string | null;
}

export interface PlanReport {
  readonly id: string;
  readonly status: ItemReport['status'];
  readonly seq?: number;
}

/** Whom a plan is for when nobody says so: not whoever may read. */
const OWN_MARKING = 'TLP:AMBER+STRICT';

/** What a prediction puts on a plan. */
export type PredictionProperties = { readonly [name: string]: Json };

/** Moves for which a reason must be given. */
const NEEDS_REASON: ReadonlySet<PlanStatus> = new Set(['DRAFT', 'ABANDONED']);

export class PlanService {
  constructor(
    private readonly content: ViewContent,
    private readonly writes: VisibleWriteService,
    private readonly now: () => Date,
  ) {}

  /** The plan of an id. @throws AppError PLAN_NOT_FOUND */
  async read(view: GraphView, id: string): Promise<PlanRecord> {
    const record = await readPlan(view, this.content, id);
    if (record === undefined) throw new AppError('PLAN_NOT_FOUND', { id });
    return record;
  }

  /** A new plan, as a draft of whoever words it. @throws AppError as `batchOfDraft`, INVALID_OBJECT */
  async create(draft: PlanDraft, change: PlanChange): Promise<PlanReport> {
    const { view } = change;
    if (!draft.name?.trim()) throw new AppError('BAD_INPUT', { what: 'name', expected: 'words', got: '""' });
    const me = view.viewer.id;
    const isOpen = view.viewer.seesAll || draft.markings || draft.sharedWith;
    const sharing: Properties = isOpen ? {} : { markings: [OWN_MARKING], sharedWith: [me] };
    const own = {
      ...sharing,
      planStatus: 'DRAFT',
      proposedBy: me,
      writtenBy: [me],
      statusSince: this.instant(),
    };
    const { planId, ...batch } = batchOfDraft(view.projection, draft, own);
    if (!view.maySee(sharing)) throw ownMarkingHidden(planId);
    return this.write(planId, batch, 'PLAN_CREATE', change);
  }

  /** Changes a draft. @throws AppError as `create`, PLAN_NOT_FOUND, PLAN_NOT_DRAFT, STALE_REVISION */
  async update(draft: PlanDraft, step: PlanStep): Promise<PlanReport> {
    const { view, id } = step;
    const before = await this.read(view, id);
    if (before.status !== 'DRAFT') throw new AppError('PLAN_NOT_DRAFT', { id, got: before.status });
    const writers = new Set([...namesOf(before, 'writtenBy'), view.viewer.id]);
    const own = { writtenBy: [...writers].sort(), modified: this.instant() };
    const { planId, ...batch } = batchOfDraft(view.projection, draft, own, await this.behind(view, id));
    return this.write(planId, batch, 'PLAN_UPDATE', step, step);
  }

  /**
   * Moves a plan to another status.
   *
   * @throws AppError PLAN_NOT_FOUND, PLAN_TRANSITION, PLAN_TWO_PEOPLE, PLAN_EMPTY, PLAN_CHANGED, STALE_REVISION, BAD_INPUT
   */
  async move(move: PlanMove): Promise<PlanReport> {
    const { view, id, to } = move;
    const record = await this.read(view, id);
    this.refuseMove(record, move);
    const me = view.viewer.id;
    const plan = await this.behind(view, id);
    const { approvedBy: _by, approvedDigest: _digest, ...rest } = plan.properties;
    const isStill = to === 'EXECUTING' || to === 'DONE';
    const approval = isStill
      ? pick(plan.properties, ['approvedBy', 'approvedDigest'])
      : to === 'APPROVED'
        ? { approvedBy: me, approvedDigest: record.digest }
        : {};
    const instant = this.instant();
    const reason = move.reason?.trim();
    const { statusReason: _reason, ...kept } = rest;
    const properties = {
      ...kept,
      ...approval,
      planStatus: to,
      statusSince: instant,
      modified: instant,
      ...(reason ? { statusReason: reason } : {}),
    };
    const batch: Batch = { nodes: [{ ...plan, properties }], relationships: [], claims: [] };
    return this.write(id, batch, `PLAN_${to}`, move, move);
  }

  /** Keeps a prediction with the plan it is of; what the plan says stays. */
  async keepPrediction(prediction: PredictionProperties, step: PlanStep): Promise<PlanReport> {
    const plan = await this.behind(step.view, step.id);
    const properties = { ...plan.properties, ...prediction, modified: this.instant() };
    const batch: Batch = { nodes: [{ ...plan, properties }], relationships: [], claims: [] };
    return this.write(step.id, batch, 'PLAN_PREDICT', step, step);
  }

  /** All that is stored of a plan that the view shows. */
  private async behind(view: GraphView, id: string): Promise<NodeValue> {
    const plan = await this.content.nodeBehind(view, id);
    if (plan?.type !== 'Plan') throw new AppError('PLAN_NOT_FOUND', { id });
    return plan;
  }

  private refuseMove(record: PlanRecord, { view, id, to, reason, expectedDigest }: PlanMove): void {
    const step = stepInto(to, record.status);
    if (step === undefined) {
      throw new AppError('PLAN_TRANSITION', {
        id,
        from: record.status,
        to,
        next: nextStatuses(record.status),
      });
    }
    if (!hasRole(view.viewer, step.role)) {
      throw new AppError('FORBIDDEN', { field: `movePlan to ${to}`, role: step.role, got: view.viewer.role });
    }
    if (NEEDS_REASON.has(to) && !reason?.trim())
      throw new AppError('BAD_INPUT', {
        what: 'reason',
        expected: 'why the plan goes back or is given up',
        got: '""',
      });
    if (to === 'REVIEW' && record.measures.length === 0) throw new AppError('PLAN_EMPTY', { id });
    const writers = namesOf(record, 'writtenBy');
    if (step.takesAnother && writers.includes(view.viewer.id))
      throw new AppError('PLAN_TWO_PEOPLE', { id, writers, got: view.viewer.id });
    if (step.takesAnother && !expectedDigest?.trim()) {
      const expected = 'the digest of planState as you reviewed it';
      throw new AppError('BAD_INPUT', { what: 'expectedDigest', expected, got: 'none' });
    }
    const reviewed = step.takesAnother ? expectedDigest : record.plan.properties.approvedDigest;
    // The digest that it has now is left out: it would approve what nobody has looked at.
    if ((step.takesAnother || step.takesApproval) && reviewed !== record.digest)
      throw new AppError('PLAN_CHANGED', { id, reviewed: reviewed ?? null });
  }

  private async write(
    id: string,
    batch: Batch,
    kind: string,
    { view, isDryRun }: PlanChange,
    seen?: PlanStep,
  ): Promise<PlanReport> {
    const check = async (reader: Reader, items: readonly ItemReport[]): Promise<void> => {
      refuseInvalid(items);
      if (seen === undefined) return;
      const got = view.revisionOf(id, await findVersions(reader, [id]));
      const expected = seen.expectedRevision;
      if (got !== expected) throw new AppError('STALE_REVISION', { id, expected, got });
    };
    const intent = {
      kind,
      actor: view.viewer.id,
      isDryRun,
      mayManage: true,
      refusesContradictions: true,
      check,
    };
    const { items, seq } = await this.writes.for(view).write(batch, intent);
    return { id, status: items[0].status, seq };
  }

  private instant(): string {
    return this.now().toISOString();
  }
}

/** Refuses a batch of which anything would be rejected. */
export function refuseInvalid(items: readonly ItemReport[]): void {
  for (const { id, problem } of items) {
    if (problem) throw new AppError('INVALID_OBJECT', { id, problem: problem.code, reason: problem.message });
  }
}

/** The marking that the service gives is one that the author could not see. */
function ownMarkingHidden(id: string): AppError {
  const reason = `its writer could not see it: as it says no markings, the service gives it ${OWN_MARKING}, which asks for more clearance; give markings that you may see yourself`;
  return new AppError('INVALID_OBJECT', { id, problem: 'MARKING_NOT_ALLOWED', reason });
}

const namesOf = ({ plan }: PlanRecord, property: string): readonly string[] =>
  (plan.properties[property] as readonly string[] | undefined) ?? [];

const pick = (properties: Properties, names: readonly string[]): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name)));
