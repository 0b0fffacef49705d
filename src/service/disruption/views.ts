/** Answers in the shape in which they are shown. */
import {
  compareIds,
  edgeCell,
  type Projection,
  type RemovalLoss,
  vertexCell,
  vertexOf,
} from '../../analysis';
import type { FactView } from '../fact.service';
import { TYPE_COLUMN } from '../projection-rows';
import type { AnalysisBasis } from './analysis-basis';
import type { ComponentConfidence, ConfidenceSummary } from './certainty-views';
import type { DisruptionSystem } from './disruption-system';
import type { EcosystemWarning } from './ecosystem';
import type { DefenceKind } from './lever';
import { jurisdictionOf } from './places';
import type { ComponentRanking, RankedComponent, RankedCutSet } from './ranking';
import type { Reach } from './reach';
import { DEFAULT_SCOPE, type DisruptionScope } from './scope';

/** Facts shown of each component. */
export const EVIDENCE_SHOWN = 25;

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
  /** What kind of defence it is; null for what is hit by disruption. */
  readonly defence: DefenceKind | null;
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
  /** How sure the figures are; null unless it was asked for. */
  readonly confidence: ComponentConfidence | null;
}

export interface ChokepointRanking {
  readonly chokepoints: readonly ChokepointView[];
  /** Components that stop something, of which the list shows the first. */
  readonly totalCount: number;
  readonly operationsInScope: number;
  readonly severityInScope: number;
  /** Operations left out because their targets are not on record. */
  readonly operationsUntargeted: number;
  /** Names of the members of all cut sets shown, by id. */
  readonly names: Readonly<Record<string, string>>;
  readonly status: ComponentRanking['status'];
  /** What the confidence rests on; null unless it was asked for. */
  readonly confidence: ConfidenceSummary | null;
  readonly warnings: readonly EcosystemWarning[];
  /** Number of the last change of the graph that was analysed. */
  readonly graphVersion: number;
  readonly basis: AnalysisBasis;
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
  readonly basis: AnalysisBasis;
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
  readonly basis: AnalysisBasis;
}

export function viewOf(
  system: DisruptionSystem,
  component: RankedComponent,
  rank: number,
  trace: readonly number[],
  facts: ReadonlyMap<number, FactView>,
  confidence: ComponentConfidence | null,
): ChokepointView {
  const { projection, known } = system;
  const { id, name } = memberOf(system, component.event);
  const vertex = vertexOf(projection, id);
  const { reach, reason } = reachIn(system, component.event);
  const severity = total(known.operations.map((operation) => operation.severity));
  return {
    rank,
    id,
    name,
    type: String(vertexCell(projection, TYPE_COLUMN, vertex)),
    defence: defenceOf(system, component.event),
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
    evidence: trace.slice(0, EVIDENCE_SHOWN).map((edge) => facts.get(edge) as FactView),
    evidenceCount: trace.length,
    confidence,
  };
}

/** What kind of defence an event is, or null for what disruption hits. */
export function defenceOf(system: DisruptionSystem, event: number): DefenceKind | null {
  const { known, projection } = system;
  const { kind, id } = known.ecosystem.graph.nodes[known.events[event]];
  const vertex = vertexOf(projection, id);
  const type = String(vertexCell(projection, TYPE_COLUMN, vertex));
  if (type === 'Technique') return 'TECHNIQUE';
  if (kind !== 'defence') return null;
  if (type === 'Vulnerability') return 'PATCH';
  return isRecordedAs(projection, vertex, 'MITIGATES') ? 'MITIGATION' : 'DETECTION';
}

function isRecordedAs(projection: Projection, vertex: number, relationship: string): boolean {
  const { offsets, edges } = projection.out;
  for (let i = offsets[vertex]; i < offsets[vertex + 1]; i++)
    if (edgeCell(projection, TYPE_COLUMN, edges[i]) === relationship) return true;
  return false;
}

/** Reach of a basic event: what the defended side does needs nobody's leave. */
export function reachIn(system: DisruptionSystem, event: number): Reach {
  const { known, projection } = system;
  const { kind, id } = known.ecosystem.graph.nodes[known.events[event]];
  if (kind === 'defence') return { reach: 'DEFENDABLE', reason: 'the defended side can put it in place' };
  return known.ecosystem.reach(vertexOf(projection, id));
}

export const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

export function withoutTrailingZeros(counts: readonly number[]): number[] {
  return counts.slice(
    0,
    counts.reduce((last, count, index) => (count > 0 ? index + 1 : last), 0),
  );
}

export const idOf = (system: DisruptionSystem, event: number): string =>
  system.known.ecosystem.graph.nodes[system.known.events[event]].id;

export function memberOf(system: DisruptionSystem, event: number): { id: string; name: string } {
  const id = idOf(system, event);
  const name = vertexCell(system.projection, 'name', vertexOf(system.projection, id));
  return { id, name: name === null ? id : String(name) };
}

export function namesOf(
  system: DisruptionSystem,
  components: readonly RankedComponent[],
): Record<string, string> {
  const events = new Set(
    components.flatMap((each) => [each.event, ...each.cheapest.flatMap((set) => set.events)]),
  );
  return Object.fromEntries(
    [...events].map((event) => memberOf(system, event)).map(({ id, name }) => [id, name]),
  );
}

export function lossView(system: DisruptionSystem, loss: RemovalLoss): LossView {
  const operations = loss.tops.map((top) => system.known.operations[top].id);
  return { operationsLost: operations.length, severityLost: loss.weight, operations };
}

export const cutSetView = (system: DisruptionSystem, set: RankedCutSet): CutSetView => ({
  members: set.events.map((event) => idOf(system, event)),
  cost: set.cost,
  severityLost: set.loss.weight,
});

export function eventsIn(system: DisruptionSystem, ids: readonly string[]): number[] {
  const { events, ecosystem } = system.withMarket;
  const wanted = new Set(ids);
  return events.flatMap((node, event) => (wanted.has(ecosystem.graph.nodes[node].id) ? [event] : []));
}

/** Why a component is no basic event. */
export function refusal(system: DisruptionSystem, id: string, scope: DisruptionScope): string {
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
    found.add(jurisdictionOf(projection, target));
  }
  return [...found].sort(compareIds);
}
