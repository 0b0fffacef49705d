/** Answers what breaks when something is taken away: the ranking of chokepoints, cut sets, and what-if. */
import { compareIds, minimalCutSets, type Projection } from '../analysis';
import { AppError } from '../errors';
import { buildDisruptionSystem, type DisruptionSystem } from './disruption/disruption-system';
import { failureTrace, parentsOf } from './disruption/failure-trace';
import { type ComponentRanking, type RankedComponent, rankComponents } from './disruption/ranking';
import { type DisruptionScope, systemOptions } from './disruption/scope';
import {
  type ChokepointRanking,
  type CutSetsView,
  type DisruptionView,
  EVIDENCE_SHOWN,
  eventsIn,
  isComponent,
  lossView,
  memberOf,
  namesOf,
  refusal,
  total,
  viewOf,
  withoutTrailingZeros,
} from './disruption/views';
import type { FactService, FactView } from './fact.service';
import type { GraphView } from './graph-view';

const DEFAULT_LIMIT = 20;
const DEFAULT_MAX_ORDER = 3;
const DEFAULT_MAX_SETS = 1000;
const SYSTEMS_KEPT = 8;

interface Analysed {
  readonly system: DisruptionSystem;
  readonly parents: readonly (readonly number[])[];
  ranking?: ComponentRanking;
}

export class ChokepointService {
  private readonly analysed = new WeakMap<Projection, Map<string, Analysed>>();

  constructor(
    private readonly facts: FactService,
    private readonly now: () => Date,
  ) {}

  /** The components whose loss stops most, best first. */
  async chokepoints(
    view: GraphView,
    scope: DisruptionScope = {},
    limit = DEFAULT_LIMIT,
  ): Promise<ChokepointRanking> {
    if (!Number.isInteger(limit) || limit < 1) {
      throw new AppError('BAD_INPUT', { what: 'limit', expected: 'a whole number from 1', got: limit });
    }
    const analysed = this.analyse(view, scope);
    analysed.ranking ??= rankComponents(analysed.system);
    const { ranking, system } = analysed;
    const shown = ranking.components.slice(0, limit);
    const traces = shown.map((component) => traceOf(analysed, component));
    const facts = await this.factsOf(view, traces);
    const chokepoints = shown.map((component, index) =>
      viewOf(system, component, index + 1, traces[index], facts),
    );
    const { ecosystem, operations } = system.known;
    return {
      chokepoints,
      totalCount: ranking.components.length,
      operationsInScope: operations.length,
      severityInScope: total(operations.map((operation) => operation.severity)),
      names: namesOf(system, shown),
      status: ranking.status,
      warnings: ecosystem.warnings,
      graphVersion: system.projection.seq,
    };
  }

  /** The minimal sets of components whose loss stops one operation. */
  async cutSets(
    view: GraphView,
    operationId: string,
    scope: Omit<DisruptionScope, 'operationIds'> = {},
    limits: { readonly maxOrder?: number; readonly maxSets?: number } = {},
  ): Promise<CutSetsView> {
    const maxOrder = limits.maxOrder ?? DEFAULT_MAX_ORDER;
    const maxSets = limits.maxSets ?? DEFAULT_MAX_SETS;
    for (const [what, got] of Object.entries({ maxOrder, maxSets })) {
      if (!Number.isInteger(got) || got < 1) {
        throw new AppError('BAD_INPUT', { what, expected: 'a whole number from 1', got });
      }
    }
    const { system } = this.analyse(view, { ...scope, operationIds: [operationId] });
    const { tree } = system.known;
    const all = minimalCutSets(tree, tree.tops[0], { maxOrder });
    const byOrder = Array.from({ length: Math.min(maxOrder, tree.eventCount) }, () => 0);
    for (const set of all.sets) byOrder[set.length - 1]++;
    const sets = all.sets.slice(0, maxSets).map((set) => ({
      members: Array.from(set, (event) => memberOf(system, event)),
      order: set.length,
      cost: set.length,
    }));
    const status = sets.length < all.count && all.status === 'complete' ? 'truncated' : all.status;
    return { operation: operationId, count: all.count, byOrder: withoutTrailingZeros(byOrder), sets, status };
  }

  /** What stops when some components are taken away together. */
  async disruption(
    view: GraphView,
    removing: readonly string[],
    scope: DisruptionScope = {},
  ): Promise<DisruptionView> {
    const { system } = this.analyse(view, scope);
    const { projection, known, withMarket } = system;
    const unknown = removing.filter((id) => !isComponent(projection, id));
    if (unknown.length > 0) throw new AppError('COMPONENT_NOT_FOUND', { ids: unknown });
    const ids = [...new Set(removing)].sort(compareIds);
    const events = ids.filter((id) => system.eventOf.has(id)).map((id) => system.eventOf.get(id) as number);
    const [none, loss] = known.losses([[], events]);
    const [marketLoss] = withMarket.losses([eventsIn(system, ids)]);
    const severity = total(known.operations.map((operation) => operation.severity)) - none.weight;
    const operationsUp = known.operations.length - none.tops.length;
    return {
      removed: events.map((event) => memberOf(system, event)),
      refused: ids
        .filter((id) => !system.eventOf.has(id))
        .map((id) => ({ id, reason: refusal(system, id, scope) })),
      before: { operationsUp, severity },
      after: { operationsUp: operationsUp - loss.tops.length, severity: severity - loss.weight },
      lost: loss.tops.map((top) => {
        const { id, name, severity: own } = known.operations[top];
        return { id, name, severity: own };
      }),
      severityLost: loss.weight,
      withMarket: lossView(system, marketLoss),
      graphVersion: projection.seq,
    };
  }

  /** What is on record in a view, analysed in a scope; as of the instant of the view where the scope names none. */
  private analyse(view: GraphView, scope: DisruptionScope): Analysed {
    const projection = view.recorded;
    const options = systemOptions({ ...scope, asOf: scope.asOf ?? view.asOf }, projection, this.now);
    const kept = this.analysed.get(projection) ?? new Map<string, Analysed>();
    this.analysed.set(projection, kept);
    const key = JSON.stringify({ ...options, asOf: String(options.asOf) });
    const known = kept.get(key);
    if (known) return known;
    const system = buildDisruptionSystem(projection, options);
    const analysed = { system, parents: parentsOf(system.known) };
    kept.set(key, analysed);
    for (const oldest of kept.keys()) {
      if (kept.size <= SYSTEMS_KEPT) break;
      kept.delete(oldest);
    }
    return analysed;
  }

  /** The facts that are shown of some traces, by edge, in one round to the store. */
  private async factsOf(
    view: GraphView,
    traces: readonly (readonly number[])[],
  ): Promise<ReadonlyMap<number, FactView>> {
    const edges = [...new Set(traces.flatMap((trace) => trace.slice(0, EVIDENCE_SHOWN)))];
    const facts = await this.facts.factsOf(view, edges);
    return new Map(edges.map((edge, index) => [edge, facts[index]]));
  }
}

/** Edges by which the loss of a component, or of its cheapest cut set, reaches operations. */
function traceOf({ system, parents }: Analysed, component: RankedComponent): number[] {
  const hit = component.alone.weight > 0 ? [component.event] : (component.cheapest[0]?.events ?? []);
  return failureTrace(system.projection, system.known, parents, hit);
}
