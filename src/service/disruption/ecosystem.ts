/**
 * The ecosystem as a failure graph: operations need requirements, requirements are met by suppliers, components depend on
 * components and on who provides them. docs/analysis/chokepoints.md states every rule.
 */
import { compareIds, edgeCell, type Projection } from '../../analysis';
import { type RelationshipType, relationshipTypes } from '../../model/ontology/ontology';
import { ActiveGraph } from './active-graph';
import { BY_RULE, type FactWays, FailureGraph } from './failure-graph';
import { covers, type DefenceKind, type Lever } from './lever';
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
  readonly lever: Lever;
  /** Kinds of defence that count where the lever is not DISRUPT. */
  readonly defences: readonly DefenceKind[];
  /** Only components under one of these jurisdictions can be hit; absent means all. */
  readonly hittableInIds?: readonly string[];
  /** Keep needs that nothing can fail: they matter where facts are in doubt. */
  readonly keepsUnfailing?: boolean;
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
  /** Vertices whose attributions and targets are its own: the operation, or the group and its campaigns. */
  readonly subjects: readonly number[];
  /** Node of the failure graph. */
  readonly node: number;
  readonly needs: EcosystemNeed[];
}

export interface EcosystemWarning {
  /** CONTRADICTION: what is on record of it contradicts itself; docs/analysis/chokepoints.md says how it is read. */
  readonly code: 'UNKNOWN_SUPPLIER' | 'TOO_FEW_SUPPLIERS' | 'CONTRADICTION';
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
export class EcosystemBuilder extends ActiveGraph {
  readonly graph = new FailureGraph();
  readonly operations: EcosystemOperation[] = [];
  readonly warnings: EcosystemWarning[] = [];
  readonly reach: (vertex: number) => Reach;
  private readonly nodeOfVertex = new Map<number, number>();
  private readonly pending: number[] = [];
  private readonly markets = new Map<string, Market>();
  /** Told of each component that is part of the graph, once what it needs is connected. */
  onComponent: (vertex: number, node: number) => void = () => undefined;

  constructor(
    projection: Projection,
    readonly options: EcosystemOptions,
  ) {
    super(projection, options.asOf);
    this.reach = reachOf(projection);
    for (const vertex of this.verticesOf('MarketAssumption')) {
      const category = this.text('category', vertex);
      if (category === null) continue;
      const switchDays = this.number('switchDays', vertex) ?? 0;
      const capacityShare = this.number('capacityShare', vertex) ?? DEFAULT_MARKET_CAPACITY;
      this.markets.set(category, { switchDays, capacityShare });
    }
  }

  /** Adds the operations that have needs on record. */
  addOperations(): void {
    for (const vertex of this.verticesOf('Operation')) {
      const needs = this.edges(vertex, 'out', 'NEEDS');
      if (needs.length > 0) this.addOperation(vertex, needs);
    }
  }

  /** Expands what the operations added so far can need. */
  build(): Ecosystem {
    for (let vertex = this.pending.pop(); vertex !== undefined; vertex = this.pending.pop())
      this.expand(vertex);
    const { graph, reach } = this;
    const unheld = [...this.neverHolding].map((id) => ({ code: 'CONTRADICTION', id }) as const);
    const warnings = [...this.warnings, ...unheld];
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
      this.graph.connect(node, child, [[edge]]);
      return { node: child, criticality: this.number('criticality', requirement) ?? 1 };
    });
    const severity = this.number('severity', vertex) ?? 1;
    const name = this.nameOf(vertex);
    this.operations.push({ id, name, severity, isInferred: false, subjects: [vertex], node, needs });
  }

  private expand(vertex: number): void {
    const node = this.nodeOfVertex.get(vertex) as number;
    if (this.graph.nodes[node].kind === 'requirement') this.expandRequirement(vertex, node);
    else this.expandComponent(vertex, node);
  }

  private expandRequirement(vertex: number, node: number): void {
    const { minDowntimeDays } = this.options;
    const suppliers = new Map<number, FactWays>();
    for (const edge of this.edges(vertex, 'out', 'SATISFIED_BY')) {
      const isPrimary = edgeCell(this.projection, 'supplierRole', edge) === 'PRIMARY';
      const switchDays = Number(edgeCell(this.projection, 'switchDays', edge) ?? 0);
      if (!isPrimary && switchDays >= minDowntimeDays) continue;
      const supplier = this.projection.to[edge];
      suppliers.set(supplier, [...(suppliers.get(supplier) ?? []), [edge]]);
    }
    const id = this.projection.vertices.ids[vertex];
    const rule = this.graph.nodes[node];
    if (suppliers.size === 0) {
      this.warnings.push({ code: 'UNKNOWN_SUPPLIER', id });
      rule.rule = 'never';
      return;
    }
    for (const [supplier, ways] of suppliers) this.graph.connect(node, this.nodeOf(supplier), ways);
    const mode = this.text('mode', vertex) ?? 'ANY';
    const needed = this.number('atLeast', vertex);
    if ((mode === 'AT_LEAST') === (needed === null)) this.warnings.push({ code: 'CONTRADICTION', id });
    if (mode === 'ALL') {
      rule.rule = 'any';
      return;
    }
    const wanted = mode === 'AT_LEAST' ? (needed ?? 1) : 1;
    if (wanted > suppliers.size) this.warnings.push({ code: 'TOO_FEW_SUPPLIERS', id });
    rule.rule = 'short';
    rule.wanted = wanted;
    rule.spare = this.hasMarketFor(vertex) ? 1 : 0;
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
        if (dependency !== undefined) this.graph.connect(node, this.nodeOf(target), [[edge]]);
      }
    }
    for (const edge of this.edges(vertex, 'in')) {
      const other = this.projection.from[edge];
      if (dependencyOf.get(this.typeOfEdge(edge)) === 'mutual' && this.isComponent(other)) {
        this.graph.connect(node, this.nodeOf(other), [[edge]]);
      }
    }
    this.addProviders(vertex, node, providers);
    this.onComponent(vertex, node);
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
    for (const edge of edges) this.graph.connect(all, this.nodeOf(this.projection.to[edge]), [[edge]]);
    this.graph.connect(node, all, BY_RULE);
  }

  /** Within the lever, reachable, and not rebuilt before the downtime that is asked for. */
  private isHittable(vertex: number): boolean {
    const { lever, minDowntimeDays } = this.options;
    const { reach } = this.reach(vertex);
    if (reach === 'DEFENDABLE') return covers(this.options, 'TECHNIQUE');
    if (reach === 'UNREACHABLE' || lever === 'DEFEND' || !this.isWithinReachOf(vertex)) return false;
    const days = this.recoveryDays(vertex);
    return days === null || days >= minDowntimeDays;
  }

  /** Under one of the jurisdictions in which something can be hit. */
  private isWithinReachOf(vertex: number): boolean {
    const { hittableInIds } = this.options;
    if (hittableInIds === undefined) return true;
    const { ids } = this.projection.vertices;
    return this.edges(vertex, 'out', 'UNDER_JURISDICTION').some((edge) =>
      hittableInIds.includes(ids[this.projection.to[edge]]),
    );
  }

  /** Noticing plus setting up. */
  private recoveryDays(vertex: number): number | null {
    const detect = this.number('detectDays', vertex);
    const setup = this.number('setupDays', vertex);
    return detect === null && setup === null ? null : (detect ?? 0) + (setup ?? 0);
  }
}
