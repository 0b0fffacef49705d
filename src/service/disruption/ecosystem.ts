/**
 * The ecosystem as a failure graph: operations need requirements, requirements are met by suppliers, components depend on
 * components and on who provides them. docs/analysis/chokepoints.md states every rule.
 */
import { compareIds, edgeCell, type Projection, vertexCell, vertexOf } from '../../analysis';
import { findNodeType, type RelationshipType, relationshipTypes } from '../../model/ontology/ontology';
import { TYPE_COLUMN } from '../projection.service';
import { FailureGraph } from './failure-graph';
import { type Reach, reachOf } from './reach';

export type DependencyPolicy = 'STANDING_OPERATIONS' | 'EXPLICIT_ONLY';

export interface EcosystemOptions {
  /** The question is what stops an operation for at least this many days. */
  readonly minDowntimeDays: number;
  /** A component that runs longer than this without its provider does not fall with it. */
  readonly horizonDays: number;
  readonly policy: DependencyPolicy;
  /** Add the latent market's supplier to every requirement that is not COMPLETE. */
  readonly hasLatentMarket: boolean;
  /** Instant in the world, milliseconds; undefined takes everything on record, whenever it held. */
  readonly asOf?: number;
}

export interface EcosystemNeed {
  /** Node of the failure graph. */
  readonly node: number;
  /** Share of the operation lost while the need is unmet. */
  readonly criticality: number;
}

export interface EcosystemOperation {
  readonly id: string;
  readonly name: string;
  readonly severity: number;
  /** Derived by the dependency policy. */
  readonly isInferred: boolean;
  /** Node of the failure graph. */
  readonly node: number;
  readonly needs: readonly EcosystemNeed[];
}

export interface EcosystemWarning {
  readonly code: 'UNKNOWN_SUPPLIER' | 'TOO_FEW_SUPPLIERS';
  readonly id: string;
}

export interface Ecosystem {
  readonly graph: FailureGraph;
  readonly operations: readonly EcosystemOperation[];
  readonly warnings: readonly EcosystemWarning[];
  readonly reach: (vertex: number) => Reach;
  /** Days until a component that was taken away is back; null when that is not on record. */
  readonly recoveryDays: (vertex: number) => number | null;
}

/** Days until an unknown supplier takes over, where no assumption is on record for the category. An assumption itself. */
export const DEFAULT_MARKET_SWITCH_DAYS = 14;
/** Share of a need that an unknown supplier can carry, where no assumption is on record for the category. An assumption itself. */
export const DEFAULT_MARKET_CAPACITY = 0.7;

/** What the market offers of a category beyond the suppliers that are known. */
export interface Market {
  readonly switchDays: number;
  readonly capacityShare: number;
}

const dependencyOf = new Map(relationshipTypes().map((type) => [type.name, type.dependency]));

/** Builds the failure graph of a projection; walks from the operations, so that only what they can need is part of it. */
export class EcosystemBuilder {
  readonly graph = new FailureGraph();
  readonly operations: EcosystemOperation[] = [];
  readonly warnings: EcosystemWarning[] = [];
  readonly reach: (vertex: number) => Reach;
  private readonly nodeOfVertex = new Map<number, number>();
  private readonly pending: number[] = [];
  private readonly markets = new Map<string, Market>();

  constructor(
    readonly projection: Projection,
    readonly options: EcosystemOptions,
  ) {
    this.reach = reachOf(projection);
    for (const vertex of this.verticesOf('MarketAssumption')) {
      const category = this.text('category', vertex);
      if (category === null) continue;
      const switchDays = this.number('switchDays', vertex) ?? 0;
      const capacityShare = this.number('capacityShare', vertex) ?? DEFAULT_MARKET_CAPACITY;
      this.markets.set(category, { switchDays, capacityShare });
    }
  }

  build(): Ecosystem {
    for (const vertex of this.verticesOf('Operation')) {
      const needs = this.edges(vertex, 'out', 'NEEDS');
      if (needs.length > 0) this.addOperation(vertex, needs);
    }
    for (let vertex = this.pending.pop(); vertex !== undefined; vertex = this.pending.pop())
      this.expand(vertex);
    const { graph, warnings, reach } = this;
    const recoveryDays = (vertex: number) => this.recoveryDays(vertex);
    const operations = [...this.operations].sort((a, b) => compareIds(a.id, b.id));
    return {
      graph,
      operations,
      warnings: warnings.sort((a, b) => compareIds(a.id, b.id)),
      reach,
      recoveryDays,
    };
  }

  /** Node of a component or requirement; what is below it is expanded later, so that cycles end. */
  nodeOf(vertex: number): number {
    const known = this.nodeOfVertex.get(vertex);
    if (known !== undefined) return known;
    const isRequirement = this.typeOf(vertex) === 'Requirement';
    const id = this.projection.vertices.ids[vertex];
    const node = this.graph.add(isRequirement ? 'requirement' : 'component', id, 'any');
    this.nodeOfVertex.set(vertex, node);
    this.pending.push(vertex);
    return node;
  }

  private addOperation(vertex: number, needEdges: readonly number[]): void {
    const id = this.projection.vertices.ids[vertex];
    const node = this.graph.add('operation', id, 'any');
    const needs = needEdges.map((edge) => {
      const requirement = this.projection.to[edge];
      const child = this.nodeOf(requirement);
      this.graph.connect(node, child, [edge]);
      return { node: child, criticality: this.number('criticality', requirement) ?? 1 };
    });
    const severity = this.number('severity', vertex) ?? 1;
    this.operations.push({ id, name: this.nameOf(vertex), severity, isInferred: false, node, needs });
  }

  private expand(vertex: number): void {
    const node = this.nodeOfVertex.get(vertex) as number;
    if (this.graph.nodes[node].kind === 'requirement') this.expandRequirement(vertex, node);
    else this.expandComponent(vertex, node);
  }

  private expandRequirement(vertex: number, node: number): void {
    const { minDowntimeDays } = this.options;
    const suppliers = new Map<number, number[]>();
    for (const edge of this.edges(vertex, 'out', 'SATISFIED_BY')) {
      const isPrimary = edgeCell(this.projection, 'supplierRole', edge) === 'PRIMARY';
      const switchDays = Number(edgeCell(this.projection, 'switchDays', edge) ?? 0);
      if (!isPrimary && switchDays >= minDowntimeDays) continue;
      const supplier = this.projection.to[edge];
      suppliers.set(supplier, [...(suppliers.get(supplier) ?? []), edge]);
    }
    const id = this.projection.vertices.ids[vertex];
    const rule = this.graph.nodes[node];
    if (suppliers.size === 0) {
      this.warnings.push({ code: 'UNKNOWN_SUPPLIER', id });
      rule.rule = 'never';
      return;
    }
    for (const [supplier, facts] of suppliers) this.graph.connect(node, this.nodeOf(supplier), facts);
    const mode = this.text('mode', vertex) ?? 'ANY';
    if (mode === 'ALL') {
      rule.rule = 'any';
      return;
    }
    const wanted = mode === 'AT_LEAST' ? (this.number('atLeast', vertex) ?? 1) : 1;
    if (wanted > suppliers.size) this.warnings.push({ code: 'TOO_FEW_SUPPLIERS', id });
    const spare = this.hasMarketFor(vertex) ? 1 : 0;
    const threshold = suppliers.size + spare - Math.min(wanted, suppliers.size) + 1;
    if (threshold > suppliers.size) rule.rule = 'never';
    else if (threshold === suppliers.size) rule.rule = 'all';
    else {
      rule.rule = 'atLeast';
      rule.threshold = threshold;
    }
  }

  private hasMarketFor(requirement: number): boolean {
    return !this.isComplete(requirement) && this.marketReplaces(this.text('need', requirement) ?? '');
  }

  /** Whether all suppliers of a requirement are known. */
  isComplete(requirement: number): boolean {
    return this.text('completeness', requirement) === 'COMPLETE';
  }

  /** The unknown supplier of a category. */
  marketOf(category: string): Market {
    const unknown = { switchDays: DEFAULT_MARKET_SWITCH_DAYS, capacityShare: DEFAULT_MARKET_CAPACITY };
    return this.markets.get(category) ?? unknown;
  }

  /** Whether the latent market replaces a supplier of a category before the downtime that is asked for. */
  marketReplaces(category: string): boolean {
    return this.options.hasLatentMarket && this.marketOf(category).switchDays < this.options.minDowntimeDays;
  }

  private expandComponent(vertex: number, node: number): void {
    this.graph.nodes[node].isHittable = this.isHittable(vertex);
    const providers: number[] = [];
    for (const edge of this.edges(vertex, 'out')) {
      const dependency = this.dependencyBy(edge);
      const target = this.projection.to[edge];
      if (dependency === 'provider') providers.push(edge);
      else if (dependency === 'requirement' || this.isComponent(target)) {
        if (dependency !== undefined) this.graph.connect(node, this.nodeOf(target), [edge]);
      }
    }
    for (const edge of this.edges(vertex, 'in')) {
      const other = this.projection.from[edge];
      if (dependencyOf.get(this.typeOfEdge(edge)) === 'mutual' && this.isComponent(other)) {
        this.graph.connect(node, this.nodeOf(other), [edge]);
      }
    }
    this.addProviders(vertex, node, providers);
  }

  /** How failure travels along an edge; what a component is only rebuilt with does not bring it down. */
  private dependencyBy(edge: number): RelationshipType['dependency'] {
    const isForRebuilding = edgeCell(this.projection, 'reason', edge) === 'REBUILT_WITH';
    return isForRebuilding ? undefined : dependencyOf.get(this.typeOfEdge(edge));
  }

  /** A component falls with its providers when all of them are gone and it does not run on without one. */
  private addProviders(vertex: number, node: number, edges: readonly number[]): void {
    const outlives = (edge: number) =>
      Number(edgeCell(this.projection, 'autonomousDays', edge) ?? 0) >= this.options.horizonDays;
    if (edges.length === 0 || edges.some(outlives)) return;
    const all = this.graph.add('providers', this.projection.vertices.ids[vertex], 'all');
    for (const edge of edges) this.graph.connect(all, this.nodeOf(this.projection.to[edge]), [edge]);
    this.graph.connect(node, all, edges);
  }

  /** Reachable, and not rebuilt before the downtime that is asked for. */
  private isHittable(vertex: number): boolean {
    const { reach } = this.reach(vertex);
    if (reach === 'UNREACHABLE' || reach === 'DEFENDABLE') return false;
    const days = this.recoveryDays(vertex);
    return days === null || days >= this.options.minDowntimeDays;
  }

  /** Noticing plus setting up. */
  private recoveryDays(vertex: number): number | null {
    const detect = this.number('detectDays', vertex);
    const setup = this.number('setupDays', vertex);
    return detect === null && setup === null ? null : (detect ?? 0) + (setup ?? 0);
  }

  /** Vertices of a type that are active. */
  verticesOf(type: string): number[] {
    const vertices: number[] = [];
    for (let vertex = 0; vertex < this.projection.vertices.ids.length; vertex++) {
      if (this.typeOf(vertex) === type && this.isActive(vertex)) vertices.push(vertex);
    }
    return vertices;
  }

  /** Active edges of a vertex, of one type or of all, whose other end is active. */
  edges(vertex: number, direction: 'out' | 'in', type?: string): number[] {
    const ends = direction === 'out' ? this.projection.to : this.projection.from;
    return this.recorded(vertex, direction, type).filter(
      (edge) => this.isActiveEdge(edge) && this.isActive(ends[edge]),
    );
  }

  /** Edges of a vertex that nobody withdrew, of one type or of all, whether or not they still hold. */
  recorded(vertex: number, direction: 'out' | 'in', type?: string): number[] {
    const { offsets, edges } = this.projection[direction];
    const ends = direction === 'out' ? this.projection.to : this.projection.from;
    const found: number[] = [];
    for (let i = offsets[vertex]; i < offsets[vertex + 1]; i++) {
      const edge = edges[i];
      if (type !== undefined && this.typeOfEdge(edge) !== type) continue;
      const isWithdrawn =
        isWithdrawnBy((column) => edgeCell(this.projection, column, edge)) ||
        isWithdrawnBy((column) => vertexCell(this.projection, column, ends[edge]));
      if (!isWithdrawn) found.push(edge);
    }
    return found;
  }

  /** Vertex of an id, or -1. */
  vertexOf(id: string): number {
    return vertexOf(this.projection, id);
  }

  typeOf(vertex: number): string {
    return String(vertexCell(this.projection, TYPE_COLUMN, vertex));
  }

  typeOfEdge(edge: number): string {
    return String(edgeCell(this.projection, TYPE_COLUMN, edge));
  }

  nameOf(vertex: number): string {
    return this.text('name', vertex) ?? this.projection.vertices.ids[vertex];
  }

  isComponent(vertex: number): boolean {
    return findNodeType(this.typeOf(vertex))?.isComponent === true;
  }

  text(column: string, vertex: number): string | null {
    return vertexCell(this.projection, column, vertex) as string | null;
  }

  flag(column: string, vertex: number): boolean | null {
    return vertexCell(this.projection, column, vertex) as boolean | null;
  }

  number(column: string, vertex: number): number | null {
    return vertexCell(this.projection, column, vertex) as number | null;
  }

  /** Whether an instant on record for a vertex has passed at the one asked for; never when all times count. */
  hasPassed(column: string, vertex: number): boolean {
    const at = this.number(column, vertex);
    return at !== null && this.options.asOf !== undefined && at <= this.options.asOf;
  }

  private isActive(vertex: number): boolean {
    return this.holds((column) => vertexCell(this.projection, column, vertex));
  }

  private isActiveEdge(edge: number): boolean {
    return this.holds((column) => edgeCell(this.projection, column, edge));
  }

  /** Not withdrawn by its source, and in force at the instant asked for. */
  private holds(cell: (column: string) => unknown): boolean {
    if (isWithdrawnBy(cell)) return false;
    const { asOf } = this.options;
    if (asOf === undefined) return true;
    if (cell('ended') === true && cell('validTo') === null) return false;
    const from = cell('validFrom') as number | null;
    const to = cell('validTo') as number | null;
    return (from === null || from <= asOf) && (to === null || asOf < to);
  }
}

/** Whether its source took it back. */
const isWithdrawnBy = (cell: (column: string) => unknown): boolean =>
  cell('revoked') === true || cell('deprecated') === true;
