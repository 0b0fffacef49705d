/** Answers what breaks when something is taken away: the ranking of chokepoints, cut sets, and what-if. */
import {
  compareIds,
  minimalCutSets,
  type Projection,
  type RemovalLoss,
  vertexCell,
  vertexOf,
} from '../analysis';
import { AppError } from '../errors';
import { findNodeType } from '../model/ontology/ontology';
import {
  buildDisruptionSystem,
  type DisruptionSystem,
  type SystemOptions,
} from './disruption/disruption-system';
import type { DependencyPolicy, EcosystemWarning } from './disruption/ecosystem';
import { failureTrace, parentsOf } from './disruption/failure-trace';
import {
  type ComponentRanking,
  type RankedComponent,
  type RankedCutSet,
  rankComponents,
} from './disruption/ranking';
import type { Reach } from './disruption/reach';
import { lastTurningPoint } from './disruption/turning-points';
import type { FactService, FactView } from './fact.service';
import { type ProjectionService, TYPE_COLUMN } from './projection.service';

/** What to analyse; every field has a default. */
export interface DisruptionScope {
  /** Days an operation must be stopped for: slower substitutes and sooner recoveries do not count. Default 30. */
  readonly minDowntimeDays?: number;
  /** A component that outlives its provider by this many days does not fall with it. Default 365. */
  readonly horizonDays?: number;
  /** How to read sources that only say who uses what. Default STANDING_OPERATIONS. */
  readonly policy?: DependencyPolicy;
  /** Instant in the world (RFC 3339) at which things must hold. Default now. */
  readonly asOf?: string;
  /** Take everything on record, whenever it held. */
  readonly isAllTime?: boolean;
  /** Operations that count; absent means all. */
  readonly operationIds?: readonly string[];
}

export interface LossView {
  readonly operationsLost: number;
  /** Severity a day of the operations lost, each by the share of it that is lost. */
  readonly severityLost: number;
  readonly operations: readonly string[];
}

export interface CutSetView {
  readonly members: readonly string[];
  readonly cost: number;
  readonly severityLost: number;
}

export interface ChokepointView extends LossView {
  readonly rank: number;
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** The same loss when the market replaces what is not known to be irreplaceable. */
  readonly withMarket: LossView;
  readonly cheapestCutSets: readonly CutSetView[];
  readonly importance: {
    /** Minimal cut sets of order 1, 2 and 3 that the component belongs to. */
    readonly cutSetsByOrder: readonly number[];
    /** Share of the severity of all operations in scope that its loss alone takes. */
    readonly severityShare: number;
  };
  /** Days until it is back once taken away; null when that is not on record. */
  readonly recoveryDays: number | null;
  /** ISO 3166 codes, or names, of the jurisdictions it is under. */
  readonly jurisdictions: readonly string[];
  readonly reach: Reach['reach'];
  readonly reachReason: string;
  /** The facts by which its loss, or that of its cheapest cut set, stops operations; nearest first. */
  readonly evidence: readonly FactView[];
  /** Number of such facts; the list may be shorter. */
  readonly evidenceCount: number;
}

export interface ChokepointRanking {
  readonly chokepoints: readonly ChokepointView[];
  /** Components that stop something, of which the list shows the first. */
  readonly totalCount: number;
  readonly operationsInScope: number;
  readonly severityInScope: number;
  /** Names of the members of all cut sets shown, by id. */
  readonly names: Readonly<Record<string, string>>;
  readonly status: ComponentRanking['status'];
  readonly warnings: readonly EcosystemWarning[];
  /** Number of the last change of the graph that was analysed. */
  readonly graphVersion: number;
}

export interface CutSetsView {
  readonly operation: string;
  readonly count: number;
  readonly byOrder: readonly number[];
  readonly sets: readonly {
    readonly members: readonly { readonly id: string; readonly name: string }[];
    readonly order: number;
    readonly cost: number;
  }[];
  readonly status: ComponentRanking['status'];
}

export interface DisruptionView {
  /** What is taken away. */
  readonly removed: readonly { readonly id: string; readonly name: string }[];
  /** What was asked for and cannot be taken away for long enough, with the reason. */
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
  readonly before: { readonly operationsUp: number; readonly severity: number };
  readonly after: { readonly operationsUp: number; readonly severity: number };
  readonly lost: readonly { readonly id: string; readonly name: string; readonly severity: number }[];
  readonly severityLost: number;
  readonly withMarket: LossView;
  readonly graphVersion: number;
}

const DEFAULT_SCOPE = { minDowntimeDays: 30, horizonDays: 365, policy: 'STANDING_OPERATIONS' } as const;
const DEFAULT_LIMIT = 20;
const EVIDENCE_SHOWN = 25;
const DEFAULT_MAX_ORDER = 3;
const DEFAULT_MAX_SETS = 1000;
const SYSTEMS_KEPT = 8;

interface Analysed {
  readonly system: DisruptionSystem;
  readonly parents: readonly (readonly number[])[];
  ranking?: ComponentRanking;
}

export class ChokepointService {
  private readonly analysed = new Map<string, Analysed>();

  constructor(
    private readonly projections: ProjectionService,
    private readonly facts: FactService,
    private readonly now: () => Date,
  ) {}

  /** The components whose loss stops most, best first. */
  async chokepoints(scope: DisruptionScope = {}, limit = DEFAULT_LIMIT): Promise<ChokepointRanking> {
    if (!Number.isInteger(limit) || limit < 1) {
      throw new AppError('BAD_INPUT', { what: 'limit', expected: 'a whole number from 1', got: limit });
    }
    const analysed = await this.analyse(scope);
    analysed.ranking ??= rankComponents(analysed.system);
    const { ranking, system } = analysed;
    const shown = ranking.components.slice(0, limit);
    const chokepoints: ChokepointView[] = [];
    for (const [index, component] of shown.entries())
      chokepoints.push(await this.view(analysed, component, index + 1));
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
    const { system } = await this.analyse({ ...scope, operationIds: [operationId] });
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
  async disruption(removing: readonly string[], scope: DisruptionScope = {}): Promise<DisruptionView> {
    const { system } = await this.analyse(scope);
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

  private async analyse(scope: DisruptionScope): Promise<Analysed> {
    const projection = await this.projections.current();
    const options = systemOptions(scope, projection, this.now);
    const key = JSON.stringify([projection.seq, { ...options, asOf: String(options.asOf) }]);
    const known = this.analysed.get(key);
    if (known?.system.projection === projection) return known;
    const system = buildDisruptionSystem(projection, options);
    const analysed = { system, parents: parentsOf(system.known) };
    this.analysed.set(key, analysed);
    for (const oldest of this.analysed.keys()) {
      if (this.analysed.size <= SYSTEMS_KEPT) break;
      this.analysed.delete(oldest);
    }
    return analysed;
  }

  private async view(analysed: Analysed, component: RankedComponent, rank: number): Promise<ChokepointView> {
    const { system, parents } = analysed;
    const { projection, known } = system;
    const { id, name } = memberOf(system, component.event);
    const vertex = vertexOf(projection, id);
    const hit = component.alone.weight > 0 ? [component.event] : (component.cheapest[0]?.events ?? []);
    const facts = failureTrace(projection, known, parents, hit);
    const { reach, reason } = known.ecosystem.reach(vertex);
    const severity = total(known.operations.map((operation) => operation.severity));
    return {
      rank,
      id,
      name,
      type: String(vertexCell(projection, TYPE_COLUMN, vertex)),
      ...lossView(system, component.alone),
      withMarket: lossView(system, component.aloneWithMarket),
      cheapestCutSets: component.cheapest.map((set) => cutSetView(system, set)),
      importance: {
        cutSetsByOrder: component.cutSetsByOrder,
        severityShare: severity > 0 ? component.alone.weight / severity : 0,
      },
      recoveryDays: known.ecosystem.recoveryDays(vertex),
      jurisdictions: jurisdictionsOf(projection, vertex),
      reach,
      reachReason: reason,
      evidence: await this.facts.factsOf(projection, facts.slice(0, EVIDENCE_SHOWN)),
      evidenceCount: facts.length,
    };
  }
}

/** @throws AppError BAD_INPUT naming the field */
function systemOptions(scope: DisruptionScope, projection: Projection, now: () => Date): SystemOptions {
  const { minDowntimeDays, horizonDays, policy } = { ...DEFAULT_SCOPE, ...withoutUndefined(scope) };
  for (const [what, got] of Object.entries({ minDowntimeDays, horizonDays })) {
    if (!Number.isFinite(got) || got < 0)
      throw new AppError('BAD_INPUT', { what, expected: 'days from 0', got });
  }
  const at = scope.asOf === undefined ? now().getTime() : Date.parse(scope.asOf);
  if (Number.isNaN(at)) {
    throw new AppError('BAD_INPUT', { what: 'asOf', expected: 'an RFC 3339 time', got: scope.asOf });
  }
  const asOf = scope.isAllTime ? undefined : lastTurningPoint(projection, at);
  const operationIds = scope.operationIds && [...new Set(scope.operationIds)].sort(compareIds);
  return { minDowntimeDays, horizonDays, policy, asOf, operationIds };
}

const withoutUndefined = (scope: DisruptionScope): DisruptionScope =>
  Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== undefined));

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function withoutTrailingZeros(counts: readonly number[]): number[] {
  return counts.slice(
    0,
    counts.reduce((last, count, index) => (count > 0 ? index + 1 : last), 0),
  );
}

const idOf = (system: DisruptionSystem, event: number): string =>
  system.known.ecosystem.graph.nodes[system.known.events[event]].id;

function memberOf(system: DisruptionSystem, event: number): { id: string; name: string } {
  const id = idOf(system, event);
  const name = vertexCell(system.projection, 'name', vertexOf(system.projection, id));
  return { id, name: name === null ? id : String(name) };
}

function namesOf(system: DisruptionSystem, components: readonly RankedComponent[]): Record<string, string> {
  const events = new Set(
    components.flatMap((each) => [each.event, ...each.cheapest.flatMap((set) => set.events)]),
  );
  return Object.fromEntries(
    [...events].map((event) => memberOf(system, event)).map(({ id, name }) => [id, name]),
  );
}

function lossView(system: DisruptionSystem, loss: RemovalLoss): LossView {
  const operations = loss.tops.map((top) => system.known.operations[top].id);
  return { operationsLost: operations.length, severityLost: loss.weight, operations };
}

const cutSetView = (system: DisruptionSystem, set: RankedCutSet): CutSetView => ({
  members: set.events.map((event) => idOf(system, event)),
  cost: set.cost,
  severityLost: set.loss.weight,
});

function isComponent(projection: Projection, id: string): boolean {
  const vertex = vertexOf(projection, id);
  return (
    vertex >= 0 && findNodeType(String(vertexCell(projection, TYPE_COLUMN, vertex)))?.isComponent === true
  );
}

function eventsIn(system: DisruptionSystem, ids: readonly string[]): number[] {
  const { events, ecosystem } = system.withMarket;
  const wanted = new Set(ids);
  return events.flatMap((node, event) => (wanted.has(ecosystem.graph.nodes[node].id) ? [event] : []));
}

/** Why a component is no basic event. */
function refusal(system: DisruptionSystem, id: string, scope: DisruptionScope): string {
  const { ecosystem } = system.known;
  const vertex = vertexOf(system.projection, id);
  const { reach, reason } = ecosystem.reach(vertex);
  if (reach === 'UNREACHABLE' || reach === 'DEFENDABLE') return `${reach}: ${reason}`;
  const days = ecosystem.recoveryDays(vertex);
  const wanted = scope.minDowntimeDays ?? DEFAULT_SCOPE.minDowntimeDays;
  if (days !== null && days < wanted)
    return `it is back after ${days} days, before the ${wanted} that are asked for`;
  return 'no operation in scope depends on it';
}

function jurisdictionsOf(projection: Projection, vertex: number): string[] {
  const { offsets, edges } = projection.out;
  const found = new Set<string>();
  for (let i = offsets[vertex]; i < offsets[vertex + 1]; i++) {
    const target = projection.to[edges[i]];
    if (vertexCell(projection, TYPE_COLUMN, target) !== 'Jurisdiction') continue;
    const code = vertexCell(projection, 'iso3166', target) ?? vertexCell(projection, 'name', target);
    found.add(code === null ? projection.vertices.ids[target] : String(code));
  }
  return [...found].sort(compareIds);
}
