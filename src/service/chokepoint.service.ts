/** Answers what breaks when something is taken away: the ranking of chokepoints, cut sets, and what-if. */
import { compareIds, minimalCutSets } from '../analysis';
import { AppError } from '../errors';
import type { ConfidenceService } from './confidence.service';
import { basisOf } from './disruption/analysis-basis';
import type { ConfidenceOptions } from './disruption/component-confidence';
import { isComponent } from './disruption/disruption-system';
import { failureTrace } from './disruption/failure-trace';
import type { RankedComponent } from './disruption/ranking';
import { costOf } from './disruption/ranking';
import type { DisruptionScope } from './disruption/scope';
import type { AnalysedSystem, DisruptionSystems } from './disruption/systems';
import {
  type ChokepointRanking,
  type CutSetsView,
  type DisruptionView,
  EVIDENCE_SHOWN,
  eventsIn,
  idOf,
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

export class ChokepointService {
  constructor(
    private readonly systems: DisruptionSystems,
    private readonly facts: FactService,
    private readonly confidence: ConfidenceService,
  ) {}

  /** The components whose loss stops most, best first. */
  async chokepoints(
    view: GraphView,
    scope: DisruptionScope = {},
    limit = DEFAULT_LIMIT,
    confidence?: ConfidenceOptions,
  ): Promise<ChokepointRanking> {
    const startMs = performance.now();
    if (!Number.isInteger(limit) || limit < 1) {
      throw new AppError('BAD_INPUT', { what: 'first', expected: 'a whole number from 1', got: limit });
    }
    const analysed = this.systems.within(view, scope);
    const { ranking, system } = analysed;
    const shown = ranking.components.slice(0, limit);
    const traces = shown.map((component) => traceOf(analysed, component));
    const facts = await this.factsOf(view, traces);
    const sure = confidence && (await this.confidence.ofRanking(view, scope, confidence));
    const chokepoints = shown.map((component, index) => {
      const own = sure ? sure.of(idOf(system, component.event), index + 1) : null;
      return viewOf(system, component, index + 1, traces[index], facts, own);
    });
    const { operations, untargeted } = system.known;
    const exactness = ranking.status === 'complete' ? 'EXACT' : 'LOWER_BOUND';
    return {
      chokepoints,
      totalCount: ranking.components.length,
      operationsInScope: operations.length,
      severityInScope: total(operations.map((operation) => operation.severity)),
      operationsUntargeted: untargeted,
      names: namesOf(system, shown),
      status: ranking.status,
      confidence: sure?.summary ?? null,
      warnings: system.warnings,
      graphVersion: view.recorded.seq,
      basis: basisOf(view.recorded, startMs, RANKING_METHOD, exactness),
    };
  }

  /** The minimal sets of components whose loss stops one operation. */
  async cutSets(
    view: GraphView,
    operationId: string,
    scope: Omit<DisruptionScope, 'operationIds'> = {},
    limits: { readonly maxOrder?: number; readonly maxSets?: number } = {},
  ): Promise<CutSetsView> {
    const startMs = performance.now();
    const maxOrder = limits.maxOrder ?? DEFAULT_MAX_ORDER;
    const maxSets = limits.maxSets ?? DEFAULT_MAX_SETS;
    for (const [what, got] of Object.entries({ maxOrder, maxSets })) {
      if (!Number.isInteger(got) || got < 1) {
        throw new AppError('BAD_INPUT', { what, expected: 'a whole number from 1', got });
      }
    }
    const { system } = this.systems.within(view, { ...scope, operationIds: [operationId] });
    const { costs, known } = system;
    const { tree } = known;
    if (tree.tops.length === 0) throw new AppError('OPERATION_NOT_FOUND', { ids: [operationId] });
    const all = minimalCutSets(tree, tree.tops[0], { maxOrder, cost: costs });
    const byOrder = Array.from({ length: Math.min(maxOrder, tree.eventCount) }, () => 0);
    for (const set of all.sets) byOrder[set.length - 1]++;
    const sets = all.sets.slice(0, maxSets).map((set) => ({
      members: Array.from(set, (event) => memberOf(system, event)),
      order: set.length,
      cost: costOf(Array.from(set), costs),
    }));
    const status = sets.length < all.count && all.status === 'complete' ? 'truncated' : all.status;
    const exactness = all.status === 'complete' ? 'EXACT' : 'LOWER_BOUND';
    return {
      operation: operationId,
      count: all.count,
      byOrder: withoutTrailingZeros(byOrder),
      sets,
      status,
      basis: basisOf(view.recorded, startMs, CUT_SET_METHOD, exactness),
    };
  }

  /** What stops when some components are taken away, or some defences put in place, together. */
  async disruption(
    view: GraphView,
    removing: readonly string[],
    scope: DisruptionScope = {},
  ): Promise<DisruptionView> {
    const startMs = performance.now();
    const { system } = this.systems.within(view, scope);
    const { known, withMarket, eventOf } = system;
    const unknown = removing.filter((id) => !isComponent(view.recorded, id) && !eventOf.has(id));
    if (unknown.length > 0) throw new AppError('COMPONENT_NOT_FOUND', { ids: unknown });
    const ids = [...new Set(removing)].sort(compareIds);
    const events = ids.flatMap((id) => eventOf.get(id) ?? []);
    const [none, loss] = known.losses([[], events]);
    const [marketLoss] = withMarket.losses([eventsIn(system, ids)]);
    const severity = total(known.operations.map((operation) => operation.severity)) - none.weight;
    const operationsUp = known.operations.length - none.tops.length;
    return {
      removed: events.map((event) => memberOf(system, event)),
      refused: ids.filter((id) => !eventOf.has(id)).map((id) => ({ id, reason: refusal(system, id, scope) })),
      before: { operationsUp, severity },
      after: { operationsUp: operationsUp - loss.tops.length, severity: severity - loss.weight },
      lost: loss.tops.map((top) => {
        const { id, name, severity: own } = known.operations[top];
        return { id, name, severity: own };
      }),
      severityLost: loss.weight,
      withMarket: lossView(system, marketLoss),
      graphVersion: view.recorded.seq,
      basis: basisOf(view.recorded, startMs, REMOVAL_METHOD, 'EXACT'),
    };
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

const REMOVAL_METHOD = 'least fixed point of the failure rules';
const CUT_SET_METHOD = 'minimal cut sets by expansion up to the order asked for';
const RANKING_METHOD = `${REMOVAL_METHOD} for each single removal; ${CUT_SET_METHOD.replace('the order asked for', 'order 3')}`;

/** Edges by which the loss of a component, or of its cheapest cut set, reaches operations. */
function traceOf(analysed: AnalysedSystem, component: RankedComponent): number[] {
  const { projection, known } = analysed.system;
  const hit = component.alone.weight > 0 ? [component.event] : (component.cheapest[0]?.events ?? []);
  return failureTrace(projection, known, analysed.parents, hit);
}
