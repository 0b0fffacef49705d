/**
 * Deconfliction without an oracle: whoever asks learns nothing from the answer, whatever others plan. The query is kept, and
 * those whose plans it meets are told; what the asker hears, these owners say. docs/plans.md states the rules.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Projection, vertexCell, vertexOf } from '../../analysis';
import { AppError } from '../../errors';
import { addressKindOf } from '../../model/address';
import { isLive, type PlanStatus } from '../../model/plan-status';
import { hasRole } from '../../model/viewer';
import {
  appendDeconflictionNotice,
  appendDeconflictionQuery,
  type DeconflictionNotice,
  type DeconflictionQuery,
  findDeconflictionQueries,
  listDeconflictionNotices,
  listDeconflictionQueries,
  listDeconflictionQueriesOf,
  listDeconflictionQueriesOfPlans,
} from '../../store/deconfliction.store';
import type { Reader, StoreEngine } from '../../store/engine';
import { findNodes } from '../../store/node.store';
import { type EventStream, endable, orEnd } from '../event-stream';
import type { GraphView } from '../graph-view';
import { TYPE_COLUMN } from '../projection.service';
import { linkedIds } from './plan-record';

export interface DeconflictionRequest {
  readonly caseReference: string;
  /** How owners of other plans may reach whoever asks. */
  readonly contact?: string | null;
  readonly componentIds: readonly string[];
  /** Domains, addresses, numbers: what the asker knows a target by where it has no id. */
  readonly addresses: readonly string[];
}

/** What an asker sees of a query: the same whether or not anybody was met. */
export interface AskedQuery extends Omit<DeconflictionQuery, 'planIds'> {
  readonly notices: readonly DeconflictionNotice[];
}

/** What the owner of a plan sees of a query that met it. */
export interface PlanAlert {
  readonly query: Omit<DeconflictionQuery, 'planIds'>;
  /** Those of the owner's plans that it met. */
  readonly planIds: readonly string[];
  /** Targets of the query that the plans have too. */
  readonly sharedTargets: readonly string[];
  readonly notices: readonly DeconflictionNotice[];
}

export interface DeconflictionLimits {
  /** Queries that one person may make in a day. */
  readonly queriesPerDay: number;
  /** Milliseconds between two looks at the log for those who follow it. */
  readonly pollMs: number;
}

export const DEFAULT_DECONFLICTION: DeconflictionLimits = { queriesPerDay: 20, pollMs: 2000 };

/** Targets of one query: enough for a case, too few for a search. */
export const MAX_TARGETS = 25;
const DAY_MS = 86_400_000;
const MAX_LISTED = 500;

export class DeconflictionService {
  constructor(
    private readonly engine: StoreEngine,
    private readonly limits: DeconflictionLimits,
    private readonly now: () => Date,
  ) {}

  /**
   * Asks whether others plan against the same targets. A dry run looks for no plans, and tells nobody.
   *
   * @throws AppError BAD_INPUT, DECONFLICTION_LIMIT: both by what was asked and how often alone
   */
  async ask(view: GraphView, request: DeconflictionRequest, isDryRun = false): Promise<AskedQuery> {
    const asked = checked(request);
    const now = this.now();
    const actor = view.viewer.id;
    const since = new Date(now.getTime() - DAY_MS).toISOString();
    const planIds = isDryRun ? [] : await this.plansMet(view, asked);
    const query: DeconflictionQuery = {
      ...asked,
      id: `deconfliction--${randomUUID()}`,
      at: now.toISOString(),
      actor,
      planIds: [...planIds],
    };
    if (isDryRun) await this.refuseTooMany(this.engine, actor, since);
    else {
      await this.engine.write(async (transaction) => {
        await this.refuseTooMany(transaction, actor, since);
        await appendDeconflictionQuery(transaction, query);
      });
    }
    return { ...withoutPlans(query), notices: [] };
  }

  private async refuseTooMany(reader: Reader, actor: string, since: string): Promise<void> {
    const { queriesPerDay } = this.limits;
    const recent = await listDeconflictionQueriesOf(reader, actor, since, queriesPerDay);
    if (recent.length < queriesPerDay) return;
    const again = new Date(Date.parse(recent[recent.length - 1].at) + DAY_MS).toISOString();
    throw new AppError('DECONFLICTION_LIMIT', { limit: queriesPerDay, again });
  }

  /** Queries that the viewer made, newest first, with what owners have let them know since. */
  async asked(view: GraphView): Promise<AskedQuery[]> {
    const queries = await listDeconflictionQueriesOf(this.engine, view.viewer.id, '', MAX_LISTED);
    const notices = await listDeconflictionNotices(
      this.engine,
      queries.map(({ id }) => id),
    );
    return queries.map((query) => ({ ...withoutPlans(query), notices: notices.get(query.id) ?? [] }));
  }

  /** Queries of others that met plans which the viewer has written, newest first. */
  async alerts(view: GraphView): Promise<PlanAlert[]> {
    const mine = new Map((await this.plansWrittenBy(view)).map((id) => [id, targetsOf(view.base, id)]));
    const queries = await listDeconflictionQueriesOfPlans(this.engine, [...mine.keys()], MAX_LISTED);
    const notices = await listDeconflictionNotices(
      this.engine,
      queries.map(({ id }) => id),
    );
    return queries.map((query) => {
      const planIds = query.planIds.filter((id) => mine.has(id)).sort();
      const own = (notices.get(query.id) ?? []).filter(({ planId }) => mine.has(planId));
      const targets = planIds.map((id) => mine.get(id)!);
      const isShared = (name: string) =>
        targets.some((each) => each.ids.has(name) || each.addresses.has(name));
      const sharedTargets = [...query.componentIds, ...query.addresses].filter(isShared);
      return { query: withoutPlans(query), planIds, sharedTargets, notices: own };
    });
  }

  /** Alerts as they come, whichever replica was asked: the log is looked at every `pollMs`. */
  followAlerts(current: () => Promise<GraphView>): EventStream<PlanAlert> {
    return endable((signal) => this.newAlerts(current, signal));
  }

  private async *newAlerts(
    current: () => Promise<GraphView>,
    signal: AbortSignal,
  ): AsyncGenerator<PlanAlert, void, void> {
    const told = new Set((await this.alerts(await current())).map(({ query }) => query.id));
    while (!signal.aborted) {
      await orEnd(sleep(this.limits.pollMs, undefined, { ref: false }), signal);
      if (signal.aborted) return;
      const alerts = await this.alerts(await current());
      for (const alert of alerts.filter(({ query }) => !told.has(query.id)).reverse()) {
        told.add(alert.query.id);
        yield alert;
      }
    }
  }

  /**
   * Lets whoever made a query know what the owner of a plan wants them to.
   *
   * @throws AppError DECONFLICTION_NOT_FOUND where the query met no plan that the viewer has written, BAD_INPUT
   */
  async publishNotice(
    view: GraphView,
    queryId: string,
    { message, contact }: { readonly message: string; readonly contact?: string | null },
    isDryRun = false,
  ): Promise<DeconflictionNotice> {
    if (message.trim() === '')
      throw new AppError('BAD_INPUT', { what: 'message', expected: 'words', got: '""' });
    const query = (await findDeconflictionQueries(this.engine, [queryId])).get(queryId);
    const mine = new Set(await this.plansWrittenBy(view));
    const planId = query?.planIds.find((id) => mine.has(id));
    if (planId === undefined) throw new AppError('DECONFLICTION_NOT_FOUND', { id: queryId });
    const notice: DeconflictionNotice = {
      id: `deconfliction-notice--${randomUUID()}`,
      at: this.now().toISOString(),
      actor: view.viewer.id,
      queryId,
      planId,
      message,
      contact: contact ?? null,
    };
    if (!isDryRun) await this.engine.write((transaction) => appendDeconflictionNotice(transaction, notice));
    return notice;
  }

  /**
   * The log of queries after one of them, oldest first, with whom they met: for those who answer for the service.
   *
   * @throws AppError DECONFLICTION_NOT_FOUND
   */
  async log(after: string | undefined, first: number): Promise<DeconflictionQuery[]> {
    if (after === undefined) return listDeconflictionQueries(this.engine, { at: '', id: '' }, first);
    const last = (await findDeconflictionQueries(this.engine, [after])).get(after);
    if (last === undefined) throw new AppError('DECONFLICTION_NOT_FOUND', { id: after });
    return listDeconflictionQueries(this.engine, last, first);
  }

  /** Plans of others that are under way against a target of a query: sought in the whole graph, told to their owners only. */
  private async plansMet(view: GraphView, asked: Asked): Promise<readonly string[]> {
    const { base } = view;
    const wanted = new Set([
      ...asked.addresses,
      ...asked.componentIds.flatMap((id) => addressesOf(base, id)),
    ]);
    const live = plansOf(base).filter((id) => isLivePlan(base, id));
    const met = live.filter((id) => {
      const { ids, addresses } = targetsOf(base, id);
      return (
        asked.componentIds.some((each) => ids.has(each)) || [...wanted].some((each) => addresses.has(each))
      );
    });
    const writers = await this.writersOf(met);
    return met.filter((id) => !writers.get(id)?.includes(view.viewer.id)).sort();
  }

  private async plansWrittenBy(view: GraphView): Promise<string[]> {
    const ids = plansOf(view.base);
    const writers = await this.writersOf(ids);
    const isMine = (id: string) => writers.get(id)?.includes(view.viewer.id) === true;
    return hasRole(view.viewer, 'ADMIN') ? ids : ids.filter(isMine);
  }

  private async writersOf(planIds: readonly string[]): Promise<Map<string, readonly string[]>> {
    const plans = await findNodes(this.engine, planIds);
    return new Map(
      [...plans].map(([id, { properties }]) => [
        id,
        (properties.writtenBy as readonly string[] | undefined) ?? [],
      ]),
    );
  }
}

type Asked = Pick<DeconflictionQuery, 'caseReference' | 'contact' | 'componentIds' | 'addresses'>;

function checked({ caseReference, contact, componentIds, addresses }: DeconflictionRequest): Asked {
  if (caseReference.trim() === '') {
    throw new AppError('BAD_INPUT', {
      what: 'caseReference',
      expected: 'the reference of a case',
      got: '""',
    });
  }
  const ids = [...new Set(componentIds)].sort();
  const named = [...new Set(addresses.map(normalAddress))].filter((each) => each !== '').sort();
  const count = ids.length + named.length;
  if (count === 0 || count > MAX_TARGETS) {
    throw new AppError('BAD_INPUT', {
      what: 'the targets',
      expected: `1 to ${MAX_TARGETS} of them`,
      got: count,
    });
  }
  return {
    caseReference: caseReference.trim(),
    contact: contact ?? null,
    componentIds: ids,
    addresses: named,
  };
}

const withoutPlans = ({ planIds: _, ...query }: DeconflictionQuery) => query;

/** Domains and hosts are one in any case; addresses of wallets and handles tell case apart. */
const normalAddress = (address: string): string => {
  const text = address.trim();
  return addressKindOf(text) === undefined ? text : text.toLowerCase().replace(/\.$/, '');
};

function addressesOf(projection: Projection, id: string): string[] {
  const vertex = vertexOf(projection, id);
  if (vertex < 0) return [];
  return ['address', 'addressHash'].flatMap((name) => {
    const cell = vertexCell(projection, name, vertex);
    return typeof cell === 'string' ? [normalAddress(cell)] : [];
  });
}

function plansOf(projection: Projection): string[] {
  return projection.vertices.ids.filter(
    (_, vertex) => vertexCell(projection, TYPE_COLUMN, vertex) === 'Plan',
  );
}

function isLivePlan(projection: Projection, id: string): boolean {
  const vertex = vertexOf(projection, id);
  const status = vertexCell(projection, 'planStatus', vertex) as PlanStatus | null;
  return status !== null && isLive(status) && vertexCell(projection, 'revoked', vertex) !== true;
}

function targetsOf(
  projection: Projection,
  planId: string,
): { readonly ids: ReadonlySet<string>; readonly addresses: ReadonlySet<string> } {
  const measures = linkedIds(projection, planId, 'PLANS');
  const ids = new Set(measures.flatMap((id) => linkedIds(projection, id, 'AGAINST')));
  return { ids, addresses: new Set([...ids].flatMap((id) => addressesOf(projection, id))) };
}
